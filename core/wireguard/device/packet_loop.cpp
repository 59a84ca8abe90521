// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/packet_loop.h"

#include <algorithm>
#include <thread>

namespace weft::wireguard {
namespace {

constexpr std::uint32_t kTunId = 0;
/// Path 0 is 1, and so on.
constexpr std::uint32_t kFirstPathId = 1;

}  // namespace

PacketLoop::PacketLoop(
    platform::TunDevice& tun,
    Engine& engine,
    base::Poller& poller,
    const base::Clock& clock,
    const ParallelOptions& parallel)
    : tun_(tun)
    , engine_(engine)
    , poller_(poller)
    , clock_(clock)
    , sealed_(engine, paths_)
    , parallel_(parallel, tun.name(), {poller, clock, *this}, std::thread::hardware_concurrency())
    , inbound_(tun, engine, parallel_)
    , outbound_(tun, engine, paths_, parallel_) {}

Status PacketLoop::watch() {
    return poller_.add(tun_.readable(), kTunId);
}

Status PacketLoop::addPath(transport::DatagramPath& path) {
    if (paths_.all().size() == PathSet::kMost) {
        return resourceExhausted("an interface has at most {} paths", PathSet::kMost);
    }
    paths_.add(path);
    return rewatchPath(path);
}

void PacketLoop::unwatchPath(const transport::DatagramPath& path) {
    for (const auto& waitable : path.waitables()) {
        poller_.remove(waitable);
    }
}

Status PacketLoop::rewatchPath(const transport::DatagramPath& path) {
    for (const auto& waitable : path.waitables()) {
        WEFT_RETURN_IF_ERROR(poller_.add(waitable, idOf(path)));
    }
    if (isControlHeld_) {
        holdControlOf(path, true);
    }
    return okStatus();
}

std::uint32_t PacketLoop::idOf(const transport::DatagramPath& path) const {
    const auto all = paths_.all();
    return kFirstPathId + static_cast<std::uint32_t>(std::ranges::find(all, &path) - all.begin());
}

void PacketLoop::holdControl(bool held) {
    isControlHeld_ = held;
    for (auto* const path : paths_.all()) {
        path->holdControl(held);
        holdControlOf(*path, held);
    }
}

void PacketLoop::holdControlOf(const transport::DatagramPath& path, bool held) {
    for (const auto& waitable : path.controlWaitables()) {
        poller_.hold(waitable, idOf(path), held);
    }
}

void PacketLoop::setMtu(std::size_t bytes) {
    outbound_.setMtu(bytes);
    engine_.setMtu(static_cast<std::uint16_t>(bytes));
}

std::optional<Duration> PacketLoop::timeToWait(std::optional<Duration> limit) {
    if (auto* stage = parallel_.stage(); stage != nullptr) {
        if (!stage->isIdle() && (stage->help() || !stage->mayWait())) {
            return Duration::zero();
        }
        if (const auto most = parallel_.longestWait(); most && (!limit || *most < *limit)) {
            limit = most;
        }
    }
    auto deadline = engine_.nextDeadline();
    if (isControlHeld_) {
        deadline = std::min(deadline.value_or(TimePoint::max()), pace_.stepEnd());
    }
    if (!deadline) {
        return limit;
    }
    const Duration left = std::max<Duration>(*deadline - clock_.now(), Duration::zero());
    return limit ? std::min(*limit, left) : left;
}

Status PacketLoop::turn(std::optional<Duration> limit) {
    WEFT_ASSIGN_OR_RETURN(const auto ready, poller_.wait(timeToWait(limit)));
    bool tunReady = false;
    std::uint32_t readyPaths = 0;
    for (const std::uint32_t id : ready) {
        if (id == kTunId) {
            tunReady = true;
        } else {
            readyPaths |= 1U << (id - kFirstPathId);
        }
    }
    Moment at = now();
    const TimePoint begin = at.now;
    if (isControlHeld_ && begin >= pace_.stepEnd()) {
        holdControl(false);
    }
    collect(at);
    WEFT_RETURN_IF_ERROR(serve(tunReady, readyPaths, at));
    at = now();
    if (const auto deadline = engine_.nextDeadline(); deadline && *deadline <= at.now) {
        engine_.advance(at);
        outbound_.sendMessages();
    }
    parallel_.note(begin, at);
    return okStatus();
}

void PacketLoop::collect(Moment at) {
    if (parallel_.stage() != nullptr && parallel_.stage()->collect(at)) {
        outbound_.sendMessages();
    }
}

void PacketLoop::finish(std::span<Job* const> jobs, Moment at) {
    for (auto* job : jobs) {
        if (job->kind() == Job::Kind::Seal) {
            sealed_.add(*job, at);
        } else {
            inbound_.finish(*job, at);
        }
    }
    sealed_.flush(at);
    // The packets that wait to be joined lie in the jobs.
    inbound_.flush();
}

Status PacketLoop::serve(bool tunReady, std::uint32_t readyPaths, Moment at) {
    std::size_t control = 0;
    for (std::uint8_t number = 0; readyPaths >> number != 0; ++number) {
        if ((readyPaths >> number & 1U) == 0) {
            continue;
        }
        control += inbound_.drain(*paths_.find(number), number, at);
        collect(at);
        // Answers to handshakes, and what waited for them.
        outbound_.sendMessages();
    }
    // What looks like data and is not authentic would slow down the handshakes of honest peers.
    if (inbound_.takeHasDelivered() || tunReady) {
        pace_.noteData(at.now);
    }
    if (control > 0 && !pace_.noteFetched(control, at.now)) {
        holdControl(true);
    }
    if (tunReady) {
        WEFT_RETURN_IF_ERROR(outbound_.drain(at));
        collect(at);
        outbound_.sendMessages();
    }
    return okStatus();
}

}  // namespace weft::wireguard
