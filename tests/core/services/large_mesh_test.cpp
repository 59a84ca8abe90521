// SPDX-License-Identifier: Apache-2.0
// Answers that grow with the mesh.
#include "core/services/convert.h"
#include "core/services/link/channel.h"
#include "core/services/link/grpc_member_link.h"
#include "core/storage/registry/records.h"
#include "tests/core/services/server_fixture.h"

#include "v1/members.pb.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace weft::tests {
namespace {

constexpr std::uint32_t kNodes = 10'000;
constexpr const char* kZone = "attic";
/// What a client takes that was not told otherwise: the default of the gRPC libraries, and so what
/// reference nodes take.
constexpr std::size_t kDefaultAnswerBytes = std::size_t{4} << 20;

/// A node that says as much about itself as one may expect.
storage::NodeRecord nodeNumber(std::uint32_t number) {
    storage::NodeRecord node;
    node.id = mesh::NodeId(fmt::format("node-{:05}", number));
    // The records are what counts here, not that a key belongs to anybody.
    node.publicKey = joinParamsOf(fmt::format("key-{}", number % 16)).publicKey;
    node.zone = kZone;
    node.wireguardEndpoints = {
        fmt::format("10.{}.{}.1:51820", number / 256, number % 256),
        fmt::format("[2001:db8::{:x}]:51820", number)};
    node.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(0xAC100002U + number));
    node.privateIpv6 = *net::IpPrefix::parse(fmt::format("fd00:1:2:{:x}::/112", number));
    for (int i = 0; i < 4; ++i) {
        node.multiaddrs.push_back(fmt::format(
            "/ip6/2001:db8::{:x}/udp/51820/quic-v1/p2p/{}", number, std::string(52, 'a')));
    }
    node.joinedAt = WallTime(std::chrono::seconds(1'790'000'000));
    return node;
}

class LargeMesh : public ::testing::Test {
protected:
    void SetUp() override {
        storage::Transaction all;
        for (std::uint32_t number = 1; number <= kNodes; ++number) {
            const auto node = nodeNumber(number);
            all.operations.emplace_back(
                storage::Put{storage::nodeKey(node.id), storage::encodeNode(node), std::nullopt});
        }
        const auto written = fixture_.store->commitAndWait(std::move(all));
        ASSERT_TRUE(written.ok()) << written.status();
        // A new public node of the zone is the neighbour of everybody in it.
        newcomer_ = joinParamsOf("hub");
        newcomer_.zone = kZone;
        newcomer_.primaryEndpoint = "192.0.2.9";
        fixture_.onLoop([this] {
            factory_ = std::make_unique<services::GrpcMemberLinkFactory>(
                fixture_.linkOptionsAs("hub"), fixture_.loop);
            link_ = *factory_->dial(fixture_.address());
        });
    }
    void TearDown() override {
        fixture_.onLoop([this] {
            stream_.cancel();
            link_.reset();
            factory_.reset();
        });
    }

    ServerFixture fixture_;
    mesh::JoinParams newcomer_;
    std::unique_ptr<services::GrpcMemberLinkFactory> factory_;
    std::unique_ptr<mesh::MemberLink> link_;
    Subscription stream_;
};

TEST_F(LargeMesh, TellsANodeOfTenThousandNeighboursInOneAnswer) {
    const auto grant = fixture_.await<StatusOr<mesh::JoinGrant>>(
        [&](const auto& done) { link_->join(newcomer_, done); });

    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_EQ(grant->peers.peers.size(), kNodes + 1);
    ::v1::JoinResponse response;
    services::toProto(*grant, &response);
    EXPECT_GT(response.ByteSizeLong(), kDefaultAnswerBytes) << "the test asks for too little";
    EXPECT_LT(response.ByteSizeLong(), std::size_t{services::kMaxAnswerBytes});
    for (auto& peer : *response.mutable_peers()) {
        peer.mutable_node()->clear_multiaddrs();
    }
    EXPECT_LT(response.ByteSizeLong(), kDefaultAnswerBytes)
        << "a reference node cannot be told its plain neighbours";
    const auto streamed = fixture_.await<StatusOr<mesh::PeerSet>>([&](const auto& done) {
        const auto told = std::make_shared<bool>(false);
        const auto once = [done, told](StatusOr<mesh::PeerSet> peers) {
            if (!std::exchange(*told, true)) {
                done(std::move(peers));
            }
        };
        stream_ = link_->subscribePeers(
            newcomer_.id, once, [once](const Status& status) { once(status); });
    });
    ASSERT_TRUE(streamed.ok()) << streamed.status();
    EXPECT_EQ(streamed->peers.size(), kNodes + 1);
}

}  // namespace
}  // namespace weft::tests
