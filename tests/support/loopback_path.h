// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"
#include "core/transport/datagram_path.h"
#include "tests/support/readiness.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace weft::tests {

class LoopbackPath;

/// What goes wrong on the way, each as a chance from 0 to 1 per datagram.
struct LoopbackFaults {
    double loss = 0;
    double duplication = 0;
    /// A datagram waits until this many others to any receiver have overtaken it.
    double reordering = 0;
    std::size_t overtakers = 3;
};

/// Paths in memory that reach each other by their endpoints. What is sent arrives at once, unless
/// it is held. The same seed and the same calls give the same result.
///
/// Thread: all paths of a network on one.
class LoopbackNetwork {
public:
    explicit LoopbackNetwork(std::uint64_t seed = 1) : random_(seed) {}
    LoopbackNetwork(const LoopbackNetwork&) = delete;
    LoopbackNetwork& operator=(const LoopbackNetwork&) = delete;
    ~LoopbackNetwork() = default;

    /// A path with endpoint `own`, which it takes over from a path that had it. The network
    /// outlives its paths.
    std::unique_ptr<LoopbackPath> open(const net::Endpoint& own);

    void setFaults(const LoopbackFaults& faults) { faults_ = faults; }
    /// While held, everything waits; releasing delivers it in order.
    void hold(bool held);
    /// Delivers what reordering made wait, for the end of a test.
    void settle();
    /// Throws away what is held; returns how many datagrams.
    std::size_t dropHeld();

private:
    friend class LoopbackPath;

    struct Datagram {
        std::vector<std::uint8_t> bytes;
        net::Endpoint from;
        net::Endpoint to;
        std::uint8_t trafficClass = 0;
        std::size_t overtakers = 0;
    };

    bool happens(double chance);
    void carry(Datagram datagram);
    void arrive(Datagram datagram);
    void overtake();

    std::mt19937_64 random_;
    LoopbackFaults faults_;
    bool isHeld_ = false;
    std::deque<Datagram> held_;
    std::deque<Datagram> late_;
    std::vector<LoopbackPath*> paths_;
};

/// One end of a LoopbackNetwork.
class LoopbackPath final : public transport::DatagramPath {
public:
    /// Beyond this many datagrams the oldest are kept and new ones lost, as in a socket.
    static constexpr std::size_t kMostWaiting = 4096;
    /// The most runs of one receive.
    static constexpr std::size_t kMostRuns = 8;

    LoopbackPath(LoopbackNetwork& network, const net::Endpoint& own);
    ~LoopbackPath() override;

    /// Roams: answers to the old endpoint are lost from now on.
    void moveTo(const net::Endpoint& own) { own_ = own; }
    const net::Endpoint& own() const { return own_; }
    /// Whether equal datagrams that wait come as one run; they do by default.
    void setJoining(bool joins) { joins_ = joins; }
    /// From now on what begins with `type` is control.
    void partControl(std::uint8_t type) { controlType_ = type; }

    std::string_view name() const override { return "loopback"; }
    transport::SendReport send(std::span<const transport::OutgoingRun> runs) override;
    std::span<transport::IncomingRun> receive() override;
    std::span<const base::Waitable> waitables() const override { return waitables_; }
    std::size_t controlRuns() const override { return controlRuns_; }
    std::span<const base::Waitable> controlWaitables() const override {
        return std::span(waitables_).subspan(1);
    }
    void holdControl(bool held) override { isControlHeld_ = held; }
    std::size_t mostRunBytes() const override { return transport::kMostDatagramBytes; }
    std::size_t mostRunSegments() const override { return transport::kMostRunSegments; }
    transport::PathCounters counters() const override { return counters_; }

private:
    friend class LoopbackNetwork;

    using Waiting = std::deque<LoopbackNetwork::Datagram>;

    transport::RunOutcome sendOne(const transport::OutgoingRun& run);
    void accept(LoopbackNetwork::Datagram datagram);
    /// Whether the first of `waiting` continues the run that `bytes` and `first` begin.
    bool continues(
        const LoopbackNetwork::Datagram& first, std::size_t bytes, const Waiting& waiting) const;
    /// The first of `waiting`, and those that continue it.
    void give(Waiting& waiting);

    LoopbackNetwork& network_;
    net::Endpoint own_;
    bool joins_ = true;
    std::optional<std::uint8_t> controlType_;
    bool isControlHeld_ = false;
    Readiness readiness_;
    Readiness controlReadiness_;
    /// For control the last one.
    std::array<base::Waitable, 2> waitables_;
    Waiting waiting_;
    Waiting waitingControl_;
    std::size_t used_ = 0;
    std::size_t controlRuns_ = 0;
    std::vector<std::vector<std::uint8_t>> buffers_;
    std::vector<transport::IncomingRun> runs_;
    std::vector<transport::RunOutcome> outcomes_;
    transport::PathCounters counters_;
};

}  // namespace weft::tests
