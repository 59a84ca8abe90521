// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"

#include "weft/local/v1/local.pb.h"

#include <string>

namespace weft::daemon {

void setTime(google::protobuf::Timestamp* stamp, WallTime time);

/// One line of the checklist.
void addCheck(
    weft::local::v1::Connection& state,
    const char* id,
    weft::local::v1::CheckItem::State check,
    std::string text);
void addProblem(
    weft::local::v1::Connection& state,
    weft::local::v1::Problem::Severity severity,
    std::string text,
    std::string remedy);
/// A connected state becomes degraded; others stay.
void degrade(weft::local::v1::Connection& state);
/// What a failure means for people, and what to do about it.
weft::local::v1::Problem problemOf(const Status& status);

}  // namespace weft::daemon
