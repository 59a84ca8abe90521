// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/direct_pairs.h"

#include "core/mesh/detail/sightings.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::RelayReason;
using mesh::detail::DirectPairs;
using mesh::detail::PairKey;
using mesh::detail::pairOf;
using mesh::detail::Sightings;
using Kind = mesh::DirectOffer::Kind;
using Reported = mesh::WayReport::State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

net::Endpoint at(const std::string& text) {
    return net::Endpoint::parse(text).value();
}

NodeId nodeOf(std::size_t number) {
    return NodeId("n" + std::to_string(number));
}

TEST(SightingsTest, AreThoseOfTheNewestReport) {
    Sightings sightings;
    const NodeId a("a");
    const NodeId b("b");

    EXPECT_THAT(
        sightings.replace(NodeId("hub"), {{a, at("1.2.3.4:5")}, {b, at("1.2.3.4:6")}}),
        UnorderedElementsAre(a, b));
    EXPECT_THAT(
        sightings.replace(NodeId("hub"), {{a, at("1.2.3.4:7")}}), UnorderedElementsAre(a, b));

    EXPECT_THAT(sightings.placesOf(a, NodeId()), ElementsAre(at("1.2.3.4:7")));
    EXPECT_THAT(sightings.placesOf(b, NodeId()), IsEmpty());
    EXPECT_THAT(sightings.replace(NodeId("hub"), {{a, at("1.2.3.4:7")}}), IsEmpty());
}

TEST(SightingsTest, AreNotToldToWhomeverMadeThem) {
    Sightings sightings;
    sightings.replace(NodeId("hub"), {{NodeId("a"), at("1.2.3.4:5")}});
    sightings.replace(NodeId("other"), {{NodeId("a"), at("1.2.3.4:6")}});

    EXPECT_THAT(sightings.placesOf(NodeId("a"), NodeId("hub")), ElementsAre(at("1.2.3.4:6")));
}

TEST(SightingsTest, TellASymmetricRouterByItsPorts) {
    Sightings sightings;
    const NodeId a("a");
    sightings.replace(NodeId("hub"), {{a, at("1.2.3.4:5")}});
    sightings.replace(NodeId("neighbour"), {{a, at("10.0.0.4:6")}});
    EXPECT_FALSE(sightings.isSymmetric(a));

    sightings.replace(NodeId("third"), {{a, at("1.2.3.4:6")}});

    EXPECT_TRUE(sightings.isSymmetric(a));
    EXPECT_TRUE(sightings.forget(a));
    EXPECT_FALSE(sightings.isSymmetric(a));
    EXPECT_EQ(sightings.size(), 0U);
}

TEST(SightingsTest, OfOneMoreObserverThanCountAreNotTaken) {
    Sightings sightings;
    const NodeId a("a");
    for (std::size_t i = 0; i < mesh::detail::kMaxObservers; ++i) {
        EXPECT_THAT(sightings.replace(nodeOf(i), {{a, at("1.2.3.4:5")}}), SizeIs(1));
    }

    EXPECT_THAT(sightings.replace(NodeId("more"), {{a, at("1.2.3.4:9")}}), IsEmpty());
    EXPECT_FALSE(sightings.isSymmetric(a));
}

TEST(SightingsTest, OfOneMoreNodeThanAreKeptAreNotTaken) {
    Sightings sightings;
    std::vector<mesh::Sighting> all;
    for (std::size_t i = 0; i <= mesh::kMaxSeenNodes; ++i) {
        all.push_back({nodeOf(i), at("1.2.3.4:5")});
    }

    EXPECT_THAT(sightings.replace(NodeId("hub"), all), SizeIs(mesh::kMaxSeenNodes));
    EXPECT_EQ(sightings.size(), mesh::kMaxSeenNodes);
}

TEST(SightingsTest, HandOnNoMorePlacesThanAreOffered) {
    Sightings sightings;
    for (std::uint16_t i = 1; i <= mesh::detail::kMaxOfferedSightings + 1; ++i) {
        sightings.replace(
            nodeOf(i), {{NodeId("a"), net::Endpoint{net::IpAddress::v4(0x01020304), i}}});
    }

    EXPECT_THAT(
        sightings.placesOf(NodeId("a"), NodeId()), SizeIs(mesh::detail::kMaxOfferedSightings));
}

class DirectPairsTest : public ::testing::Test {
protected:
    void enter(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            pairs_.enter(nodeOf(i));
        }
        work();
    }
    void work() {
        pairs_.advance(now_);
        while (pairs_.work(now_, 7)) {
        }
    }
    void pass(Duration time) {
        now_ += std::chrono::duration_cast<TimePoint::duration>(time);
        work();
    }
    DirectPairs::State stateOf(std::size_t one, std::size_t other) {
        const auto states = pairs_.statesOf(nodeOf(one));
        const auto found = states.find(nodeOf(other));
        return found == states.end() ? DirectPairs::State() : found->second;
    }
    void report(std::size_t node, std::size_t about, Reported state) {
        pairs_.noteReport(nodeOf(node), {{nodeOf(about), stateOf(node, about).round, state}}, now_);
        work();
    }
    void makeDirect(std::size_t one, std::size_t other) {
        report(one, other, Reported::Up);
        report(other, one, Reported::Up);
        verdicts_[pairOf(nodeOf(one), nodeOf(other))].isLinked = true;
        verdicts_[pairOf(nodeOf(one), nodeOf(other))].isOurs = true;
        pairs_.noteStored(pairOf(nodeOf(one), nodeOf(other)));
        work();
    }

    TimePoint now_ = TimePoint() + std::chrono::hours(1);
    std::map<PairKey, DirectPairs::Verdict> verdicts_;
    DirectPairs pairs_{[this](const PairKey& key) { return verdicts_[key]; }};
};

TEST_F(DirectPairsTest, CallEachOtherAtOnce) {
    enter(2);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
    EXPECT_EQ(stateOf(0, 1).reason, RelayReason::Probing);
    EXPECT_EQ(stateOf(0, 1).round, stateOf(1, 0).round);
    EXPECT_THAT(pairs_.takeChanged(), UnorderedElementsAre(nodeOf(0), nodeOf(1)));
    EXPECT_THAT(pairs_.takeEdges(), IsEmpty());
}

TEST_F(DirectPairsTest, AreLinkedWhenBothSayThatPacketsCome) {
    enter(2);

    report(0, 1, Reported::Up);
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
    report(1, 0, Reported::Up);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Direct);
    EXPECT_THAT(pairs_.takeEdges(), ElementsAre(pairOf(nodeOf(0), nodeOf(1))));
}

TEST_F(DirectPairsTest, StayRelayedWhenNothingComesThrough) {
    enter(2);
    report(0, 1, Reported::Up);

    pass(DirectPairs::kProbeTime);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    EXPECT_EQ(stateOf(0, 1).reason, RelayReason::HandshakeTimeout);
    EXPECT_THAT(pairs_.takeEdges(), IsEmpty());
}

TEST_F(DirectPairsTest, SayThatARouterIsSymmetric) {
    verdicts_[pairOf(nodeOf(0), nodeOf(1))].isSymmetric = true;
    enter(2);

    pass(DirectPairs::kProbeTime);

    EXPECT_EQ(stateOf(1, 0).reason, RelayReason::SymmetricNat);
}

TEST_F(DirectPairsTest, TryAgainAfterPausesThatGrow) {
    enter(2);
    pass(DirectPairs::kProbeTime);
    pass(DirectPairs::kFirstPause - std::chrono::seconds(1));
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    pass(std::chrono::seconds(1));
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);

    pass(DirectPairs::kProbeTime);
    pass(DirectPairs::kFirstPause);
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    pass(DirectPairs::kFirstPause);
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
}

TEST_F(DirectPairsTest, NeverWaitLongerThanTheLongestPause) {
    enter(2);
    for (int round = 0; round < 40; ++round) {
        pass(DirectPairs::kProbeTime);
        EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
        pass(DirectPairs::kMostPause);
        EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
    }
}

TEST_F(DirectPairsTest, TryAgainSoonWhenOneIsSeenElsewhere) {
    enter(2);
    pass(DirectPairs::kProbeTime);

    pairs_.noteNews(nodeOf(1), NodeId("server"), now_);
    work();
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    pass(DirectPairs::kLeastPause);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
}

TEST_F(DirectPairsTest, DoNotTryAgainSoonByWhatTheySeeOfEachOther) {
    enter(2);
    pass(DirectPairs::kProbeTime);

    pairs_.noteNews(nodeOf(1), nodeOf(0), now_);
    pairs_.notePlaces(nodeOf(0));
    work();
    pass(DirectPairs::kLeastPause);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
}

TEST_F(DirectPairsTest, WaitLongerEachTimeThatAWayIsSoonLost) {
    enter(2);
    for (auto pause = Duration(DirectPairs::kFirstPause); pause < DirectPairs::kMostPause;
         pause *= 2) {
        report(0, 1, Reported::Up);
        report(1, 0, Reported::Up);
        ASSERT_EQ(stateOf(0, 1).kind, Kind::Direct);
        report(0, 1, Reported::Lost);
        pass(pause - std::chrono::seconds(1));
        EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
        pass(std::chrono::seconds(1));
        ASSERT_EQ(stateOf(0, 1).kind, Kind::Probe);
    }
    report(0, 1, Reported::Up);
    report(1, 0, Reported::Up);
    pass(DirectPairs::kMostPause);

    report(0, 1, Reported::Lost);
    pass(DirectPairs::kFirstPause);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe) << "it was a good one";
}

TEST_F(DirectPairsTest, BeginAnewWhenOneIsSeenElsewhereMeanwhile) {
    enter(2);
    const auto first = stateOf(0, 1).round;

    pairs_.noteNews(nodeOf(1), NodeId("server"), now_);
    EXPECT_EQ(stateOf(0, 1).round, first);
    pass(DirectPairs::kLeastPause);
    pairs_.noteNews(nodeOf(1), NodeId("server"), now_);

    EXPECT_NE(stateOf(0, 1).round, first);
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
}

TEST_F(DirectPairsTest, PassOverWhatIsSaidOfAnEarlierRound) {
    enter(2);
    const auto first = stateOf(0, 1).round;
    pass(DirectPairs::kProbeTime);
    pass(DirectPairs::kFirstPause);

    pairs_.noteReport(nodeOf(0), {{nodeOf(1), first, Reported::Up}}, now_);
    pairs_.noteReport(nodeOf(1), {{nodeOf(0), first, Reported::Up}}, now_);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Probe);
}

TEST_F(DirectPairsTest, AreUnlinkedWhenOneSaysThatNothingComes) {
    enter(2);
    makeDirect(0, 1);
    pairs_.takeEdges();

    report(1, 0, Reported::Lost);

    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    EXPECT_EQ(stateOf(0, 1).reason, RelayReason::HandshakeTimeout);
    EXPECT_THAT(pairs_.takeEdges(), ElementsAre(pairOf(nodeOf(0), nodeOf(1))));
    EXPECT_FALSE(pairs_.isDirect(pairOf(nodeOf(0), nodeOf(1))));
}

TEST_F(DirectPairsTest, StayDirectWhileOneOfThemIsAway) {
    enter(2);
    makeDirect(0, 1);
    pairs_.takeEdges();

    pairs_.leave(nodeOf(0));
    work();
    pass(DirectPairs::kConfirmTime);

    EXPECT_TRUE(pairs_.isDirect(pairOf(nodeOf(0), nodeOf(1))));
    EXPECT_THAT(pairs_.takeEdges(), IsEmpty());
}

TEST_F(DirectPairsTest, AreUnlinkedWhenNobodyIsThereToSpeakForThem) {
    enter(2);
    makeDirect(0, 1);
    pairs_.takeEdges();

    pairs_.leave(nodeOf(0));
    pairs_.leave(nodeOf(1));
    work();
    pass(DirectPairs::kConfirmTime - std::chrono::seconds(1));
    EXPECT_TRUE(pairs_.isDirect(pairOf(nodeOf(0), nodeOf(1))));
    pass(std::chrono::seconds(1));

    EXPECT_THAT(pairs_.takeEdges(), ElementsAre(pairOf(nodeOf(0), nodeOf(1))));
}

TEST_F(DirectPairsTest, ThatWereThereBeforeStayWhenTheyAreConfirmed) {
    const auto key = pairOf(nodeOf(0), nodeOf(1));
    verdicts_[key].isLinked = true;
    verdicts_[key].isOurs = true;
    pairs_.adopt(key, now_);
    enter(2);

    report(0, 1, Reported::Up);
    pass(DirectPairs::kConfirmTime);

    EXPECT_TRUE(pairs_.isDirect(key));
}

TEST_F(DirectPairsTest, EndWhenTheRulesForbidThem) {
    enter(2);
    makeDirect(0, 1);
    pairs_.takeEdges();

    verdicts_[pairOf(nodeOf(0), nodeOf(1))].reason = RelayReason::AclOneSided;
    pairs_.touch(nodeOf(0));
    work();

    EXPECT_THAT(pairs_.takeEdges(), ElementsAre(pairOf(nodeOf(0), nodeOf(1))));
    EXPECT_FALSE(pairs_.isDirect(pairOf(nodeOf(0), nodeOf(1))));
    verdicts_[pairOf(nodeOf(0), nodeOf(1))].isLinked = false;
    pairs_.touch(nodeOf(0));
    work();
    EXPECT_EQ(stateOf(0, 1).kind, Kind::Relayed);
    EXPECT_EQ(stateOf(0, 1).reason, RelayReason::AclOneSided);
}

TEST_F(DirectPairsTest, LeaveAnEdgeAloneThatSomebodyElseMade) {
    enter(2);
    makeDirect(0, 1);
    pairs_.takeEdges();

    verdicts_[pairOf(nodeOf(0), nodeOf(1))].isOurs = false;
    pairs_.touch(nodeOf(0));
    work();

    EXPECT_THAT(pairs_.takeEdges(), IsEmpty());
    EXPECT_THAT(pairs_.statesOf(nodeOf(0)), IsEmpty());
}

TEST_F(DirectPairsTest, PairEverybodyInASmallMesh) {
    enter(DirectPairs::kMostPairs + 1);

    EXPECT_TRUE(pairs_.pairsAll());
    for (std::size_t i = 0; i <= DirectPairs::kMostPairs; ++i) {
        EXPECT_THAT(pairs_.statesOf(nodeOf(i)), SizeIs(DirectPairs::kMostPairs));
    }
}

TEST_F(DirectPairsTest, AreNoMoreThanANodeCanHave) {
    enter(DirectPairs::kMostPairs + 2);

    EXPECT_FALSE(pairs_.pairsAll());
    for (std::size_t i = 0; i < DirectPairs::kMostPairs + 2; ++i) {
        EXPECT_LE(pairs_.statesOf(nodeOf(i)).size(), DirectPairs::kMostPairs);
    }
}

TEST_F(DirectPairsTest, TriedAtOnceAreNoMoreThanAMeshCanHave) {
    constexpr std::size_t kNodes = 1000;
    enter(kNodes);

    std::size_t ways = 0;
    for (std::size_t i = 0; i < kNodes; ++i) {
        for (const auto& [other, state] : pairs_.statesOf(nodeOf(i))) {
            ways += static_cast<std::size_t>(state.kind != Kind::Relayed);
        }
    }
    EXPECT_EQ(ways, 2 * DirectPairs::kMostWays);
}

TEST_F(DirectPairsTest, AreNeverOfferedAgainstTheVerdict) {
    constexpr std::size_t kNodes = 30;
    std::mt19937_64 random(randomSeed());
    enter(kNodes);
    for (int step = 0; step < 400; ++step) {
        const auto one = random() % kNodes;
        const auto other = (one + 1 + random() % (kNodes - 1)) % kNodes;
        switch (random() % 6) {
        case 0:
            pairs_.leave(nodeOf(one));
            break;
        case 1:
            pairs_.enter(nodeOf(one));
            break;
        case 2:
            verdicts_[pairOf(nodeOf(one), nodeOf(other))].reason =
                random() % 2 == 0 ? RelayReason::None : RelayReason::AclOneSided;
            pairs_.touch(nodeOf(one));
            break;
        case 3:
            report(one, other, static_cast<Reported>(random() % 4));
            break;
        case 4:
            pairs_.noteNews(nodeOf(one), NodeId("server"), now_);
            break;
        default:
            pass(std::chrono::seconds(random() % 20));
        }
        work();
        for (std::size_t i = 0; i < kNodes; ++i) {
            for (const auto& [to, state] : pairs_.statesOf(nodeOf(i))) {
                const auto key = pairOf(nodeOf(i), to);
                const bool isForbidden = verdicts_[key].reason != RelayReason::None;
                ASSERT_FALSE(isForbidden && state.kind != Kind::Relayed) << "step " << step;
                ASSERT_EQ(pairs_.isDirect(key), state.kind == Kind::Direct);
            }
            ASSERT_LE(pairs_.statesOf(nodeOf(i)).size(), DirectPairs::kMostPairs);
        }
    }
}

}  // namespace
}  // namespace weft::tests
