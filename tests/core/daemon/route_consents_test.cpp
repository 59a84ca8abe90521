// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/route_consents.h"

#include "core/daemon/detail/unanswered_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using Message = RouteConsents::Message;

net::IpPrefix prefix(const std::string& text) {
    return *net::IpPrefix::parse(text);
}

crypto::PublicKey keyNumber(std::uint8_t number) {
    return crypto::PublicKey({number});
}

RouteOffer offer(const std::string& network, const std::string& node, std::uint8_t key = 1) {
    return {prefix(network), storage::NodeId(node), keyNumber(key)};
}

Message said(const std::string& network, const std::string& node, std::uint8_t key = 1) {
    Message message;
    message.set_cidr(network);
    message.set_node_id(node);
    if (!node.empty()) {
        message.set_public_key(keyNumber(key).toString());
    }
    return message;
}

Message refusal(const std::string& network, const std::string& node) {
    auto message = said(network, node);
    message.clear_public_key();
    message.set_refused(true);
    return message;
}

mesh::PeerSet peers(const std::vector<std::pair<std::string, std::vector<std::string>>>& all) {
    mesh::PeerSet set;
    for (const auto& [id, networks] : all) {
        auto& peer = set.peers.emplace_back();
        peer.node.id = storage::NodeId(id);
        for (const auto& each : networks) {
            peer.allowedRoutes.push_back(prefix(each));
        }
    }
    return set;
}

TEST(RouteConsents, AreNeededForWhatIsNotWhollyPrivate) {
    for (const auto* const network :
         {"0.0.0.0/0", "::/0", "0.0.0.0/1", "203.0.113.0/24", "172.0.0.0/8", "2001:db8::/32"}) {
        EXPECT_TRUE(needsConsent(prefix(network))) << network;
    }
    for (const auto* const network :
         {"10.1.0.0/16", "172.16.0.0/12", "192.168.7.0/24", "100.64.0.0/10", "fd00::/48"}) {
        EXPECT_FALSE(needsConsent(prefix(network))) << network;
    }
}

TEST(RouteConsents, LeadEverythingToNobodyUnlessSomebodyAgreed) {
    RouteConsents consents;
    consents.setOffers({offer("0.0.0.0/0", "exit")});
    const auto set = peers({{"exit", {"0.0.0.0/0"}}});

    EXPECT_THAT(consents.defaults(set), IsEmpty());
    EXPECT_THAT(consents.unanswered(), SizeIs(1));

    EXPECT_TRUE(consents.setConsents({said("0.0.0.0/0", "exit")}));
    EXPECT_FALSE(consents.setConsents({said("0.0.0.0/0", "exit")}));

    EXPECT_THAT(
        consents.defaults(set), ElementsAre(Pair(prefix("0.0.0.0/0"), storage::NodeId("exit"))));
    EXPECT_THAT(consents.agreed(), ElementsAre(prefix("0.0.0.0/0")));
    EXPECT_THAT(consents.unanswered(), IsEmpty());
    EXPECT_THAT(consents.defaults(peers({{"other", {}}})), IsEmpty()) << "no way leads there";
}

TEST(RouteConsents, WaitForAnAnswerToEveryPublicNetworkAndToNoOther) {
    RouteConsents consents;
    consents.setOffers({offer("203.0.113.0/24", "exit"), offer("10.7.0.0/16", "exit")});
    EXPECT_THAT(consents.unanswered(), ElementsAre(offer("203.0.113.0/24", "exit")));

    consents.setConsents({refusal("203.0.113.0/24", "exit")});

    EXPECT_THAT(consents.unanswered(), IsEmpty());
}

TEST(RouteConsents, AreAskedForNodeByNodeUpToALimit) {
    RouteConsents consents;
    std::vector<RouteOffer> offers{offer("0.0.0.0/0", "node-0"), offer("::/0", "node-0")};
    for (const auto* const network :
         {"203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", "2001:db8::/32"}) {
        offers.push_back(offer(network, "node-0"));
    }
    for (const auto* const node : {"node-1", "node-2", "node-3"}) {
        offers.push_back(offer("203.0.113.0/24", node));
    }
    consents.setOffers(std::move(offers));
    weft::local::v1::Connection state;

    addUnanswered(consents, state);

    ASSERT_EQ(state.problems_size(), 4) << "of the fourth node the list of routes tells";
    EXPECT_THAT(state.problems(0).text(), HasSubstr("the Internet (0.0.0.0/0 and ::/0)"));
    EXPECT_THAT(
        state.problems(1).text(),
        HasSubstr("node-0 offers a way to public addresses (203.0.113.0/24, 198.51.100.0/24, "
                  "192.0.2.0/24 and 1 more), which is not used"));
    EXPECT_THAT(
        state.problems(2).remedy(),
        HasSubstr("weftctl routes accept 203.0.113.0/24 --from node-1"));
    EXPECT_THAT(state.problems(3).text(), HasSubstr("node-2"));
}

TEST(RouteConsents, AskAgainWhenTheNodeHasAnotherKey) {
    RouteConsents consents;
    consents.setConsents({said("0.0.0.0/0", "exit", 1)});
    consents.setOffers({offer("0.0.0.0/0", "exit", 2)});

    EXPECT_EQ(consents.stateOf(offer("0.0.0.0/0", "exit", 2)), ConsentState::KeyChanged);
    EXPECT_THAT(consents.defaults(peers({{"exit", {"0.0.0.0/0"}}})), IsEmpty());
    EXPECT_THAT(consents.agreed(), IsEmpty());
    EXPECT_THAT(consents.unanswered(), SizeIs(1));
}

TEST(RouteConsents, TakeTheNodeThatWasAgreedToWhicheverTheMeshWouldTake) {
    RouteConsents consents;
    consents.setOffers({offer("0.0.0.0/0", "near"), offer("0.0.0.0/0", "far")});
    consents.setConsents({said("0.0.0.0/0", "far")});

    EXPECT_THAT(
        consents.defaults(peers({{"near", {"0.0.0.0/0"}}, {"far", {}}})),
        ElementsAre(Pair(prefix("0.0.0.0/0"), storage::NodeId("far"))));
}

TEST(RouteConsents, TakeTheWayOfTheMeshOnlyWhenAllWhoMayBeAtItsEndWereAgreedTo) {
    RouteConsents consents;
    const auto set = peers({{"between", {"0.0.0.0/0"}}});
    consents.setOffers({offer("0.0.0.0/0", "one"), offer("0.0.0.0/0", "two", 2)});
    consents.setConsents({said("0.0.0.0/0", "one")});
    EXPECT_THAT(consents.defaults(set), IsEmpty());

    consents.setConsents({said("0.0.0.0/0", "one"), said("0.0.0.0/0", "two", 2)});

    EXPECT_THAT(
        consents.defaults(set), ElementsAre(Pair(prefix("0.0.0.0/0"), storage::NodeId("between"))));
}

TEST(RouteConsents, ARefusalForAllHoldsForEveryNodeButOneThatWasAgreedTo) {
    RouteConsents consents;
    consents.setOffers({offer("::/0", "one"), offer("::/0", "two", 2)});
    consents.setConsents({refusal("::/0", ""), said("::/0", "one")});

    EXPECT_EQ(consents.stateOf(offer("::/0", "one")), ConsentState::Agreed);
    EXPECT_EQ(consents.stateOf(offer("::/0", "two", 2)), ConsentState::Refused);
    EXPECT_THAT(consents.unanswered(), IsEmpty());
}

TEST(RouteConsents, AgreeToANetworkOfTheMeshItselfWithoutANode) {
    RouteConsents consents;
    consents.setConsents({said("172.16.0.0/12", ""), said("192.168.7.0/24", "gone")});

    EXPECT_THAT(consents.agreed(), ElementsAre(prefix("172.16.0.0/12")));
    EXPECT_TRUE(consents.isAsked(prefix("192.168.7.0/24")));
    EXPECT_FALSE(consents.isAsked(prefix("192.168.8.0/24")));
}

TEST(RouteConsents, PassOverWhatIsNoNetwork) {
    RouteConsents consents;

    EXPECT_TRUE(consents.setConsents({said("everything", ""), said("10.0.0.0/8", "")}));

    EXPECT_THAT(consents.agreed(), ElementsAre(prefix("10.0.0.0/8")));
}

TEST(RouteConsents, AreKeptOncePerRouteAndNodeUpToACap) {
    google::protobuf::RepeatedPtrField<Message> kept;
    for (int number = 0; number < kMostRouteConsents; ++number) {
        ASSERT_EQ(addConsent(kept, said("0.0.0.0/0", fmt::format("n{}", number))), okStatus());
    }

    EXPECT_EQ(addConsent(kept, said("0.0.0.0/0", "n3", 2)), okStatus()) << "in place of another";
    EXPECT_EQ(addConsent(kept, said("0.0.0.0/0", "more")).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(kept.size(), kMostRouteConsents);
    EXPECT_EQ(addConsent(kept, refusal("0.0.0.0/0", "")), okStatus());
    EXPECT_EQ(kept.size(), 1) << "it is for all of them";

    EXPECT_FALSE(forgetConsent(kept, "::/0", ""));
    EXPECT_FALSE(forgetConsent(kept, "0.0.0.0/0", "n3"));
    EXPECT_TRUE(forgetConsent(kept, "0.0.0.0/0", ""));
    EXPECT_TRUE(kept.empty());
}

}  // namespace
}  // namespace weft::daemon
