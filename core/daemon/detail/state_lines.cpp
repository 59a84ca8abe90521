// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/state_lines.h"

#include <chrono>
#include <cstdint>
#include <utility>

namespace weft::daemon {

namespace local = weft::local::v1;

void setTime(google::protobuf::Timestamp* stamp, WallTime time) {
    const auto since = time.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    stamp->set_seconds(seconds.count());
    stamp->set_nanos(static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count()));
}

void addCheck(
    local::Connection& state, const char* id, local::CheckItem::State check, std::string text) {
    auto* item = state.add_checklist();
    item->set_id(id);
    item->set_state(check);
    item->set_text(std::move(text));
}

void addProblem(
    local::Connection& state,
    local::Problem::Severity severity,
    std::string text,
    std::string remedy) {
    auto* problem = state.add_problems();
    problem->set_severity(severity);
    problem->set_text(std::move(text));
    problem->set_remedy(std::move(remedy));
}

void degrade(local::Connection& state) {
    if (state.state() == local::Connection::STATE_CONNECTED) {
        state.set_state(local::Connection::STATE_DEGRADED);
    }
}

local::Problem problemOf(const Status& status) {
    local::Problem problem;
    problem.set_severity(local::Problem::SEVERITY_ERROR);
    problem.set_text(messageOf(status));
    switch (status.code()) {
    case StatusCode::kUnavailable:
    case StatusCode::kDeadlineExceeded:
        problem.set_remedy(
            "Check that the member runs and that its address and port can be reached.");
        break;
    case StatusCode::kUnauthenticated:
        problem.set_remedy("Ask an administrator of the mesh for a new invitation.");
        break;
    case StatusCode::kPermissionDenied:
        problem.set_remedy(
            "Ask an administrator of the mesh what this node may do, or check that its certificate "
            "or user name is for this node's name.");
        break;
    case StatusCode::kAlreadyExists:
        problem.set_remedy(
            "Ask an administrator of the mesh to release the name, or take another.");
        break;
    case StatusCode::kDataLoss:
        problem.set_remedy("Restore the file from a backup; nothing was overwritten.");
        break;
    case StatusCode::kResourceExhausted:
        problem.set_remedy("Make room on the disk, then connect again.");
        break;
    default:
        problem.set_remedy("Change the profile's settings, then connect again.");
    }
    return problem;
}

}  // namespace weft::daemon
