// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/outbound_lane.h"

#include "core/wireguard/packet/ecn.h"
#include "core/wireguard/packet/segmenter.h"
#include "core/wireguard/session/transport_message.h"

namespace weft::wireguard {

OutboundLane::OutboundLane(
    platform::TunDevice& tun, Engine& engine, const PathSet& paths, StageSwitch& parallel)
    : tun_(tun)
    , engine_(engine)
    , parallel_(parallel)
    , builder_(engine, paths)
    , buffer_(platform::kTunReadBytes) {}

Status OutboundLane::drain(Moment at) {
    for (std::size_t taken = 0; taken < kMostPackets;) {
        const auto packet = tun_.read(buffer_);
        if (!packet.ok() && packet.status().code() == StatusCode::kFailedPrecondition) {
            builder_.flush(at);
            return packet.status();
        }
        if (packet.ok() && !*packet) {
            builder_.flush(at);
            return okStatus();
        }
        if (packet.ok()) {
            taken += take(**packet, at);
        } else {
            engine_.countDrop(DropReason::MalformedInner);
            ++taken;
        }
    }
    builder_.flush(at);
    return okStatus();
}

std::size_t OutboundLane::take(const platform::ReadPacket& packet, Moment at) {
    Segmenter segments(packet.bytes, packet.offload);
    if (segments.fault() != SegmentFault::None) {
        engine_.countDrop(DropReason::MalformedInner);
        return 1;
    }
    const auto count = static_cast<std::uint32_t>(segments.segments());
    const std::uint8_t trafficClass = encapsulatedTrafficClass(segments.packet().trafficClass);
    const auto peer = engine_.route(segments.packet());
    if (!peer) {
        return 1;
    }
    // Before the grant: making room may finish others, which tells the engine.
    Job* const job = jobFor(packet.bytes.size(), count, at);
    const SendGrant grant = engine_.grant(*peer, count, at);
    if (grant.verdict == SendGrant::Verdict::Queue) {
        if (parallel_.stage() != nullptr) {
            parallel_.stage()->drain(at);
        }
        for (auto each = segments.next(); !each.empty(); each = segments.next()) {
            engine_.stage(*peer, each, trafficClass, at);
        }
        return count;
    }
    if (grant.verdict != SendGrant::Verdict::Ready) {
        return 1;
    }
    if (job != nullptr) {
        job->fillSeal(
            buffer_,
            packet,
            grant,
            {.peer = *peer, .trafficClass = trafficClass, .packets = count, .mtu = mtu_});
        parallel_.stage()->push();
        return count;
    }
    std::uint64_t counter = grant.firstCounter;
    for (auto each = segments.next(); !each.empty(); each = segments.next()) {
        const auto out = builder_.room(transportBytes(each.size(), mtu_), at);
        sealTransport(*grant.aead, {grant.remoteIndex, counter}, each, mtu_, out);
        builder_.commit(*peer, *grant.to, trafficClass, out.size());
        ++counter;
    }
    if (count > 1) {
        builder_.flush(at);
    }
    return count;
}

Job* OutboundLane::jobFor(std::size_t bytes, std::size_t count, Moment at) {
    parallel_.addRun(bytes);
    if (!parallel_.takes(bytes)) {
        return nullptr;
    }
    // What was sealed here before goes first.
    builder_.flush(at);
    if (count > Job::kMostPackets) {
        parallel_.stage()->drain(at);
        return nullptr;
    }
    return &parallel_.stage()->room(at);
}

}  // namespace weft::wireguard
