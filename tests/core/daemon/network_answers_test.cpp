// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/network_answers.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/records.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/temp_dir.h"

#include "weft/local/v1/network.pb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace local = weft::local::v1;
namespace policy = mesh::policy;

net::IpPrefix prefix(const std::string& text) {
    return net::IpPrefix::parse(text).value();
}

/// The answers of a connection of "self" with the neighbour "nas", on a loop of their own.
class NetworkAnswersTest : public ::testing::Test {
protected:
    NetworkAnswersTest() {
        onLoop([this] {
            putNode("self", 1);
            putNode("nas", 2);
            for (const auto& [from, to] : {std::pair("self", "nas"), std::pair("nas", "self")}) {
                const storage::EdgeRecord edge{
                    .source = storage::NodeId(from), .target = storage::NodeId(to), .weight = 1};
                put(storage::edgeKey(edge.source, edge.target), storage::encodeEdge(edge));
            }
            const policy::NetworkAcl open{
                .name = "open",
                .priority = 0,
                .action = policy::AclAction::Accept,
                .sourceNodes = {"*"},
                .destinationNodes = {"*"},
                .sourceCidrs = {},
                .destinationCidrs = {}};
            put(std::string(storage::kNetworkAclsPrefix) + open.name, encode(open));
            makeTunnel();
        });
        // The fake tunnel answers at the next turn.
        onLoop([] {});
        onLoop([] {});
    }
    ~NetworkAnswersTest() override {
        onLoop([this] {
            answers_->close();
            tunnel_.reset();
        });
        loop_->stop();
    }

    void onLoop(const std::function<void()>& work) {
        std::promise<void> done;
        loop_->post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    void put(std::string key, std::string json) {
        registry_.apply(
            {{storage::Event::Kind::Put, std::move(key), std::move(json), ++revision_}});
    }
    void putNode(const std::string& id, std::uint8_t number) {
        storage::NodeRecord node;
        node.id = storage::NodeId(id);
        std::array<std::uint8_t, 32> seed{};
        seed.fill(number);
        node.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
        node.privateIpv4 = prefix("172.16.0." + std::to_string(number) + "/32");
        node.wireguardEndpoints = {"192.0.2.7:51820"};
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }
    void makeTunnel() {
        tunnel_ = std::make_unique<MeshTunnel>(MeshTunnel::Parts{
            .factory = tunnels_,
            .loop = *loop_,
            .profileId = "home",
            .options = options_,
            .privateKey = crypto::NodeKey::generate()->wireGuardPrivateKey(),
            .folder = folder_ / "home",
            .changed = [] {},
            .opened = [](const TunnelFacts& /*facts*/) {},
            .gone = [] {},
            .pathsExpected = [](std::uint64_t /*number*/,
                                std::shared_ptr<const services::TunnelPaths> /*paths*/) {},
            .pathsSettled = [](std::uint64_t /*number*/) {},
            .figures = [] {}});
        tunnel_->setAddresses(prefix("172.16.0.1/32"), std::nullopt);
        mesh::PeerSet peers;
        peers.peers.resize(1);
        peers.peers[0].node = *registry_.node(storage::NodeId("nas"));
        peers.peers[0].node.primaryEndpoint = "192.0.2.7:51820";
        peers.peers[0].allowedIps = {prefix("172.16.0.2/32")};
        tunnel_->setPeers(peers);
    }
    struct Ping {
        std::promise<Status> ended;
        Subscription handle;
    };
    std::shared_ptr<Ping> ping(const std::string& target, std::uint32_t count) {
        local::PingRequest request;
        request.set_target(target);
        request.set_count(count);
        auto ping = std::make_shared<Ping>();
        ping->handle = answers_->ping(
            request,
            [this](const local::PingUpdate& update) { told_.push_back(update); },
            [ping = std::weak_ptr(ping)](const Status& status) {
                if (const auto alive = ping.lock()) {
                    alive->ended.set_value(status);
                }
            });
        return ping;
    }
    static std::optional<Status> endOf(Ping& ping) {
        auto ended = ping.ended.get_future();
        return ended.wait_for(20s) == std::future_status::ready ? std::optional(ended.get())
                                                                : std::nullopt;
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir folder_;
    tests::FakeTunnels tunnels_;
    config::WireGuardOptions options_;
    std::shared_ptr<base::AsioLoop> loop_ = std::make_shared<base::AsioLoop>("test-node");
    // Of the loop.
    storage::Registry registry_;
    policy::PolicyMirror mirror_{registry_};
    storage::Revision revision_ = 0;
    std::unique_ptr<MeshTunnel> tunnel_;
    std::vector<local::PingUpdate> told_;
    std::unique_ptr<NetworkAnswers> answers_ =
        std::make_unique<NetworkAnswers>(NetworkAnswers::Parts{
            .loop = loop_,
            .self = storage::NodeId("self"),
            .registry = [this] { return &registry_; },
            .rules = [this] { return mirror_.current(); },
            .mirror = [this] { return &mirror_; },
            .tunnel = [this] { return tunnel_.get(); },
            .outward = [] { return std::vector<platform::HostAddress>(); },
            .names = [] { return nullptr; },
            .state = [] { return local::Connection(); }});
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(NetworkAnswersTest, PingsThroughTheTunnel) {
    tunnels_.answerEchoes(true);

    const auto run = ping("nas", 1);

    EXPECT_EQ(endOf(*run), okStatus());
    onLoop([this] {
        ASSERT_EQ(told_.size(), 2U);
        EXPECT_EQ(told_[0].start().address(), "172.16.0.2");
        EXPECT_EQ(told_[1].reply().hop_limit(), 64U);
    });
    EXPECT_EQ(tunnels_.newest().echoes.size(), 1U);
}

TEST_F(NetworkAnswersTest, TakesSoManyPingsAndOneWhenAnotherHasGone) {
    std::vector<std::shared_ptr<Ping>> runs;
    for (std::size_t number = 0; number < kMostPings; ++number) {
        runs.push_back(ping("nas", 0));
    }
    onLoop([this] { EXPECT_EQ(told_.size(), kMostPings) << "each has begun"; });

    const auto one = endOf(*ping("nas", 0));
    ASSERT_TRUE(one);
    EXPECT_EQ(one->code(), StatusCode::kResourceExhausted);

    runs.pop_back();
    runs.push_back(ping("nas", 0));
    onLoop([this] { EXPECT_EQ(told_.size(), kMostPings + 1); });
}

TEST_F(NetworkAnswersTest, EndsPingsWithTheConnection) {
    const auto run = ping("nas", 0);
    onLoop([this] { answers_->close(); });

    const auto ended = endOf(*run);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->code(), StatusCode::kCancelled);
    const auto late = endOf(*ping("nas", 1));
    ASSERT_TRUE(late);
    EXPECT_EQ(late->code(), StatusCode::kUnavailable);
}

TEST_F(NetworkAnswersTest, SaysThatNoWayLeadsThere) {
    onLoop([this] { tunnel_->setPeers({}); });

    const auto ended = endOf(*ping("nas", 1));

    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(*ended), HasSubstr("no way leads to nas"));
}

TEST_F(NetworkAnswersTest, ExplainsTheWayByTheMeshAndTheTunnel) {
    std::promise<StatusOr<local::PathExplanation>> answer;
    answers_->explainPath("nas", [&answer](const auto& path) { answer.set_value(path); });
    auto asked = answer.get_future();
    ASSERT_EQ(asked.wait_for(20s), std::future_status::ready);
    const auto path = asked.get();

    ASSERT_TRUE(path.ok()) << path.status();
    ASSERT_EQ(path->hops_size(), 1);
    EXPECT_EQ(path->hops(0).node_id(), "nas");
    EXPECT_EQ(path->reason(), local::PATH_REASON_UDP_BLOCKED) << "nobody has answered";
}

TEST_F(NetworkAnswersTest, ChecksTheNetwork) {
    std::promise<StatusOr<local::NetworkReport>> answer;
    answers_->checkNetwork([&answer](const auto& report) { answer.set_value(report); });
    auto asked = answer.get_future();
    ASSERT_EQ(asked.wait_for(20s), std::future_status::ready);
    const auto report = asked.get();

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->checks(1).id(), "endpoints");
    EXPECT_THAT(report->checks(1).text(), HasSubstr("192.0.2.7:51820"));
}

}  // namespace
}  // namespace weft::daemon
