// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/set_operation.h"

#include "tests/core/wireguard/control/memory_interface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace weft::wireguard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

crypto::WireGuardPublicKey keyOf(std::uint8_t byte) {
    crypto::WireGuardPublicKey key;
    key.bytes.fill(byte);
    return key;
}

net::IpPrefix prefix(std::string_view text) {
    return net::IpPrefix::parse(text).value();
}

/// Applies the lines of `text`; the errno of the operation.
int setLines(ControlTarget& target, const std::string& text) {
    SetOperation operation(target);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (const int error = operation.line(line); error != 0) {
            return error;
        }
    }
    return operation.finish();
}

std::string peerLines(char digit, const std::string& lines = "") {
    return "public_key=" + keyText(digit) + "\n" + lines;
}

class SetOperationTest : public ::testing::Test {
protected:
    int set(const std::string& text) { return setLines(interface_, text); }
    const auto& allowed(std::uint8_t byte) {
        return interface_.peersByKey.at(keyOf(byte)).allowedIps;
    }
    MemoryInterface interface_;
};

TEST_F(SetOperationTest, RefusesWrongLinesWithTheNumbersOfWireGuardGo) {
    const std::vector<std::pair<std::string, int>> wrong = {
        {"listen_port", -71},
        {"", -71},
        {"=", -22},
        {"listen_port=", -22},
        {"listen_port=65536", -22},
        {"listen_port=-1", -22},
        {"listen_port=+1", -22},
        {"listen_port=1 ", -22},
        {"listen_port=0x10", -22},
        {"fwmark=4294967296", -22},
        {"private_key=" + std::string(63, 'a'), -22},
        {"private_key=" + std::string(63, 'a') + "g", -22},
        {"replace_peers=1", -22},
        {"replace_peers=false", -22},
        {"Listen_port=1", -22},
        {"allowed_ip=10.0.0.0/8", -22},
        {"public_key=", -22},
        {"public_key=" + std::string(66, 'a'), -22},
    };
    for (const auto& [line, error] : wrong) {
        EXPECT_EQ(setLines(interface_, line + "\n"), error) << line;
    }
    EXPECT_EQ(interface_.state.listenPort, 0);
    EXPECT_THAT(interface_.peersByKey, IsEmpty());
}

TEST_F(SetOperationTest, RefusesWrongLinesOfAPeer) {
    for (const std::string line :
         {"listen_port=1",
          "endpoint=192.0.2.1",
          "endpoint=192.0.2.1:",
          "endpoint=[192.0.2.1]:1",
          "endpoint=2001:db8::1:1",
          "endpoint=[fe80::1%]:1",
          "endpoint=[fe80::1%eth0/1]:1",
          "endpoint=[fe80::1%an-interface-of-16]:1",
          "endpoint=[2001:db8::1%eth0]:1",
          "endpoint=192.0.2.1%eth0:1",
          "endpoint=:1",
          "endpoint=name:1",
          "endpoint=[::1]:65536",
          "persistent_keepalive_interval=65536",
          "persistent_keepalive_interval=off",
          "allowed_ip=10.0.0.0",
          "allowed_ip=10.0.0.0/33",
          "allowed_ip=--10.0.0.0/8",
          "allowed_ip=-",
          "allowed_ip=",
          "protocol_version=2",
          "remove=false",
          "update_only=1",
          "replace_allowed_ips=yes",
          "preshared_key=00",
          "errno=0",
          "replace_peers=true"}) {
        EXPECT_EQ(set(peerLines('1', line + "\n")), -22) << line;
    }
    EXPECT_EQ(set(peerLines('1', "endpoint\n")), -71);
    EXPECT_THAT(interface_.peersByKey, IsEmpty());
}

TEST_F(SetOperationTest, KeepsThePeersBeforeAWrongOne) {
    EXPECT_EQ(set("listen_port=5\n" + peerLines('1') + peerLines('2', "remove=no\n")), -22);

    EXPECT_EQ(interface_.state.listenPort, 5);
    EXPECT_EQ(interface_.peersByKey.count(keyOf(0x11)), 1U);
    EXPECT_EQ(interface_.peersByKey.count(keyOf(0x22)), 0U);
}

TEST_F(SetOperationTest, ClampsAPrivateKeyUnlessItIsNone) {
    ASSERT_EQ(set("private_key=" + std::string(64, 'F') + "\n"), 0);
    EXPECT_EQ(interface_.state.privateKey.reveal().front(), 0xf8);
    EXPECT_EQ(interface_.state.privateKey.reveal().back(), 0x7f);

    ASSERT_EQ(set("private_key=" + keyText('0') + "\n"), 0);
    EXPECT_EQ(interface_.state.privateKey.reveal().back(), 0);
}

TEST_F(SetOperationTest, LeavesWhatIsNotNamed) {
    ASSERT_EQ(
        set("listen_port=5\nfwmark=6\n"
            + peerLines('1', "persistent_keepalive_interval=7\nallowed_ip=10.0.0.1/32\n")),
        0);

    ASSERT_EQ(set("fwmark=8\n" + peerLines('1', "allowed_ip=10.0.0.2/32\n")), 0);

    EXPECT_EQ(interface_.state.listenPort, 5);
    EXPECT_EQ(interface_.state.firewallMark, 8U);
    EXPECT_EQ(interface_.peersByKey.at(keyOf(0x11)).persistentKeepalive, 7);
    EXPECT_THAT(allowed(0x11), ElementsAre(prefix("10.0.0.1/32"), prefix("10.0.0.2/32")));
}

TEST_F(SetOperationTest, ReplacesAllPeers) {
    ASSERT_EQ(set(peerLines('1') + peerLines('2')), 0);
    ASSERT_EQ(set("replace_peers=true\n" + peerLines('3')), 0);
    EXPECT_THAT(interface_.peersByKey, SizeIs(1));
}

TEST_F(SetOperationTest, RemovesAPeerAndForgetsItsOtherLines) {
    ASSERT_EQ(set(peerLines('1', "allowed_ip=10.0.0.0/8\n") + peerLines('2')), 0);

    ASSERT_EQ(
        set(peerLines('1', "allowed_ip=10.9.0.0/16\nremove=true\nallowed_ip=10.8.0.0/16\n")
            + peerLines('3', "remove=true\n")),
        0);

    EXPECT_EQ(interface_.peersByKey.count(keyOf(0x11)), 0U);
    EXPECT_THAT(interface_.peersByKey, SizeIs(1));
}

TEST_F(SetOperationTest, UpdatesOnlyWhoIsThere) {
    ASSERT_EQ(set(peerLines('1')), 0);
    const std::string update = "allowed_ip=10.0.0.0/8\nupdate_only=true\n";

    ASSERT_EQ(set(peerLines('2', update)), 0);
    EXPECT_THAT(interface_.peersByKey, SizeIs(1));
    ASSERT_EQ(set(peerLines('1', update)), 0);
    EXPECT_THAT(allowed(0x11), ElementsAre(prefix("10.0.0.0/8")));
}

TEST_F(SetOperationTest, WorksThroughAllowedAddressesInTheirOrder) {
    ASSERT_EQ(
        set(peerLines('1', "allowed_ip=10.1.0.0/16\nallowed_ip=10.2.0.0/16\n")
            + peerLines('2', "allowed_ip=10.3.0.0/16\n")),
        0);

    ASSERT_EQ(
        set(peerLines(
            '1',
            "allowed_ip=-10.1.2.3/16\nallowed_ip=10.3.0.0/16\nallowed_ip=fd00::1/64\n"
            "allowed_ip=-fd00::/64\nallowed_ip=-10.4.0.0/16\n")),
        0);
    EXPECT_THAT(allowed(0x11), ElementsAre(prefix("10.2.0.0/16"), prefix("10.3.0.0/16")));
    EXPECT_THAT(allowed(0x22), IsEmpty());

    ASSERT_EQ(
        set(peerLines(
            '2', "allowed_ip=10.2.0.0/16\nreplace_allowed_ips=true\nallowed_ip=10.5.0.0/16\n")),
        0);
    EXPECT_THAT(allowed(0x11), ElementsAre(prefix("10.3.0.0/16")));
    EXPECT_THAT(allowed(0x22), ElementsAre(prefix("10.5.0.0/16")));
}

TEST_F(SetOperationTest, AppliesTenThousandPeersInBatches) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
        text +=
            fmt::format("public_key={:064x}\nallowed_ip=10.{}.{}.0/24\n", i + 1, i / 256, i % 256);
    }

    ASSERT_EQ(set(text), 0);

    EXPECT_THAT(interface_.peersByKey, SizeIs(10'000));
    EXPECT_LE(interface_.largestBatch, SetOperation::kMostPeersWaiting);
    EXPECT_LE(interface_.batches, 41U);
}

/// Counts what comes instead of keeping it.
class CountingTarget : public MemoryInterface {
public:
    Status applyPeers(std::vector<PeerChange> changes) override {
        std::size_t here = 0;
        for (const auto& change : changes) {
            here += change.allowedIps.size();
            creating += change.updateOnly ? 0U : 1U;
            replacing += change.replaceAllowedIps ? 1U : 0U;
        }
        addresses += here;
        most = std::max(most, here);
        return okStatus();
    }
    std::size_t addresses = 0;
    std::size_t most = 0;
    std::size_t creating = 0;
    std::size_t replacing = 0;
};

TEST(SetOperation, DividesAPeerWithVeryManyAddresses) {
    CountingTarget target;
    SetOperation operation(target);
    ASSERT_EQ(operation.line("public_key=" + keyText('1')), 0);
    ASSERT_EQ(operation.line("replace_allowed_ips=true"), 0);
    for (unsigned i = 0; i < 131'072; ++i) {
        ASSERT_EQ(
            operation.line(
                fmt::format("allowed_ip=10.{}.{}.{}/32", i >> 16U, (i >> 8U) & 255U, i & 255U)),
            0);
    }
    ASSERT_EQ(operation.finish(), 0);

    EXPECT_EQ(target.addresses, 131'072U);
    EXPECT_LE(target.most, SetOperation::kMostAddressesWaiting);
    EXPECT_EQ(target.creating, 1U);
    EXPECT_EQ(target.replacing, 1U);
}

}  // namespace
}  // namespace weft::wireguard
