// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/traffic.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace weft::daemon::sandbox {
namespace {

/// Seconds, from and to.
struct Span {
    double low;
    double high;
};

constexpr double kSteadyShare = 0.55;
constexpr std::array kRippleShares{0.15, 0.25, 0.4};
constexpr std::array kRipplePeriods{Span{7, 19}, Span{40, 90}, Span{200, 400}};
constexpr std::array kTransferShares{0.2, 0.25};
constexpr std::array kTransfersEvery{Span{60, 180}, Span{240, 600}};
constexpr std::array kTransferLengths{Span{4, 12}, Span{15, 40}};

}  // namespace

Traffic Traffic::of(double meanBytesPerSecond, Draw& draw) {
    Traffic traffic;
    traffic.steady_ = meanBytesPerSecond * kSteadyShare;
    for (std::size_t at = 0; at < traffic.ripples_.size(); ++at) {
        auto& ripple = traffic.ripples_.at(at);
        ripple.share = kRippleShares.at(at);
        ripple.period = draw.between(kRipplePeriods.at(at).low, kRipplePeriods.at(at).high);
        ripple.phase = draw.between(0, 2 * std::numbers::pi);
    }
    for (std::size_t at = 0; at < traffic.transfers_.size(); ++at) {
        auto& transfers = traffic.transfers_.at(at);
        transfers.every = draw.between(kTransfersEvery.at(at).low, kTransfersEvery.at(at).high);
        transfers.length = draw.between(kTransferLengths.at(at).low, kTransferLengths.at(at).high);
        transfers.offset = draw.between(0, transfers.every);
        transfers.rate =
            meanBytesPerSecond * kTransferShares.at(at) * transfers.every / transfers.length;
    }
    return traffic;
}

std::uint64_t Traffic::bytes(Duration time) const {
    const double seconds = std::max(0.0, std::chrono::duration<double>(time).count());
    double stretched = seconds;
    for (const auto& ripple : ripples_) {
        const double turn = 2 * std::numbers::pi / ripple.period;
        stretched += ripple.share / turn
                     * (std::cos(ripple.phase) - std::cos(turn * seconds + ripple.phase));
    }
    double sum = steady_ * stretched;
    for (const auto& transfers : transfers_) {
        sum +=
            carried(transfers, seconds + transfers.offset) - carried(transfers, transfers.offset);
    }
    return static_cast<std::uint64_t>(std::max(0.0, sum));
}

double Traffic::carried(const Transfers& transfers, double seconds) {
    const double whole = std::floor(seconds / transfers.every);
    const double rest = std::min(seconds - whole * transfers.every, transfers.length);
    return transfers.rate * (whole * transfers.length + rest);
}

}  // namespace weft::daemon::sandbox
