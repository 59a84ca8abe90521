// SPDX-License-Identifier: Apache-2.0
// What UDP does when the network around it changes, in a network namespace of each test's own.
#include "core/base/poller.h"
#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "core/transport/udp_path.h"
#include "tests/support/own_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace weft::transport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class UdpNetworkTest : public tests::InOwnNetwork<> {
protected:
    void SetUp() override {
        InOwnNetwork::SetUp();
        if (IsSkipped()) {
            return;
        }
        left_ = openUdpPath({}).value();
        right_ = openUdpPath({}).value();
    }

    static void give(const char* prefix) {
        ASSERT_EQ(platform::addAddress("lo", net::IpPrefix::parse(prefix).value()), okStatus());
    }
    static void take(const char* prefix) {
        ASSERT_EQ(platform::removeAddress("lo", net::IpPrefix::parse(prefix).value()), okStatus());
    }
    static DatagramAddress to(const UdpPath& path, const char* host) {
        DatagramAddress address;
        address.remote = {net::IpAddress::parse(host).value(), path.port()};
        return address;
    }
    static RunOutcome send(
        UdpPath& from, const DatagramAddress& to, std::size_t datagrams, std::size_t bytes) {
        const std::vector<std::uint8_t> buffer(datagrams * bytes, 0x55);
        const OutgoingRun run{.bytes = buffer, .segmentBytes = bytes, .to = &to};
        return from.send({&run, 1}).runs[0];
    }
    /// The sizes of `count` datagrams and where the last came from.
    struct Received {
        std::vector<std::size_t> sizes;
        DatagramAddress from;
    };
    static Received receive(
        UdpPath& path, std::size_t count, std::chrono::milliseconds patience = 10s) {
        const auto poller = base::createPoller().value();
        for (const auto& source : path.waitables()) {
            EXPECT_EQ(poller->add(source, 0), okStatus());
        }
        Received all;
        const auto limit = std::chrono::steady_clock::now() + patience;
        while (all.sizes.size() < count && std::chrono::steady_clock::now() < limit) {
            EXPECT_TRUE(poller->wait(limit - std::chrono::steady_clock::now()).ok());
            for (const auto& run : path.receive()) {
                for (std::size_t at = 0; at < run.bytes.size(); at += run.segmentBytes) {
                    all.sizes.push_back(std::min(run.segmentBytes, run.bytes.size() - at));
                }
                all.from = run.from;
            }
        }
        return all;
    }

    /// Sends one datagram again and again until it arrives: the system takes packets for a new IPv6
    /// address some milliseconds after it was given, and loses those before without a word.
    static Received deliver(UdpPath& from, const DatagramAddress& to, UdpPath& at) {
        constexpr int kTries = 400;
        Received arrived;
        for (int i = 0; i < kTries && arrived.sizes.empty(); ++i) {
            EXPECT_TRUE(send(from, to, 1, 100).sent);
            arrived = receive(at, 1, 25ms);
        }
        return arrived;
    }

    std::unique_ptr<UdpPath> left_;
    std::unique_ptr<UdpPath> right_;
};

TEST_F(UdpNetworkTest, LetsTheSystemFragmentWhatIsLongerThanTheWay) {
    // The shortest way that IPv6 goes.
    ASSERT_EQ(platform::setInterfaceMtu("lo", 1280), okStatus());

    for (const auto* const host : {"127.0.0.1", "::1"}) {
        EXPECT_TRUE(send(*left_, to(*right_, host), 20, 1452).sent) << host;
        EXPECT_EQ(receive(*right_, 20).sizes, std::vector<std::size_t>(20, 1452)) << host;
    }
    EXPECT_EQ(left_->counters().brokenRuns, 2U);
    EXPECT_EQ(left_->counters().fallbacks, 0U);

    // What fits still leaves as a run.
    const auto calls = left_->counters().sendCalls;
    EXPECT_TRUE(send(*left_, to(*right_, "127.0.0.1"), 20, 1200).sent);
    EXPECT_EQ(left_->counters().sendCalls - calls, 1U);
    EXPECT_EQ(receive(*right_, 20).sizes.size(), 20U);
}

TEST_F(UdpNetworkTest, SaysWhenOurAddressIsGone) {
    for (const auto* const prefix : {"10.0.0.7/32", "fd00::7/128"}) {
        give(prefix);
        const bool isV4 = net::IpPrefix::parse(prefix)->family() == net::Family::V4;
        auto pinned = to(*right_, isV4 ? "127.0.0.1" : "::1");
        pinned.local = net::IpPrefix::parse(prefix)->address();

        auto outcome = send(*left_, pinned, 20, 1000);
        EXPECT_TRUE(outcome.sent && !outcome.sourceRefused) << prefix;
        EXPECT_EQ(receive(*right_, 20).from.remote.address, pinned.local) << prefix;

        take(prefix);
        outcome = send(*left_, pinned, 20, 1000);
        EXPECT_TRUE(outcome.sent) << prefix;
        EXPECT_TRUE(outcome.sourceRefused) << prefix;
        EXPECT_EQ(receive(*right_, 20).from.remote.address, pinned.remote.address) << prefix;
    }
    EXPECT_EQ(left_->counters().refusedSources, 2U);
    EXPECT_EQ(left_->counters().droppedRefused, 0U);
}

TEST_F(UdpNetworkTest, SaysWhenOurInterfaceIsGone) {
    auto pinned = to(*right_, "127.0.0.1");
    pinned.interface = 4242;

    const auto outcome = send(*left_, pinned, 20, 1000);

    EXPECT_TRUE(outcome.sent);
    EXPECT_TRUE(outcome.sourceRefused);
    EXPECT_EQ(receive(*right_, 20).sizes.size(), 20U);
}

TEST_F(UdpNetworkTest, ReachesLinkLocalAddressesThroughTheirInterface) {
    give("fe80::1/64");
    const auto index = platform::interfaceIndex("lo").value();
    auto address = to(*right_, "fe80::1");
    address.interface = index;
    EXPECT_TRUE(address.isSourceFree());
    address.freeSource();
    EXPECT_EQ(address.interface, index);

    const auto question = deliver(*left_, address, *right_);

    EXPECT_EQ(question.from.remote.address, address.remote.address);
    EXPECT_EQ(question.from.interface, index);
    EXPECT_TRUE(send(*right_, question.from, 1, 50).sent);
    EXPECT_THAT(receive(*left_, 1).sizes, ElementsAre(50U));
}

TEST_F(UdpNetworkTest, AllowsThatItsPacketsAreFragmentedOnTheWay) {
    // A tunnel interface shows what leaves.
    const auto tun = platform::openTun({}).value();
    const auto address = net::IpPrefix::parse("10.9.0.1/24").value();
    ASSERT_EQ(platform::addAddress(tun->name(), address), okStatus());
    ASSERT_EQ(platform::setUp(tun->name(), true), okStatus());
    const auto far = to(*right_, "10.9.0.2");
    const std::vector<std::uint8_t> bytes(100, 0x55);
    const OutgoingRun run{.bytes = bytes, .segmentBytes = 100, .to = &far, .trafficClass = 0xBA};

    EXPECT_TRUE(left_->send({&run, 1}).isClean);

    std::vector<std::uint8_t> buffer(platform::kTunReadBytes);
    const auto packet = tun->read(buffer).value();
    ASSERT_TRUE(packet.has_value());
    ASSERT_EQ(packet->bytes.size(), 128U);
    constexpr unsigned kDontFragment = 0x40;
    EXPECT_EQ(packet->bytes[6] & kDontFragment, 0U);
    EXPECT_EQ(packet->bytes[1], 0xBA);
}

TEST_F(UdpNetworkTest, DropsWhatHasNoWay) {
    const auto outcome = send(*left_, to(*right_, "192.0.2.1"), 7, 100);

    EXPECT_FALSE(outcome.sent);
    EXPECT_FALSE(outcome.sourceRefused);
    EXPECT_EQ(left_->counters().droppedRefused, 7U);
}

TEST_F(UdpNetworkTest, WorksWhereIpv6IsSwitchedOff) {
    // The addresses go with the interface's IPv6, which below 1,280 bytes is switched off.
    ASSERT_EQ(platform::setInterfaceMtu("lo", 1000), okStatus());

    const auto path = openUdpPath({});

    ASSERT_EQ(path.status(), okStatus());
    EXPECT_TRUE(send(*left_, to(**path, "127.0.0.1"), 3, 100).sent);
    EXPECT_EQ(receive(**path, 3).sizes.size(), 3U);
    EXPECT_FALSE(send(*left_, to(**path, "::1"), 3, 100).sent);
}

TEST_F(UdpNetworkTest, MarksPacketsWithTheRightOnly) {
    EXPECT_EQ(left_->setMark(51820), okStatus());
    EXPECT_EQ(left_->rebind(0), okStatus());
    EXPECT_TRUE(send(*left_, to(*right_, "127.0.0.1"), 1, 10).sent);

    std::thread([&] {
        ASSERT_TRUE(tests::dropNetworkRights());
        const auto status = right_->setMark(7);
        EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
        EXPECT_THAT(messageOf(status), HasSubstr("0x7"));
        // The buffers are then as large as the system allows everybody.
        EXPECT_EQ(openUdpPath({}).status(), okStatus());
        EXPECT_EQ(openUdpPath({.mark = 7}).status().code(), StatusCode::kPermissionDenied);
    }).join();
}

}  // namespace
}  // namespace weft::transport
