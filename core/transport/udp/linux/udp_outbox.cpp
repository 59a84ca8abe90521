// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/udp_outbox.h"

#include "core/transport/udp/detail/run_cutter.h"

#include <cerrno>

namespace weft::transport::detail {
namespace {

/// Errors that may come from the address or the interface that we asked to send from.
bool maySourceBeRefused(int error) {
    switch (error) {
    case EINVAL:
    case EADDRNOTAVAIL:
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENODEV:
    case ENXIO:
        return true;
    default:
        return false;
    }
}

bool isFull(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS || error == ENOMEM;
}

/// The system's calls take what they only read without const.
void* readOnly(const void* bytes) {
    return const_cast<void*>(bytes);  // NOLINT(cppcoreguidelines-pro-type-const-cast): see above
}

}  // namespace

std::size_t UdpOutbox::Message::segments() const {
    return segmentsOf(bytes.size(), segmentBytes);
}

std::size_t UdpOutbox::mostSegments() const {
    return sending_ == UdpSending::Runs && socket_->segments ? kMostRunSegments : 1;
}

void UdpOutbox::add(const OutgoingRun& run, std::size_t index, const Results& results) {
    RunCutter cutter(run.bytes, run.segmentBytes, mostSegments(), kMostDatagramBytes);
    for (auto piece = cutter.next(); !piece.empty(); piece = cutter.next()) {
        if (count_ == kMostMessages) {
            flush(results);
        }
        messages_.at(count_) = {
            .bytes = piece,
            .segmentBytes = run.segmentBytes,
            .to = run.to,
            .run = index,
            .trafficClass = run.trafficClass,
            .isPinned = !run.to->isSourceFree() && !results.outcomes[index].sourceRefused};
        prepare(count_, true);
        ++count_;
    }
}

void UdpOutbox::prepare(std::size_t slot, bool asRun) {
    const auto& message = messages_.at(slot);
    auto& header = headers_.at(slot).msg_hdr;
    auto& piece = pieces_.at(slot);
    piece = {readOnly(message.bytes.data()), message.bytes.size()};
    SendExtras extras{
        .source = message.isPinned ? message.to : nullptr, .trafficClass = message.trafficClass};
    if (asRun && message.bytes.size() > message.segmentBytes) {
        extras.segmentBytes = static_cast<std::uint16_t>(message.segmentBytes);
    }
    header = {};
    header.msg_name = &remotes_.at(slot);
    header.msg_namelen = writeRemote(*message.to, remotes_.at(slot));
    header.msg_iov = &piece;
    header.msg_iovlen = 1;
    header.msg_controllen = writeControl(socket_->family, extras, controls_.at(slot));
    header.msg_control = header.msg_controllen > 0 ? controls_.at(slot).data() : nullptr;
}

void UdpOutbox::flush(const Results& results) {
    std::size_t slot = 0;
    while (slot < count_) {
        ++results.counters.sendCalls;
        const int sent = sendSome(slot);
        if (sent > 0) {
            for (int i = 0; i < sent; ++i, ++slot) {
                countSent(messages_.at(slot), messages_.at(slot).bytes.size(), results.counters);
            }
            continue;
        }
        const int error = sent < 0 ? errno : EAGAIN;
        switch (judge(slot, error, results)) {
        case Next::Again:
            break;
        case Next::Done:
            ++slot;
            break;
        case Next::Drop:
            drop(slot, messages_.at(slot).segments(), error, results);
            ++slot;
            break;
        case Next::DropAll:
            // More of the same would only be refused again, at the price of a call each.
            for (; slot < count_; ++slot) {
                drop(slot, messages_.at(slot).segments(), EAGAIN, results);
            }
            break;
        }
    }
    count_ = 0;
}

int UdpOutbox::sendSome(std::size_t first) {
    constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
    if (sending_ == UdpSending::Single) {
        return ::sendmsg(socket_->fd.get(), &headers_.at(first).msg_hdr, kFlags) < 0 ? -1 : 1;
    }
    return ::sendmmsg(
        socket_->fd.get(), &headers_.at(first), static_cast<unsigned>(count_ - first), kFlags);
}

UdpOutbox::Next UdpOutbox::judge(std::size_t slot, int error, const Results& results) {
    auto& message = messages_.at(slot);
    const bool isRun = message.bytes.size() > message.segmentBytes;
    if (error == EINTR) {
        return Next::Again;
    }
    if (error == ENOSYS && sending_ != UdpSending::Single) {
        sending_ = UdpSending::Single;
        ++results.counters.fallbacks;
        return Next::Again;
    }
    if (isRun && (error == EIO || error == EINVAL || error == EMSGSIZE)) {
        if (error == EIO && socket_->segments) {
            // The interface that this leaves by cannot do it (no checksums), and it is likely that
            // what follows leaves by the same.
            socket_->segments = false;
            ++results.counters.fallbacks;
        } else {
            // Datagrams that are to be fragmented: longer than the interface takes whole.
            ++results.counters.brokenRuns;
        }
        return sendOneByOne(slot, results);
    }
    if (message.isPinned && maySourceBeRefused(error)) {
        freeSource(slot, results);
        prepare(slot, true);
        return Next::Again;
    }
    if (error == ECONNREFUSED && !message.wasRefused) {
        // Speaks of something that was sent before; this one did not leave yet.
        message.wasRefused = true;
        return Next::Again;
    }
    return error == EAGAIN || error == EWOULDBLOCK ? Next::DropAll : Next::Drop;
}

UdpOutbox::Next UdpOutbox::sendOneByOne(std::size_t slot, const Results& results) {
    prepare(slot, false);
    RunCutter cutter(messages_.at(slot).bytes, messages_.at(slot).segmentBytes, 1, 1);
    bool isFullNow = false;
    for (auto datagram = cutter.next(); !datagram.empty(); datagram = cutter.next()) {
        if (isFullNow) {
            drop(slot, 1, EAGAIN, results);
            continue;
        }
        isFullNow = sendDatagram(slot, datagram, results) == Next::DropAll;
    }
    if (!isFullNow) {
        return Next::Done;
    }
    // This message is dealt with; the ones behind it have no room either.
    messages_.at(slot).bytes = {};
    return Next::DropAll;
}

UdpOutbox::Next UdpOutbox::sendDatagram(
    std::size_t slot, std::span<const std::uint8_t> datagram, const Results& results) {
    auto& header = headers_.at(slot).msg_hdr;
    bool wasRefused = false;
    for (;;) {
        pieces_.at(slot) = {readOnly(datagram.data()), datagram.size()};
        ++results.counters.sendCalls;
        if (::sendmsg(socket_->fd.get(), &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
            countSent(messages_.at(slot), datagram.size(), results.counters);
            return Next::Done;
        }
        const int error = errno;
        if (error == EINTR) {
            continue;
        }
        if (error == ECONNREFUSED && !wasRefused) {
            wasRefused = true;
            continue;
        }
        if (messages_.at(slot).isPinned && maySourceBeRefused(error)) {
            freeSource(slot, results);
            prepare(slot, false);
            continue;
        }
        drop(slot, 1, error, results);
        return error == EAGAIN || error == EWOULDBLOCK ? Next::DropAll : Next::Drop;
    }
}

void UdpOutbox::freeSource(std::size_t slot, const Results& results) {
    const std::size_t run = messages_.at(slot).run;
    results.outcomes[run].sourceRefused = true;
    ++results.counters.refusedSources;
    // The rest of the same run would be refused as well.
    for (std::size_t i = slot; i < count_; ++i) {
        if (messages_.at(i).run == run) {
            messages_.at(i).isPinned = false;
            if (i != slot) {
                prepare(i, true);
            }
        }
    }
}

void UdpOutbox::countSent(const Message& message, std::size_t bytes, PathCounters& counters) {
    counters.sentDatagrams += segmentsOf(bytes, message.segmentBytes);
    counters.sentBytes += bytes;
}

void UdpOutbox::drop(std::size_t slot, std::size_t segments, int error, const Results& results) {
    if (segments == 0) {
        return;
    }
    results.outcomes[messages_.at(slot).run].sent = false;
    auto& counter = isFull(error) ? results.counters.droppedFull : results.counters.droppedRefused;
    counter += segments;
}

}  // namespace weft::transport::detail
