// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/calls.h"

#include <grpc/support/time.h>

#include <chrono>

namespace weft::control::detail {

Status fromGrpc(const grpc::Status& status) {
    if (status.ok()) {
        return okStatus();
    }
    const auto code = static_cast<StatusCode>(status.error_code());
    if (code == StatusCode::kDeadlineExceeded) {
        return deadlineExceeded("the daemon did not answer in time");
    }
    if (code == StatusCode::kUnavailable) {
        return unavailable("the daemon cannot be reached ({})", status.error_message());
    }
    return makeStatus(code, status.error_message());
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
