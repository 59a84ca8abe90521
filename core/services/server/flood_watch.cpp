// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/flood_watch.h"

#include "core/base/log.h"

#include <asio/io_context.hpp>

#include <chrono>
#include <system_error>
#include <utility>

namespace weft::services {
namespace {

/// How often the bytes of connections are looked at: while there are any, and while one of them
/// sends much or is new: who comes to flood seldom waits. Epoll cannot tell instead: it says
/// nothing of bytes that the library has read already.
constexpr std::chrono::milliseconds kInterval{100};
constexpr std::chrono::milliseconds kBusyInterval{20};
constexpr std::uint64_t kBusyBytes = 64 * 1024;
constexpr std::chrono::seconds kNewFor{2};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

}  // namespace

FloodWatch::FloodWatch(
    base::AsioLoop& loop, const ByteAllowance& allowance, CallsOf callsOf, Cut cut)
    : loop_(loop)
    , allowance_(allowance)
    , callsOf_(std::move(callsOf))
    , cut_(std::move(cut))
    , timer_(loop.context()) {}

void FloodWatch::add(int descriptor, const net::Endpoint& remote) {
    const TimePoint now = loop_.clock().now();
    watched_.insert_or_assign(descriptor, Watched{.remote = remote, .since = now});
    // A look that is due in a tenth of a second would leave the new one alone for too long.
    soonUntil_ = now + kNewFor;
    schedule();
}

void FloodWatch::remove(int descriptor) {
    watched_.erase(descriptor);
}

void FloodWatch::stop() {
    isStopped_ = true;
    timer_.cancel();
    watched_.clear();
}

void FloodWatch::schedule() {
    if (isStopped_) {
        return;
    }
    const TimePoint now = loop_.clock().now();
    const bool isSoon = isBusy_ || now < soonUntil_;
    const TimePoint due = now + (isSoon ? kBusyInterval : kInterval);
    if (isScheduled_ && timer_.expiry() <= due) {
        return;
    }
    isScheduled_ = true;
    timer_.expires_at(due);
    timer_.async_wait([this](const std::error_code& cancelled) {
        // Cancelled: it is stopping, or an earlier look took the place of this one.
        if (cancelled) {
            return;
        }
        isScheduled_ = false;
        isBusy_ = weighAll();
        if (!watched_.empty()) {
            schedule();
        }
    });
}

bool FloodWatch::weighAll() {
    bool isMuch = false;
    for (auto& [descriptor, connection] : watched_) {
        if (weigh(descriptor, connection)) {
            isMuch = true;
        }
    }
    return isMuch;
}

bool FloodWatch::weigh(int descriptor, Watched& connection) {
    const std::uint64_t received = receivedBytes(descriptor);
    const bool isMuch = received > connection.received + kBusyBytes;
    connection.received = received;
    const Duration age = loop_.clock().now() - connection.since;
    // Most connections stay below what needs no look at their calls.
    if (received > allowance_.of(0, age)
        && received > allowance_.of(callsOf_(connection.remote), age) && cut_(descriptor)) {
        log().warn(
            "connection cut peer={} reason=bytes-without-calls bytes={}",
            connection.remote.toString(),
            received);
    }
    return isMuch;
}

}  // namespace weft::services
