// SPDX-License-Identifier: Apache-2.0
// Ten thousand peers, most of which do nothing.
#include "tests/core/wireguard/session/pair.h"
#include "tests/support/instrumented.h"

#include <malloc.h>

namespace {

using namespace std::chrono_literals;
using weft::net::IpAddress;
using weft::net::IpPrefix;
using weft::tests::Node;
using weft::wireguard::PeerSettings;

constexpr std::uint32_t kPeers = 10'000;

class Idle : public weft::tests::PairTest {
protected:
    void addPeers(Node& node) {
        for (std::uint32_t i = 0; i < kPeers; ++i) {
            PeerSettings settings;
            noise.fill(settings.key.bytes);
            settings.allowedIps.push_back(IpPrefix::host(IpAddress::v4(0x0b000000 + i)));
            settings.endpoint.emplace();
            settings.endpoint->address.remote = {IpAddress::v4(0xc6120000 + i), 51820};
            ASSERT_TRUE(node.engine->applyPeer(settings, world.momentOf(node)).ok());
        }
    }
};

TEST_F(Idle, PeersHaveNothingToDo) {
    addPeers(left);

    EXPECT_EQ(left.engine->nextDeadline(), std::nullopt);
    EXPECT_EQ(left.engine->statistics().activePeers, 0U);
    world.run(24h);
    EXPECT_EQ(world.advances(), 0);
}

TEST_F(Idle, PeersTakeLessThanTwelveMegabytes) {
    if (weft::tests::kInstrumented) {
        GTEST_SKIP() << "a sanitizer's memory says nothing";
    }
    const auto before = ::mallinfo2().uordblks;

    addPeers(left);

    const auto grown = ::mallinfo2().uordblks - before;
    RecordProperty("bytesPerPeer", static_cast<int>(grown / kPeers));
    EXPECT_LT(grown, 12U << 20U) << grown / kPeers << " bytes for each peer";
    EXPECT_LT(grown / kPeers, 700U);
}

}  // namespace
