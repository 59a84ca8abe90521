// SPDX-License-Identifier: Apache-2.0
// The kinds of path that run the suite of DatagramPath.
#include "core/transport/udp_path.h"
#include "tests/conformance/datagram_path_suite.h"
#include "tests/support/loopback_path.h"

#include <utility>

namespace weft::tests {
namespace {

using transport::UdpOptions;
using transport::UdpPath;
using transport::UdpSending;

net::Endpoint endpoint(const char* address, std::uint16_t port) {
    return {net::IpAddress::parse(address).value(), port};
}

class UdpPair final : public PathPair {
public:
    UdpPair(std::unique_ptr<UdpPath> left, std::unique_ptr<UdpPath> right, bool v6)
        : left_(std::move(left)), right_(std::move(right)), address_(v6 ? "::1" : "127.0.0.1") {}

    transport::DatagramPath& left() override { return *left_; }
    transport::DatagramPath& right() override { return *right_; }
    net::Endpoint leftEndpoint() override { return endpoint(address_, left_->port()); }
    net::Endpoint rightEndpoint() override { return endpoint(address_, right_->port()); }

private:
    std::unique_ptr<UdpPath> left_;
    std::unique_ptr<UdpPath> right_;
    const char* address_;
};

/// What the system takes everything in the suite for.
enum class Sorted : std::uint8_t { Not, AsBulk, AsControl };

transport::DatagramSorting sortingFor(Sorted sorted) {
    transport::DatagramSorting sorting;
    if (sorted == Sorted::AsBulk) {
        // Nothing in the suite begins like this.
        sorting.control = {{4, {{.value = 0xfedcba98}}}};
        sorting.bulk = {{1, {}}};
    } else if (sorted == Sorted::AsControl) {
        sorting.control = {{1, {}}};
    }
    return sorting;
}

std::function<std::unique_ptr<PathPair>()> udp(
    UdpSending sending, bool joins, bool v6, Sorted sorted = Sorted::Not) {
    return [=]() -> std::unique_ptr<PathPair> {
        const UdpOptions options{.sending = sending, .joinsReceived = joins};
        auto left = openUdpPath(options);
        auto right = openUdpPath(options);
        if (!left.ok() || !right.ok() || (v6 && !(*left)->hasV6())) {
            return nullptr;
        }
        EXPECT_EQ((*left)->sort(sortingFor(sorted)), okStatus());
        EXPECT_EQ((*right)->sort(sortingFor(sorted)), okStatus());
        return std::make_unique<UdpPair>(*std::move(left), *std::move(right), v6);
    };
}

class LoopbackPair final : public PathPair {
public:
    explicit LoopbackPair(bool joins) {
        left_->setJoining(joins);
        right_->setJoining(joins);
    }

    transport::DatagramPath& left() override { return *left_; }
    transport::DatagramPath& right() override { return *right_; }
    net::Endpoint leftEndpoint() override { return left_->own(); }
    net::Endpoint rightEndpoint() override { return right_->own(); }

private:
    LoopbackNetwork network_;
    std::unique_ptr<LoopbackPath> left_ = network_.open(endpoint("10.0.0.1", 1));
    std::unique_ptr<LoopbackPath> right_ = network_.open(endpoint("10.0.0.2", 2));
};

std::function<std::unique_ptr<PathPair>()> loopback(bool joins) {
    return [=] { return std::make_unique<LoopbackPair>(joins); };
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    DatagramPathSuite,
    testing::Values(
        PathKind{"udp_v4_runs", udp(UdpSending::Runs, true, false), true},
        PathKind{"udp_v6_runs", udp(UdpSending::Runs, true, true), true},
        PathKind{
            "udp_v4_runs_sorted_as_bulk", udp(UdpSending::Runs, true, false, Sorted::AsBulk), true},
        PathKind{
            "udp_v6_runs_sorted_as_control",
            udp(UdpSending::Runs, true, true, Sorted::AsControl),
            true},
        PathKind{
            "udp_v4_single_sorted_as_control",
            udp(UdpSending::Single, false, false, Sorted::AsControl)},
        PathKind{"udp_v4_runs_cut_for_the_receiver", udp(UdpSending::Runs, false, false)},
        PathKind{"udp_v4_batch", udp(UdpSending::Batch, false, false)},
        PathKind{"udp_v6_batch", udp(UdpSending::Batch, false, true)},
        PathKind{"udp_v4_single", udp(UdpSending::Single, false, false)},
        PathKind{"udp_v6_single", udp(UdpSending::Single, false, true)},
        PathKind{"loopback_runs", loopback(true), true},
        PathKind{"loopback_single", loopback(false)}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace weft::tests
