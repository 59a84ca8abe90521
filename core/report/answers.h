// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "core/api/logs.h"
#include "core/api/policy.h"
#include "core/api/types.h"
#include "core/base/status.h"

#include <string>
#include <vector>

namespace weft::report {

/// What was asked about one mesh; of a part that could not be had, why not.
struct MeshAnswers {
    api::ProfileId id;
    StatusOr<std::vector<api::Peer>> peers = unavailable("not asked");
    StatusOr<std::vector<api::MeshRoute>> routes = unavailable("not asked");
    StatusOr<api::NameService> names = unavailable("not asked");
    StatusOr<std::vector<api::NetworkCheck>> network = unavailable("not asked");
    StatusOr<api::PolicyState> policy = unavailable("not asked");
};

/// All that a report is made of.
struct Answers {
    WallTime time;
    /// Of the program that makes the report.
    std::string version;
    /// "Linux 6.1 x86_64".
    std::string platform;
    StatusOr<api::Capabilities> capabilities = unavailable("not asked");
    StatusOr<api::DaemonState> state = unavailable("not asked");
    /// In the order of the profiles.
    std::vector<MeshAnswers> meshes;
    StatusOr<std::vector<api::LogLine>> log = unavailable("not asked");
};

}  // namespace weft::report
