// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_path.h"
#include "core/transport/udp/linux/control_message.h"
#include "core/transport/udp/linux/socket_address.h"
#include "core/transport/udp/linux/udp_socket.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <sys/socket.h>
#include <sys/uio.h>

namespace weft::transport::detail {

/// A fixed set of buffers into which sockets are read. The pages of a buffer are taken from the
/// system when something is first received into them.
class UdpInbox {
public:
    explicit UdpInbox(std::size_t buffers);

    /// Forgets what was received.
    void clear();
    /// Buffers in use.
    std::size_t used() const { return used_; }
    /// Reads what `socket` has, with one call, until `most` buffers are in use. `overflowed` is
    /// what the system said last that it dropped at this socket; returns by how much that has
    /// grown.
    std::uint32_t receive(
        const UdpSocket& socket,
        std::size_t most,
        std::uint32_t& overflowed,
        PathCounters& counters);
    std::span<IncomingRun> runs() { return runs_; }
    /// How many runs there are.
    std::size_t received() const { return runs_.size(); }

private:
    struct Slot {
        SocketAddress remote{};
        std::array<std::uint8_t, kReceiveControlBytes> control{};
        iovec piece{};
    };

    void prepare(std::size_t index);
    /// Takes the message that the system wrote to slot `index`; returns what it said that it
    /// dropped, 0 for nothing.
    std::uint32_t take(std::size_t index, PathCounters& counters);

    std::unique_ptr<std::uint8_t[]> memory_;
    std::vector<Slot> slots_;
    std::vector<mmsghdr> headers_;
    std::vector<IncomingRun> runs_;
    std::size_t used_ = 0;
};

}  // namespace weft::transport::detail
