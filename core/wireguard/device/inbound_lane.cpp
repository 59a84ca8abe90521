// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/inbound_lane.h"

#include "core/wireguard/packet/ecn.h"

#include <algorithm>
#include <span>

namespace weft::wireguard {
namespace {

std::size_t datagramsOf(std::span<const transport::IncomingRun> runs) {
    std::size_t count = 0;
    for (const auto& run : runs) {
        const auto each = std::max<std::size_t>(run.segmentBytes, 1);
        count += (run.bytes.size() + each - 1) / each;
    }
    return count;
}

}  // namespace

InboundLane::InboundLane(platform::TunDevice& tun, Engine& engine, StageSwitch& parallel)
    : tun_(tun), engine_(engine), parallel_(parallel), coalescer_(tun.offloads(), *this) {}

std::size_t InboundLane::drain(transport::DatagramPath& path, std::uint8_t number, Moment at) {
    const auto runs = path.receive();
    for (auto& run : runs) {
        take(run, number, at);
    }
    // The pieces that wait lie in the path's buffers, which the next receive fills anew.
    coalescer_.flush();
    return datagramsOf(runs.last(path.controlRuns()));
}

void InboundLane::take(transport::IncomingRun& run, std::uint8_t number, Moment at) {
    parallel_.addRun(run.bytes.size());
    if (!parallel_.takes(run.bytes.size())) {
        engine_.receive(run, number, at, *this);
        return;
    }
    auto& stage = *parallel_.stage();
    if (run.bytes.size() > Job::kInBytes) {
        stage.drain(at);
        engine_.receive(run, number, at, *this);
        return;
    }
    stage.room(at).fillReceived(run, number, engine_);
    stage.push();
}

void InboundLane::finish(Job& job, Moment at) {
    if (job.kind() == Job::Kind::Open) {
        engine_.receiveOpened(job.opened(), at, *this);
        return;
    }
    auto run = job.received();
    engine_.receive(run, job.path(), at, *this);
}

void InboundLane::deliver(
    PeerIndex /*peer*/, std::span<std::uint8_t> inner, std::uint8_t outerClass) {
    hasDelivered_ = true;
    // Without a mark on the outer packet the inner one stays as it is (RFC 6040, figure 4).
    if (ecnOf(outerClass) != Ecn::NotCapable && !applyOuterEcn(inner, outerClass)) {
        engine_.countDrop(DropReason::Congestion);
        return;
    }
    if (!coalescer_.add(inner)) {
        engine_.countDrop(DropReason::MalformedInner);
    }
}

void InboundLane::write(const platform::TunPacket& packet) {
    if (!tun_.write(packet).ok()) {
        engine_.countDrop(DropReason::HostRefused);
    }
}

}  // namespace weft::wireguard
