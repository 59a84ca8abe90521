// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_path.h"
#include "core/transport/udp/linux/control_message.h"
#include "core/transport/udp/linux/socket_address.h"
#include "core/transport/udp/linux/udp_socket.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <sys/socket.h>
#include <sys/uio.h>

namespace weft::transport::detail {

/// Collects what is to leave by one socket and sends it with as few system calls as it can. What
/// the system refuses is tried in the next slower way, and dropped and counted when that fails too.
class UdpOutbox {
public:
    /// Messages of one system call.
    static constexpr std::size_t kMostMessages = 64;

    UdpOutbox() = default;
    UdpOutbox(const UdpOutbox&) = delete;
    UdpOutbox& operator=(const UdpOutbox&) = delete;
    ~UdpOutbox() = default;

    void use(UdpSocket* socket, UdpSending sending) {
        socket_ = socket;
        sending_ = sending;
    }

    std::size_t mostSegments() const;

    /// What happens to the runs is written to `outcomes` and `counters` by the time `flush`
    /// returns, which happens on its own whenever there is enough for a system call.
    struct Results {
        std::span<RunOutcome> outcomes;
        PathCounters& counters;
    };
    /// Appends run number `index`, which has bytes, segments and a destination of our family.
    void add(const OutgoingRun& run, std::size_t index, const Results& results);
    void flush(const Results& results);

private:
    struct Message {
        std::span<const std::uint8_t> bytes{};
        std::size_t segmentBytes = 0;
        const DatagramAddress* to = nullptr;
        std::size_t run = 0;
        std::uint8_t trafficClass = 0;
        bool isPinned = false;
        bool wasRefused = false;

        std::size_t segments() const;
    };
    enum class Next : std::uint8_t { Again, Drop, DropAll, Done };

    void prepare(std::size_t slot, bool asRun);
    int sendSome(std::size_t first);
    /// What to do about message `slot`, which the system refused with `error`.
    Next judge(std::size_t slot, int error, const Results& results);
    Next sendOneByOne(std::size_t slot, const Results& results);
    Next sendDatagram(
        std::size_t slot, std::span<const std::uint8_t> datagram, const Results& results);
    void freeSource(std::size_t slot, const Results& results);
    static void countSent(const Message& message, std::size_t bytes, PathCounters& counters);
    void drop(std::size_t slot, std::size_t segments, int error, const Results& results);

    UdpSocket* socket_ = nullptr;
    UdpSending sending_ = UdpSending::Runs;
    std::size_t count_ = 0;
    std::array<Message, kMostMessages> messages_{};
    std::array<mmsghdr, kMostMessages> headers_{};
    std::array<iovec, kMostMessages> pieces_{};
    std::array<SocketAddress, kMostMessages> remotes_{};
    std::array<SendControl, kMostMessages> controls_{};
};

}  // namespace weft::transport::detail
