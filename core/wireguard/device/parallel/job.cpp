// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/job.h"

#include "core/base/check.h"
#include "core/crypto/secret_key.h"

#include <algorithm>

namespace weft::wireguard {

Job::Job() : aead_(crypto::SecretKey32().reveal()), in_(kInBytes), out_(kOutBytes) {}

void Job::fillSeal(
    std::vector<std::uint8_t>& buffer,
    const platform::ReadPacket& packet,
    const SendGrant& grant,
    const Sealing& sealing) {
    WEFT_CHECK(buffer.size() == in_.size() && packet.bytes.data() == buffer.data());
    WEFT_CHECK(grant.aead != nullptr && sealing.packets <= kMostPackets);
    kind_ = Kind::Seal;
    aead_.takeKeyOf(*grant.aead);
    std::swap(buffer, in_);
    bytes_ = packet.bytes.size();
    offload_ = packet.offload;
    session_ = grant.session;
    index_ = grant.remoteIndex;
    firstCounter_ = grant.firstCounter;
    sealing_ = sealing;
}

void Job::fillReceived(const transport::IncomingRun& run, std::uint8_t path, const Engine& engine) {
    WEFT_CHECK(run.bytes.size() <= in_.size());
    std::copy(run.bytes.begin(), run.bytes.end(), in_.begin());
    bytes_ = run.bytes.size();
    segmentBytes_ = run.segmentBytes == 0 ? bytes_ : run.segmentBytes;
    address_ = {run.from, path};
    trafficClass_ = run.trafficClass;
    kind_ = Kind::Pass;
    const auto index = commonReceiver();
    const auto grant = index ? engine.openGrant(*index, run.from) : std::nullopt;
    if (grant) {
        kind_ = Kind::Open;
        aead_.takeKeyOf(*grant->aead);
        session_ = grant->session;
        index_ = *index;
    }
}

std::optional<std::uint32_t> Job::commonReceiver() const {
    std::optional<std::uint32_t> index;
    if (bytes_ > segmentBytes_ * kMostPackets) {
        return index;
    }
    for (std::size_t at = 0; at < bytes_; at += segmentBytes_) {
        const auto message = std::span(in_).subspan(at, std::min(segmentBytes_, bytes_ - at));
        if (messageTypeOf(message) != MessageType::Transport
            || (index && *index != receiverIndexOf(message))) {
            return std::nullopt;
        }
        index = receiverIndexOf(message);
    }
    return index;
}

void Job::work() {
    if (kind_ == Kind::Pass) {
        return;
    }
    if (kind_ == Kind::Seal) {
        seal();
    } else {
        open();
    }
    aead_.forgetKey();
}

void Job::seal() {
    const auto packet = std::span(in_).first(bytes_);
    Segmenter segments(packet, offload_);
    std::uint64_t counter = firstCounter_;
    outBytes_ = 0;
    segmentBytes_ = 0;
    for (auto each = segments.next(); !each.empty(); each = segments.next()) {
        const auto out = std::span(out_).subspan(outBytes_);
        const auto bytes = sealTransport(aead_, {index_, counter}, each, sealing_.mtu, out);
        // Only the last one may be shorter.
        segmentBytes_ = std::max(segmentBytes_, bytes);
        outBytes_ += bytes;
        ++counter;
    }
}

void Job::open() {
    authentic_ = 0;
    refused_ = 0;
    for (std::size_t at = 0; at < bytes_; at += segmentBytes_) {
        const auto message = std::span(in_).subspan(at, std::min(segmentBytes_, bytes_ - at));
        const auto header = readTransportHeader(message);
        const auto sealed = message.subspan(kTransportHeaderBytes);
        if (!header || !aead_.open(sealed, sealed, {}, header->counter)) {
            ++refused_;
            continue;
        }
        inner_[authentic_] = sealed.first(sealed.size() - kTagBytes);
        counters_[authentic_] = header->counter;
        ++authentic_;
    }
}

transport::OutgoingRun Job::sealed(const PathAddress& to) {
    address_ = to;
    return {
        .bytes = std::span(out_).first(outBytes_),
        .segmentBytes = segmentBytes_,
        .to = &address_.address,
        .trafficClass = sealing_.trafficClass};
}

OpenedRun Job::opened() const {
    return {
        .receiverIndex = index_,
        .session = session_,
        .from = address_,
        .trafficClass = trafficClass_,
        .packets = std::span(inner_).first(authentic_),
        .counters = std::span(counters_).first(authentic_),
        .refused = refused_};
}

transport::IncomingRun Job::received() {
    return {
        .bytes = std::span(in_).first(bytes_),
        .segmentBytes = segmentBytes_,
        .from = address_.address,
        .trafficClass = trafficClass_};
}

}  // namespace weft::wireguard
