// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/answers.h"
#include "core/report/redactor.h"

#include <string>
#include <vector>

namespace weft::report {

/// One file of a report.
struct Section {
    /// Of the file, without its ending: "mesh-1-peers". Never has a name of a mesh in it.
    std::string name;
    /// What is in it, for people.
    std::string title;
    std::string text;
    /// It says only why it could not be had.
    bool failed = false;
};

/// The report at that level. Pure: the same answers give the same report.
std::vector<Section> makeSections(const Answers& answers, Redaction level);

}  // namespace weft::report
