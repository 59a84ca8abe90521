// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/simulated_echo.h"

#include <utility>

namespace weft::daemon::sandbox {

SimulatedEcho::SimulatedEcho(
    base::Loop& loop,
    std::shared_ptr<const World> world,
    const net::IpAddress& target,
    Answered answered)
    : loop_(loop), world_(std::move(world)), target_(target), answered_(std::move(answered)) {}

Status SimulatedEcho::send(std::uint16_t sequence) {
    constexpr std::size_t kHopLimit = 64;
    const auto number = ++sent_;
    const auto echo = world_->echo(target_, number, loop_.clock().now());
    if (!echo || underWay_.size() >= kMostUnderWay) {
        return okStatus();
    }
    const platform::EchoAnswer answer{
        .sequence = sequence, .hopLimit = static_cast<std::uint8_t>(kHopLimit - echo->between)};
    underWay_[number] =
        loop_.after(echo->roundTrip, [this, number, answer] { onBack(number, answer); });
    return okStatus();
}

void SimulatedEcho::onBack(std::uint64_t number, const platform::EchoAnswer& answer) {
    // Whoever is told may end this. The answer is the timer's, which keeps it until this returns.
    const auto told = answered_;
    underWay_.erase(number);
    told(answer);
}

}  // namespace weft::daemon::sandbox
