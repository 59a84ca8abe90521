// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_tun.h"

#include "core/platform/tun.h"

#include <algorithm>
#include <utility>

namespace weft::tests {
namespace {

using platform::Offload;

bool isAgreed(const Offload& offload, const platform::TunOffloads& agreed) {
    switch (offload.kind) {
    case Offload::Kind::None:
        return !offload.needsChecksum || agreed.checksum;
    case Offload::Kind::Tcp4:
        return agreed.tcp4;
    case Offload::Kind::Tcp6:
        return agreed.tcp6;
    case Offload::Kind::Udp4:
        return agreed.udp4;
    case Offload::Kind::Udp6:
        return agreed.udp6;
    }
    return false;
}

}  // namespace

bool FakeTun::inject(std::span<const std::uint8_t> bytes, const Offload& offload) {
    if (!isUp_ || isRemoved_ || waiting_.size() >= kMostWaiting) {
        return false;
    }
    waiting_.push_back({{bytes.begin(), bytes.end()}, offload});
    readiness_.set(true);
    return true;
}

void FakeTun::remove() {
    isRemoved_ = true;
    readiness_.set(true);
}

StatusOr<std::optional<platform::ReadPacket>> FakeTun::read(std::span<std::uint8_t> buffer) {
    if (buffer.size() < platform::kTunReadBytes) {
        return invalidArgument("reading a packet takes {} bytes", platform::kTunReadBytes);
    }
    if (isRemoved_) {
        return failedPrecondition("the interface {} was removed", name_);
    }
    if (waiting_.empty()) {
        return std::optional<platform::ReadPacket>();
    }
    const auto packet = std::move(waiting_.front());
    waiting_.pop_front();
    readiness_.set(!waiting_.empty());
    std::ranges::copy(packet.bytes, buffer.begin());
    ++counters_.reads;
    counters_.superReads += packet.offload.kind != Offload::Kind::None ? 1 : 0;
    return platform::ReadPacket{buffer.first(packet.bytes.size()), packet.offload};
}

Status FakeTun::write(const platform::TunPacket& packet) {
    auto status = check(packet);
    if (!status.ok()) {
        ++counters_.refusedWrites;
        return status;
    }
    Packet whole{{}, packet.offload};
    for (const auto& piece : packet.pieces) {
        whole.bytes.insert(whole.bytes.end(), piece.begin(), piece.end());
    }
    written_.push_back(std::move(whole));
    ++counters_.writes;
    counters_.superWrites += packet.offload.kind != Offload::Kind::None ? 1 : 0;
    return status;
}

Status FakeTun::check(const platform::TunPacket& packet) const {
    const std::size_t bytes = packet.bytes();
    if (bytes == 0 || bytes > platform::kTunMostWriteBytes
        || packet.pieces.size() > platform::kTunMostPieces
        || !isAgreed(packet.offload, offloads_)) {
        return makeStatus(StatusCode::kInvalidArgument, {});
    }
    if (isRemoved_) {
        return makeStatus(StatusCode::kFailedPrecondition, {});
    }
    const unsigned version = [&] {
        for (const auto& piece : packet.pieces) {
            if (!piece.empty()) {
                return static_cast<unsigned>(piece[0]) >> 4U;
            }
        }
        return 0U;
    }();
    if (version != 4 && version != 6) {
        return makeStatus(StatusCode::kInvalidArgument, {});
    }
    return isUp_ ? okStatus() : makeStatus(StatusCode::kUnavailable, {});
}

StatusOr<std::size_t> FakeTun::mtu() const {
    if (isRemoved_) {
        return failedPrecondition("the interface {} was removed", name_);
    }
    return mtu_;
}

Status FakeTun::setMtu(std::size_t mtu) {
    if (mtu < platform::kLeastMtu || mtu > platform::kMostMtu) {
        return invalidArgument("an MTU of {} makes no sense", mtu);
    }
    if (isRemoved_) {
        return failedPrecondition("the interface {} was removed", name_);
    }
    mtu_ = mtu;
    return okStatus();
}

}  // namespace weft::tests
