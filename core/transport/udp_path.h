// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/transport/datagram_path.h"
#include "core/transport/datagram_sorting.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace weft::transport {

/// How datagrams reach the system, slowest first. Each falls back to the one above when the system
/// does not know it.
enum class UdpSending : std::uint8_t {
    /// One datagram per system call.
    Single,
    /// Many datagrams per system call.
    Batch,
    /// Many runs per system call.
    Runs,
};

struct UdpOptions {
    /// 0: the system chooses.
    std::uint16_t port = 0;
    bool wantsV4 = true;
    /// Left out without an error when the system has none, as IPv4 is; one of the two must work.
    bool wantsV6 = true;
    UdpSending sending = UdpSending::Runs;
    /// Whether the system may join datagrams that came in.
    bool joinsReceived = true;
    /// Of the system, per socket and direction; what it grants may be less.
    std::size_t socketBufferBytes = std::size_t{7} << 20U;
    /// Ours, 64 KiB each; a page of each as long as what comes is not joined.
    std::size_t receiveBuffers = 32;
    /// Mark of outgoing packets for policy routing; 0 is none.
    std::uint32_t mark = 0;

    /// Errors: kInvalidArgument; the text names the option.
    Status validate() const;
};

/// UDP over IPv4 and IPv6, on all addresses and one port. Outgoing packets may be fragmented on
/// their way, as WireGuard's are.
class UdpPath : public DatagramPath {
public:
    static constexpr std::size_t kMostExpected = 64;

    /// Of both families.
    virtual std::uint16_t port() const = 0;
    virtual bool hasV4() const = 0;
    virtual bool hasV6() const = 0;

    /// Moves to another port; 0 lets the system choose. The waitables change: take the old ones out
    /// of the poller before, put the new ones in after. On failure nothing has changed.
    /// Errors: as openUdpPath.
    virtual Status rebind(std::uint16_t port) = 0;

    /// Errors: kPermissionDenied.
    virtual Status setMark(std::uint32_t mark) = 0;

    /// From now on the system sorts what comes, as far as it can; nothing is refused for want of
    /// it. The waitables change as by `rebind`, which keeps the sorting. While it lasts, a process
    /// of the same user that asks to share the port (SO_REUSEPORT) is let in beside us; the port
    /// itself was taken without sharing. Errors: kInvalidArgument.
    virtual Status sort(DatagramSorting sorting) = 0;

    /// Whose bulk is taken as such; that of others counts as control from now on. Nobody, or more
    /// than kMostExpected: everybody's is. Stays over `rebind` and `sort`, and changes no waitable.
    /// A source behind headers that are not usual (options of IPv4, extensions of IPv6) is nobody
    /// who is expected. After `rebind` and `sort` say it again: the system may refuse it there too.
    /// Errors: kResourceExhausted the system refuses it for now, and goes on as it was told before;
    ///         ask again.
    virtual Status expect(std::span<const net::Endpoint> sources) = 0;
};

/// Errors: kInvalidArgument    an option makes no sense; the text names it
///         kFailedPrecondition the port is taken
///         kPermissionDenied   this process may not use the port or the mark
///         kUnavailable        neither family works, or anything else the system reports
/// Thread: any.
StatusOr<std::unique_ptr<UdpPath>> openUdpPath(const UdpOptions& options);

}  // namespace weft::transport
