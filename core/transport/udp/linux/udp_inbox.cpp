// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/udp_inbox.h"

#include "core/transport/udp/detail/run_cutter.h"

#include <algorithm>
#include <cerrno>

namespace weft::transport::detail {
namespace {

/// Whatever the system joins fits: it is one IP packet for it.
constexpr std::size_t kBufferBytes = 65'536;
/// Errors of things sent before that receiving reports, one by one, before it gives a datagram.
constexpr int kMostPendingErrors = 16;

}  // namespace

UdpInbox::UdpInbox(std::size_t buffers)
    : memory_(std::make_unique_for_overwrite<std::uint8_t[]>(buffers * kBufferBytes))
    , slots_(buffers)
    , headers_(buffers) {
    runs_.reserve(buffers);
}

void UdpInbox::clear() {
    used_ = 0;
    runs_.clear();
}

void UdpInbox::prepare(std::size_t index) {
    auto& slot = slots_.at(index);
    slot.piece = {memory_.get() + index * kBufferBytes, kBufferBytes};
    auto& header = headers_.at(index).msg_hdr;
    header = {};
    header.msg_name = &slot.remote;
    header.msg_namelen = sizeof slot.remote;
    header.msg_iov = &slot.piece;
    header.msg_iovlen = 1;
    header.msg_control = slot.control.data();
    header.msg_controllen = slot.control.size();
}

std::uint32_t UdpInbox::receive(
    const UdpSocket& socket, std::size_t most, std::uint32_t& overflowed, PathCounters& counters) {
    const auto limit = std::min(most, slots_.size());
    if (used_ >= limit) {
        return 0;
    }
    for (std::size_t i = used_; i < limit; ++i) {
        prepare(i);
    }
    const auto room = static_cast<unsigned>(limit - used_);
    const auto before = overflowed;
    for (int attempt = 0; attempt < kMostPendingErrors; ++attempt) {
        ++counters.receiveCalls;
        const int count =
            ::recvmmsg(socket.fd.get(), &headers_.at(used_), room, MSG_DONTWAIT, nullptr);
        if (count >= 0) {
            const std::size_t end = used_ + static_cast<std::size_t>(count);
            for (; used_ < end; ++used_) {
                const auto dropped = take(used_, counters);
                overflowed = dropped != 0 ? dropped : overflowed;
            }
            break;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        }
        if (errno != EINTR) {
            ++counters.receiveErrors;
        }
    }
    // The system counts modulo 2^32.
    counters.overflowedReceives += overflowed - before;
    return overflowed - before;
}

std::uint32_t UdpInbox::take(std::size_t index, PathCounters& counters) {
    const auto& message = headers_.at(index);
    const auto extras = readControl(message.msg_hdr);
    const std::size_t bytes = message.msg_len;
    if (bytes == 0 || (message.msg_hdr.msg_flags & MSG_TRUNC) != 0) {
        ++counters.malformedReceives;
        return extras.dropped;
    }
    IncomingRun run;
    run.bytes = {memory_.get() + index * kBufferBytes, bytes};
    run.segmentBytes =
        extras.segmentBytes == 0 || extras.segmentBytes > bytes ? bytes : extras.segmentBytes;
    run.from = {
        .remote = readEndpoint(slots_.at(index).remote),
        .local = extras.local,
        .interface = extras.interface};
    run.trafficClass = extras.trafficClass;
    ++counters.receivedRuns;
    counters.receivedDatagrams += segmentsOf(bytes, run.segmentBytes);
    counters.receivedBytes += bytes;
    runs_.push_back(run);
    return extras.dropped;
}

}  // namespace weft::transport::detail
