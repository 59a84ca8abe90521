// SPDX-License-Identifier: Apache-2.0
#include "core/api/diagnosis.h"

#include <algorithm>
#include <cmath>

namespace weft::api {
namespace {

constexpr std::uint64_t kPercent = 100;

std::chrono::nanoseconds rounded(double nanoseconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(nanoseconds)));
}

}  // namespace

void PingSummary::add(const PingUpdate& update) {
    if (std::holds_alternative<PingLoss>(update)) {
        ++lost_;
        return;
    }
    const auto* reply = std::get_if<PingReply>(&update);
    if (reply == nullptr) {
        return;
    }
    const auto time = reply->roundTrip;
    shortest_ = received_ == 0 ? time : std::min(shortest_, time);
    longest_ = std::max(longest_, time);
    ++received_;
    const auto value = static_cast<double>(time.count());
    sum_ += value;
    squares_ += value * value;
}

std::uint32_t PingSummary::lossPercent() const {
    return sent() == 0 ? 0 : static_cast<std::uint32_t>(lost_ * kPercent / sent());
}

std::chrono::nanoseconds PingSummary::mean() const {
    return received_ == 0 ? std::chrono::nanoseconds::zero() : rounded(sum_ / received_);
}

std::chrono::nanoseconds PingSummary::deviation() const {
    if (received_ == 0) {
        return std::chrono::nanoseconds::zero();
    }
    const double mean = sum_ / received_;
    return rounded(std::sqrt(std::max(0.0, squares_ / received_ - mean * mean)));
}

}  // namespace weft::api
