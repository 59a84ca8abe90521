// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/poller.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weft::transport {

/// The longest payload of a UDP datagram over IPv4 (65,535 less 20 and 8); also of a run.
inline constexpr std::size_t kMostDatagramBytes = 65'507;
/// The most datagrams that one system call takes as one run.
inline constexpr std::size_t kMostRunSegments = 64;

/// Where a datagram goes or came from: the other side, and the way on our side. What came in can be
/// given back as it is, so that the answer leaves from the address that was asked.
struct DatagramAddress {
    net::Endpoint remote;
    /// Our address. Unspecified: the system chooses.
    net::IpAddress local{};
    /// Our interface, by the system's number. 0: the system chooses.
    std::uint32_t interface = 0;

    /// Whether the way on our side is left to the system. A link-local IPv6 remote means nothing
    /// without its interface, which therefore belongs to the remote and not to the source.
    bool isSourceFree() const { return local.isUnspecified() && (interface == 0 || isOnLink()); }
    void freeSource() {
        local = {};
        interface = isOnLink() ? interface : 0;
    }
    bool isOnLink() const { return remote.address.isV6() && remote.address.isLinkLocal(); }
    /// "192.0.2.1:51820 via 10.0.0.7 on 3", for logs.
    std::string toString() const;

    friend bool operator==(const DatagramAddress&, const DatagramAddress&) = default;
};

/// Datagrams for one destination, one behind the other in one buffer.
struct OutgoingRun {
    std::span<const std::uint8_t> bytes{};
    /// Each datagram has this size, the last one may be shorter.
    std::size_t segmentBytes = 0;
    const DatagramAddress* to = nullptr;
    /// DSCP and ECN of the outer header.
    std::uint8_t trafficClass = 0;
};

/// Datagrams from one source.
struct IncomingRun {
    /// In a buffer of the path; may be changed by the reader.
    std::span<std::uint8_t> bytes{};
    /// Each datagram has this size, the last one may be shorter.
    std::size_t segmentBytes = 0;
    DatagramAddress from{};
    std::uint8_t trafficClass = 0;
};

/// What became of an outgoing run.
struct RunOutcome {
    /// Whether all its datagrams left. Datagrams that did not are lost and counted.
    bool sent = false;
    /// Whether the system refused the source of `to`. The run was tried again from an address that
    /// the system chose; forget the source.
    bool sourceRefused = false;
};

struct SendReport {
    /// One for each run, in order; valid until the next send.
    std::span<const RunOutcome> runs{};
    /// Whether every run left from the source it was given.
    bool isClean = true;
};

/// Since the path was opened.
struct PathCounters {
    std::uint64_t sendCalls = 0;
    std::uint64_t sentDatagrams = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t receiveCalls = 0;
    std::uint64_t receivedRuns = 0;
    std::uint64_t receivedDatagrams = 0;
    std::uint64_t receivedBytes = 0;
    /// Datagrams not sent: the system's buffers were full.
    std::uint64_t droppedFull = 0;
    /// Datagrams not sent: no way there, a filter forbade it, too long, or the path has no such
    /// family.
    std::uint64_t droppedRefused = 0;
    /// Runs whose source was refused.
    std::uint64_t refusedSources = 0;
    /// Runs that had to leave datagram by datagram though the system takes runs.
    std::uint64_t brokenRuns = 0;
    /// How often a faster way of sending was given up for good.
    std::uint64_t fallbacks = 0;
    /// Datagrams that came but were longer than our buffers, or that made no sense.
    std::uint64_t malformedReceives = 0;
    /// Datagrams that the system dropped because we did not fetch them in time. Those that its
    /// sorting refused are counted here too, for it does not tell them apart.
    std::uint64_t overflowedReceives = 0;
    /// Of these, control datagrams that came faster than we took them.
    std::uint64_t overflowedControl = 0;
    /// Errors of receiving that the system reported; none of them ends the path.
    std::uint64_t receiveErrors = 0;
};

/// Carries datagrams in runs, unreliably and unordered. The first is UDP; others can plug in.
///
/// Thread: confined to the packet loop, but for `name`.
class DatagramPath {
public:
    DatagramPath() = default;
    DatagramPath(const DatagramPath&) = delete;
    DatagramPath& operator=(const DatagramPath&) = delete;
    virtual ~DatagramPath() = default;

    /// "udp", for logs and statistics.
    virtual std::string_view name() const = 0;

    /// Sends the runs in order, of any length; runs longer than `mostRunBytes` or with more than
    /// `mostRunSegments` are split. Never blocks and never fails as a whole: what cannot leave is
    /// dropped, counted and reported. A run without bytes, destination or segment size is dropped.
    virtual SendReport send(std::span<const OutgoingRun> runs) = 0;

    /// What came in, in order per source; valid until the next receive. Empty: nothing now. There
    /// may be more after a full answer: the waitables stay ready. Never blocks.
    virtual std::span<IncomingRun> receive() = 0;

    /// Ready while `receive` has something to give. Their number and handles change only by calls
    /// that say so.
    virtual std::span<const base::Waitable> waitables() const = 0;

    /// How many of the runs that the last `receive` gave are of control datagrams (see
    /// DatagramSorting); they are the last ones, and may be joined like others. 0 for a path that
    /// does not part them.
    virtual std::size_t controlRuns() const { return 0; }
    /// The waitables that are ready for control datagrams alone.
    virtual std::span<const base::Waitable> controlWaitables() const { return {}; }
    /// While held, `receive` leaves control datagrams where they wait, for as many as there is
    /// room.
    virtual void holdControl(bool /*held*/) {}

    /// What leaves with one system call: a run up to this size costs little more than one datagram.
    virtual std::size_t mostRunBytes() const = 0;
    /// 1 while the path sends datagram by datagram.
    virtual std::size_t mostRunSegments() const = 0;

    virtual PathCounters counters() const = 0;
};

}  // namespace weft::transport
