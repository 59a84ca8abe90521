// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/path_explanation.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/policy/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <utility>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

namespace local = weft::local::v1;
namespace policy = mesh::policy;
using mesh::network::Trace;

const WallTime kNow{std::chrono::hours(500'000)};

/// A mesh of self, next and far; this host has IPv4 alone beneath it.
class PathExplanationTest : public ::testing::Test {
protected:
    PathExplanationTest() {
        putNode("self", 1, true);
        putNode("next", 2, true);
        putNode("far", 3, true);
        facts_.underlay = {net::Family::V4};
        facts_.hasTunnel = true;
        facts_.isAnybodyThere = true;
    }

    void put(std::string key, std::string json) {
        registry_.apply(
            {{storage::Event::Kind::Put, std::move(key), std::move(json), ++revision_}});
    }
    void putNode(const std::string& id, std::uint8_t number, bool hasFour) {
        storage::NodeRecord node;
        node.id = storage::NodeId(id);
        std::array<std::uint8_t, 32> seed{};
        seed.fill(number);
        node.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
        if (hasFour) {
            node.privateIpv4 =
                net::IpPrefix::parse("172.16.0." + std::to_string(number) + "/32").value();
        }
        node.wireguardEndpoints = {"198.51.100." + std::to_string(number) + ":51820"};
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }
    void link(const std::string& left, const std::string& right) {
        for (const auto& [source, target] : {std::pair(left, right), std::pair(right, left)}) {
            const storage::EdgeRecord edge{
                .source = storage::NodeId(source), .target = storage::NodeId(target), .weight = 1};
            put(storage::edgeKey(edge.source, edge.target), storage::encodeEdge(edge));
        }
    }
    void acl(const char* name, std::int32_t priority, policy::AclAction action, const char* from) {
        const policy::NetworkAcl rule{
            .name = name,
            .priority = priority,
            .action = action,
            .sourceNodes = {from},
            .destinationNodes = {"*"},
            .sourceCidrs = {},
            .destinationCidrs = {}};
        put(std::string(storage::kNetworkAclsPrefix) + name, encode(rule));
    }
    void acceptAll() { acl("open", 0, policy::AclAction::Accept, "*"); }
    void carried(const std::vector<std::string>& path) {
        facts_.trace.outcome = Trace::Outcome::Carried;
        facts_.trace.path.clear();
        for (const auto& node : path) {
            facts_.trace.path.emplace_back(node);
        }
    }
    static net::Endpoint endpoint(const char* text) { return net::Endpoint::parse(text).value(); }
    /// The first hop answers at `at`, or never did.
    void tunnelTo(const char* at, bool answers) {
        FirstHop first;
        first.peer.endpoint = endpoint(at);
        first.peer.candidates = {endpoint("203.0.113.9:51820"), endpoint("[2001:db8::1]:51820")};
        first.figures.emplace();
        first.figures->endpoint = endpoint(at);
        if (answers) {
            first.figures->lastHandshake = kNow - 10s;
        }
        facts_.first = first;
    }
    local::PathExplanation explain(const std::string& node) {
        const PathFacts now{
            .registry = registry_,
            .rules = *mirror_.current(),
            .self = storage::NodeId("self"),
            .trace = facts_.trace,
            .hasTunnel = facts_.hasTunnel,
            .first = facts_.first,
            .isAnybodyThere = facts_.isAnybodyThere,
            .underlay = facts_.underlay,
            .offer = facts_.offer,
            .hasAllOffers = facts_.hasAllOffers,
            .now = kNow};
        return explainPath(now, storage::NodeId(node));
    }
    static const local::PathAlternative& way(
        const local::PathExplanation& path, local::PathAlternative::Kind kind, int nth = 0) {
        for (const auto& each : path.alternatives()) {
            if (each.kind() == kind && nth-- == 0) {
                return each;
            }
        }
        return local::PathAlternative::default_instance();
    }

    struct Facts {
        Trace trace;
        bool hasTunnel = false;
        std::optional<FirstHop> first;
        bool isAnybodyThere = false;
        std::set<net::Family> underlay;
        std::optional<mesh::DirectOffer> offer;
        bool hasAllOffers = false;
    };
    /// The leader has looked for a direct way to `node`.
    void offered(const std::string& node, mesh::RelayReason reason) {
        facts_.offer = mesh::DirectOffer{
            .node = *registry_.node(storage::NodeId(node)),
            .round = 1,
            .kind = mesh::DirectOffer::Kind::Relayed,
            .reason = reason};
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    storage::Registry registry_;
    policy::PolicyMirror mirror_{registry_};
    storage::Revision revision_ = 0;
    Facts facts_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PathExplanationTest, ShowsADirectWayAndWhyTheOtherPlacesLost) {
    acceptAll();
    link("self", "next");
    carried({"self", "next"});
    tunnelTo("198.51.100.2:51820", true);

    const auto path = explain("next");

    EXPECT_TRUE(path.works());
    EXPECT_EQ(path.summary(), "Packets go to next directly.");
    ASSERT_EQ(path.hops_size(), 1);
    EXPECT_EQ(path.hops(0).endpoint(), "198.51.100.2:51820");
    EXPECT_TRUE(way(path, local::PathAlternative::KIND_DIRECT).in_use());
    EXPECT_TRUE(way(path, local::PathAlternative::KIND_ENDPOINT, 0).in_use());
    const auto& other = way(path, local::PathAlternative::KIND_ENDPOINT, 1);
    EXPECT_EQ(other.endpoint(), "203.0.113.9:51820");
    EXPECT_EQ(other.reason(), local::PATH_REASON_OTHER_ANSWERS);
    EXPECT_EQ(
        way(path, local::PathAlternative::KIND_ENDPOINT, 2).reason(),
        local::PATH_REASON_NO_COMMON_FAMILY);
    EXPECT_TRUE(path.families(0).usable());
    EXPECT_EQ(path.families(1).reason(), local::PATH_REASON_NO_COMMON_FAMILY);
}

TEST_F(PathExplanationTest, ShowsEachNodeOfAWayOverOthers) {
    acceptAll();
    link("self", "next");
    link("next", "far");
    carried({"self", "next", "far"});
    tunnelTo("203.0.113.9:51820", true);

    const auto path = explain("far");

    EXPECT_TRUE(path.works());
    ASSERT_EQ(path.hops_size(), 2);
    EXPECT_EQ(path.hops(0).endpoint(), "203.0.113.9:51820") << "in use";
    EXPECT_EQ(path.hops(1).endpoint(), "198.51.100.3:51820") << "said by the node";
    EXPECT_EQ(
        way(path, local::PathAlternative::KIND_DIRECT).reason(), local::PATH_REASON_NOT_CONNECTED);
    EXPECT_TRUE(way(path, local::PathAlternative::KIND_OVER_NODES).in_use());
}

TEST_F(PathExplanationTest, SaysThatAnEdgeCostsMore) {
    acceptAll();
    link("self", "far");
    carried({"self", "next", "far"});
    tunnelTo("203.0.113.9:51820", true);

    EXPECT_EQ(
        way(explain("far"), local::PathAlternative::KIND_DIRECT).reason(),
        local::PATH_REASON_LONGER);
}

TEST_F(PathExplanationTest, TellsOneSilentPeerFromUdpThatIsBlocked) {
    acceptAll();
    link("self", "next");
    carried({"self", "next"});
    tunnelTo("198.51.100.2:51820", false);

    EXPECT_EQ(explain("next").reason(), local::PATH_REASON_HANDSHAKE_TIMEOUT);
    facts_.isAnybodyThere = false;
    const auto blocked = explain("next");
    EXPECT_EQ(blocked.reason(), local::PATH_REASON_UDP_BLOCKED);
    EXPECT_FALSE(blocked.works());
    EXPECT_NE(blocked.remedy(), "");
    EXPECT_EQ(
        way(blocked, local::PathAlternative::KIND_ENDPOINT).reason(),
        local::PATH_REASON_UDP_BLOCKED);
}

TEST_F(PathExplanationTest, SeesAPeerThatCannotBeCalled) {
    acceptAll();
    carried({"self", "next"});
    facts_.first = FirstHop{.peer = {}, .figures = TunnelPeerStatistics()};

    EXPECT_EQ(explain("next").reason(), local::PATH_REASON_NO_PUBLIC_ENDPOINT);
}

TEST_F(PathExplanationTest, TellsRulesOfOneDirectionFromRulesOfBoth) {
    facts_.trace.outcome = Trace::Outcome::Denied;
    EXPECT_EQ(explain("next").reason(), local::PATH_REASON_DENIED_BY_ACL);

    acl("mine", 0, policy::AclAction::Accept, "self");
    const auto path = explain("next");
    EXPECT_EQ(path.reason(), local::PATH_REASON_ACL_ONE_SIDED);
    EXPECT_THAT(path.summary(), HasSubstr("to next alone"));
    EXPECT_EQ(path.hops_size(), 0);
    EXPECT_EQ(path.families(0).reason(), local::PATH_REASON_ACL_ONE_SIDED);
}

TEST_F(PathExplanationTest, SaysWhyNoDirectWayWasFound) {
    acceptAll();
    link("self", "next");
    link("next", "far");
    carried({"self", "next", "far"});
    tunnelTo("198.51.100.2:51820", true);
    using mesh::RelayReason;
    const std::map<RelayReason, local::PathReason> expected{
        {RelayReason::NoCommonFamily, local::PATH_REASON_NO_COMMON_FAMILY},
        {RelayReason::NoPublicEndpoint, local::PATH_REASON_NO_PUBLIC_ENDPOINT},
        {RelayReason::SymmetricNat, local::PATH_REASON_SYMMETRIC_NAT},
        {RelayReason::HandshakeTimeout, local::PATH_REASON_HANDSHAKE_TIMEOUT},
        {RelayReason::AclOneSided, local::PATH_REASON_ACL_ONE_SIDED},
        {RelayReason::Probing, local::PATH_REASON_NOT_CONNECTED},
        {RelayReason::NotWeft, local::PATH_REASON_NOT_CONNECTED}};
    for (const auto& [reason, said] : expected) {
        offered("far", reason);
        const auto path = explain("far");
        const auto& direct = way(path, local::PathAlternative::KIND_DIRECT);
        EXPECT_TRUE(path.works());
        EXPECT_EQ(direct.reason(), said);
        EXPECT_FALSE(direct.in_use());
        EXPECT_EQ(direct.remedy().empty(), reason == RelayReason::Probing);
    }

    offered("far", RelayReason::SymmetricNat);
    EXPECT_THAT(
        way(explain("far"), local::PathAlternative::KIND_DIRECT).text(),
        HasSubstr("another port, so that a node cannot be called where others see it (at "
                  "198.51.100.3:51820)"));
}

TEST_F(PathExplanationTest, SaysThatANodeTakesNoPartInDirectWays) {
    acceptAll();
    carried({"self", "next", "far"});
    facts_.hasAllOffers = true;
    const auto said = [this] {
        return way(explain("far"), local::PathAlternative::KIND_DIRECT).text();
    };

    EXPECT_THAT(said(), HasSubstr("takes no part in finding direct ways"));
    facts_.hasAllOffers = false;
    EXPECT_EQ(said(), "there is no edge between far and this node");
}

TEST_F(PathExplanationTest, SaysThatThereIsNoWay) {
    acceptAll();
    EXPECT_EQ(explain("far").reason(), local::PATH_REASON_NO_WAY);
    facts_.trace.outcome = Trace::Outcome::Withheld;
    EXPECT_EQ(explain("far").reason(), local::PATH_REASON_WITHHELD);
    carried({"self", "far"});
    facts_.hasTunnel = false;
    EXPECT_EQ(explain("far").reason(), local::PATH_REASON_NO_TUNNEL);
}

TEST_F(PathExplanationTest, SaysThatTheEndsHaveNoFamilyInCommon) {
    acceptAll();
    putNode("bare", 4, false);

    EXPECT_EQ(explain("bare").reason(), local::PATH_REASON_NO_COMMON_FAMILY);
}

TEST_F(PathExplanationTest, FindsTheEndByIdAndAddress) {
    const auto end = [this](const std::string& text) {
        return pathEnd(registry_, storage::NodeId("self"), text);
    };

    EXPECT_EQ(end("next")->value(), "next");
    EXPECT_EQ(end("172.16.0.3")->value(), "far");
    EXPECT_EQ(end("nobody").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(end("self").status().code(), StatusCode::kInvalidArgument);
}

TEST(PathReasons, EachThatCanBeMendedSaysHow) {
    for (int number = 1; number <= local::PathReason_MAX; ++number) {
        const auto reason = static_cast<local::PathReason>(number);
        const bool isNoFault =
            reason == local::PATH_REASON_LONGER || reason == local::PATH_REASON_OTHER_ANSWERS;
        EXPECT_EQ(remedyFor(reason).empty(), isNoFault) << local::PathReason_Name(reason);
    }
}

}  // namespace
}  // namespace weft::daemon
