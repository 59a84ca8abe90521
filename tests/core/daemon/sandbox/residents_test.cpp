// SPDX-License-Identifier: Apache-2.0
// The nodes of a sandbox in a mesh on a store in memory, with time in the test's hand.
#include "core/daemon/sandbox/residents.h"

#include "core/mesh/changes/lint.h"
#include "core/storage/memory/memory_store.h"
#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

namespace weft::daemon::sandbox {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

class ResidentsTest : public ::testing::Test {
protected:
    explicit ResidentsTest(std::size_t nodes = kUsualNodes)
        : world_(std::make_shared<World>(planMesh(1, nodes), loop_.clock().now()))
        , store_(storage::MemoryStore::create(loop_.clock())) {
        mesh::HostOptions options;
        options.self.id = world_->plan().self().id;
        options.self.publicKey = world_->plan().self().key;
        options.self.zone = world_->plan().self().zone;
        options.self.wireguardEndpoints = {world_->plan().self().inside.toString()};
        host_ = mesh::Host::open(std::move(options), loop_, *store_).value();
        changes_ = mesh::ChangeControl::create(*host_, loop_, nullptr);
        residents_ = std::make_unique<Residents>(
            OpenMesh{.loop = loop_, .host = *host_, .changes = *changes_},
            world_,
            [this](const Status& status) { settled_ = status; });
        settle();
    }
    ~ResidentsTest() override {
        residents_.reset();
        changes_.reset();
        host_.reset();
    }

    void settle() {
        do {
            loop_.runPosted();
            // An empty transaction waits until the writer has answered all that came before.
            (void)store_->commitAndWait({});
        } while (loop_.runPosted() > 0);
    }
    void pass(Duration time) {
        for (Duration passed{}; passed < time; passed += 100ms) {
            loop_.advance(100ms);
            settle();
        }
    }
    /// Whom this node has tunnels with.
    std::set<std::string> peers() {
        std::set<std::string> ids;
        const auto handle =
            host_->subscribePeers(host_->selfId(), [&ids](const mesh::PeerSet& set) {
                ids.clear();
                for (const auto& peer : set.peers) {
                    ids.insert(peer.node.id.value());
                }
            });
        settle();
        return ids;
    }
    const storage::EdgeRecord* edge(const std::string& one, const std::string& other) const {
        return host_->registry().edge(mesh::NodeId(one), mesh::NodeId(other));
    }
    Status put(
        const mesh::PolicyObject& object,
        std::chrono::seconds revertAfter = std::chrono::seconds(0)) {
        std::optional<Status> outcome;
        changes_->apply(
            {mesh::changes::Edit{mesh::refOf(object), std::nullopt, object}},
            "test",
            revertAfter,
            {.proof = mesh::Caller::Proof::Process, .identity = host_->selfId(), .source = "test"},
            [&outcome](const StatusOr<mesh::AppliedChange>& applied) {
                outcome = applied.status();
            });
        settle();
        return outcome.value_or(internalError("no answer came"));
    }
    /// Of what two say to each other.
    static mesh::policy::NetworkAcl denial(
        const std::string& name, const std::string& one, const std::string& other) {
        return {
            .name = name,
            .priority = 5000,
            .action = mesh::policy::AclAction::Deny,
            .sourceNodes = {one, other},
            .destinationNodes = {one, other},
            .sourceCidrs = {},
            .destinationCidrs = {}};
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::ManualLoop loop_;
    std::shared_ptr<World> world_;
    std::unique_ptr<storage::MemoryStore> store_;
    std::unique_ptr<mesh::Host> host_;
    std::unique_ptr<mesh::ChangeControl> changes_;
    std::unique_ptr<Residents> residents_;
    std::optional<Status> settled_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(ResidentsTest, AllJoinAndTheRulesStand) {
    ASSERT_TRUE(settled_.has_value());
    ASSERT_TRUE(settled_->ok()) << *settled_;

    EXPECT_EQ(host_->registry().nodeCount(), kUsualNodes);
    EXPECT_FALSE(host_->registry().routesOf(mesh::NodeId("office-router")).empty());
    const mesh::Caller self{
        .proof = mesh::Caller::Proof::Process, .identity = host_->selfId(), .source = "test"};
    const auto history = changes_->list(0, 0, self);
    ASSERT_TRUE(history.ok());
    EXPECT_EQ(history->size(), startingRules(world_->plan()).size() + 1);
    for (const auto& change : *history) {
        EXPECT_THAT(change.record.note, Not(IsEmpty()));
    }
}

TEST_F(ResidentsTest, GivesWhoeverLooksForFaultsSomethingToFind) {
    const auto set = mesh::changes::PolicySet::of(host_->registry());
    const auto report =
        mesh::changes::lint({.policy = set, .registry = host_->registry(), .administrator = {}});

    std::set<std::string> found;
    for (const auto& finding : report.findings) {
        found.insert(finding.code + " " + finding.ref.name);
    }
    EXPECT_THAT(found, Contains("unknown-node contractor-on-servers"));
    EXPECT_THAT(found, Contains("shadowed door-camera-on-tv"));
}

TEST_F(ResidentsTest, SomeAreCalledDirectlyAndOthersRelayed) {
    const auto first = peers();
    EXPECT_THAT(first, Contains("relay-fra"));
    EXPECT_THAT(first, Contains("home-nas"));
    EXPECT_THAT(first, Not(Contains("phone-anna")));
    EXPECT_EQ(edge("laptop-anna", "laptop-finn"), nullptr);

    pass(15s);

    EXPECT_NE(edge("laptop-anna", "laptop-finn"), nullptr) << "two cones";
    EXPECT_EQ(edge("laptop-anna", "phone-anna"), nullptr) << "a symmetric router between";
}

TEST_F(ResidentsTest, APairThatTheRulesCutLosesItsTunnel) {
    ASSERT_THAT(peers(), Contains("home-nas"));

    ASSERT_TRUE(put(denial("no-nas", "desk", "home-nas")).ok());

    EXPECT_THAT(peers(), Not(Contains("home-nas")));
    const auto* nas = host_->registry().node(mesh::NodeId("home-nas"));
    ASSERT_NE(nas, nullptr);
    EXPECT_FALSE(world_->echo(nas->privateIpv4->address(), 1, loop_.clock().now()));
}

TEST_F(ResidentsTest, AChangeThatNobodyConfirmsIsTakenBack) {
    ASSERT_TRUE(put(denial("no-nas", "desk", "home-nas"), 60s).ok());
    ASSERT_THAT(peers(), Not(Contains("home-nas")));

    pass(61s);

    EXPECT_THAT(peers(), Contains("home-nas"));
}

TEST_F(ResidentsTest, ADirectWayThatTheRulesCutGoes) {
    pass(15s);
    ASSERT_NE(edge("laptop-anna", "laptop-finn"), nullptr);

    // Anna administers the mesh, whom a rule lets through everywhere: this one is asked first.
    ASSERT_TRUE(put(denial("no-finn", "laptop-anna", "laptop-finn")).ok());
    pass(5s);

    EXPECT_EQ(edge("laptop-anna", "laptop-finn"), nullptr);
}

TEST_F(ResidentsTest, EchoesFollowTheWaysOfTheMesh) {
    const auto* phone = host_->registry().node(mesh::NodeId("phone-chloe"));
    ASSERT_NE(phone, nullptr);
    std::optional<World::Echo> echo;
    for (std::uint64_t count = 0; count < 20 && !echo; ++count) {
        echo = world_->echo(phone->privateIpv4->address(), count, loop_.clock().now());
    }

    ASSERT_TRUE(echo) << "some are lost on a phone's line, and not all of them";
    EXPECT_EQ(echo->between, 1U);
    EXPECT_GT(echo->roundTrip, 50ms);
}

TEST_F(ResidentsTest, WhoIsAwayTakesNoPartAndComesBack) {
    const auto away = std::ranges::find_if(world_->plan().nodes, [](const SimulatedNode& node) {
        return !node.presence.isAlways() && node.nat == Nat::Cone && node.seeksDirectWays;
    });
    ASSERT_NE(away, world_->plan().nodes.end());
    const auto has = [&] { return edge("laptop-anna", away->id.value()) != nullptr; };
    const auto isThere = [&] { return world_->isThere(*away, loop_.clock().now()); };
    for (int minute = 0; minute < 60 && !(isThere() && has()); ++minute) {
        pass(30s);
    }
    ASSERT_TRUE(has());

    while (isThere()) {
        pass(30s);
    }
    pass(90s);
    EXPECT_FALSE(has());

    for (int minute = 0; minute < 60 && !has(); ++minute) {
        pass(30s);
    }
    EXPECT_TRUE(has());
}

TEST_F(ResidentsTest, SayWhatTheyHaveInEffectWhileTheyAreThere) {
    const mesh::Caller self{
        .proof = mesh::Caller::Proof::Process, .identity = host_->selfId(), .source = "test"};
    auto rule = denial("no-nas", "*", "home-nas");
    ASSERT_TRUE(put(rule).ok());
    const auto first = host_->propagation().get(0, self);
    ASSERT_TRUE(first.ok()) << first.status();
    EXPECT_GT(first->pending, 0U);
    EXPECT_EQ(first->nodes.size(), kUsualNodes);

    pass(EffectTeller::kLatest + 1s);

    const auto now = host_->propagation().get(0, self);
    ASSERT_TRUE(now.ok()) << now.status();
    EXPECT_EQ(now->pending, 0U);
    EXPECT_GT(now->done, now->unreachable);

    const auto away = std::ranges::find_if(
        world_->plan().nodes, [](const auto& node) { return !node.presence.isAlways(); });
    ASSERT_NE(away, world_->plan().nodes.end());
    const auto stateOfAway = [&] {
        const auto told = host_->propagation().get(0, self);
        const auto found = std::ranges::find(told->nodes, away->id, &mesh::NodePropagation::node);
        return found == told->nodes.end() ? mesh::EffectState::Unknown : found->state;
    };
    const auto isThere = [&] { return world_->isThere(*away, loop_.clock().now()); };
    for (int minute = 0; minute < 60 && isThere(); ++minute) {
        pass(30s);
    }
    pass(Residents::kLookEvery);
    EXPECT_EQ(stateOfAway(), mesh::EffectState::Unreachable);
    for (int minute = 0; minute < 60 && !isThere(); ++minute) {
        pass(30s);
    }
    pass(Residents::kLookEvery + EffectTeller::kLatest);
    EXPECT_EQ(stateOfAway(), mesh::EffectState::Done);
}

TEST_F(ResidentsTest, NothingIsToldOnceTheyHaveGone) {
    residents_.reset();

    EXPECT_FALSE(world_->echo(net::IpAddress::v4(0xAC100002), 1, loop_.clock().now()));
    pass(10s);
}

class SmallestMesh : public ResidentsTest {
protected:
    SmallestMesh() : ResidentsTest(kLeastNodes) {}
};

TEST_F(SmallestMesh, IsWhole) {
    ASSERT_TRUE(settled_.has_value());
    EXPECT_TRUE(settled_->ok()) << *settled_;
    EXPECT_EQ(host_->registry().nodeCount(), kLeastNodes);
    EXPECT_EQ(peers().size(), kLeastNodes - 1);
}

class LargestMesh : public ResidentsTest {
protected:
    LargestMesh() : ResidentsTest(kMostNodes) {}
};

TEST_F(LargestMesh, IsWhole) {
    ASSERT_TRUE(settled_.has_value());
    EXPECT_TRUE(settled_->ok()) << *settled_;
    EXPECT_EQ(host_->registry().nodeCount(), kMostNodes);
}

}  // namespace
}  // namespace weft::daemon::sandbox
