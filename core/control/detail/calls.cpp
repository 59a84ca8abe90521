// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/calls.h"

#include <absl/strings/cord.h>
#include <grpc/support/time.h>

#include <chrono>
#include <string>

namespace weft::control::detail {
namespace {

constexpr const char* kWithoutAnswer = "weft/without-answer";

Status withoutAnswer(Status status) {
    status.SetPayload(kWithoutAnswer, absl::Cord());
    return status;
}

// The library has one code for all that goes wrong on the way.
bool neverConnected(const grpc::Status& status) {
    return status.error_message().find("failed to connect") != std::string::npos;
}

}  // namespace

Status fromGrpc(const grpc::Status& status) {
    if (status.ok()) {
        return okStatus();
    }
    const auto code = static_cast<StatusCode>(status.error_code());
    if (!status.error_details().empty()) {
        return makeStatus(code, status.error_message());
    }
    if (code == StatusCode::kDeadlineExceeded) {
        return withoutAnswer(deadlineExceeded("the daemon did not answer in time"));
    }
    if (code == StatusCode::kUnavailable) {
        auto away = unavailable("the daemon cannot be reached ({})", status.error_message());
        return neverConnected(status) ? away : withoutAnswer(std::move(away));
    }
    return makeStatus(code, status.error_message());
}

Status writeOutcome(const Status& status) {
    if (!status.GetPayload(kWithoutAnswer)) {
        return status;
    }
    return makeStatus(
        status.code(),
        fmt::format(
            "{}: whether the change was made is unknown, so look before you make it again",
            messageOf(status)));
}

void setTimeout(grpc::ClientContext& context, Duration timeout) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    context.set_deadline(gpr_time_add(
        gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(milliseconds, GPR_TIMESPAN)));
}

void CallBook::add(std::shared_ptr<RunningCall> call) {
    const auto* key = call.get();
    calls_.emplace(key, std::move(call));
}

void CallBook::remove(const RunningCall* call) {
    calls_.erase(call);
    if (calls_.empty()) {
        if (const auto empty = std::exchange(empty_, nullptr)) {
            empty();
        }
    }
}

void CallBook::cancelAll() {
    for (const auto& [key, call] : calls_) {
        call->cancel();
    }
}

void CallBook::whenEmpty(std::function<void()> empty) {
    if (calls_.empty()) {
        empty();
        return;
    }
    empty_ = std::move(empty);
}

}  // namespace weft::control::detail
