// SPDX-License-Identifier: Apache-2.0
// A peer that may be in several places.
#include "core/wireguard/session/timings.h"
#include "tests/core/wireguard/session/pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using weft::net::Endpoint;
using weft::net::IpAddress;
using weft::tests::Datagram;
using weft::tests::kTick;
using weft::tests::Node;
using weft::tests::World;
using weft::wireguard::Event;
using weft::wireguard::kMostCandidates;
using weft::wireguard::PathAddress;

PathAddress placeAt(const Endpoint& endpoint) {
    return {.address = {.remote = endpoint}};
}

Endpoint nowhere(std::uint32_t number) {
    return {IpAddress::v4(0xc6336400U + number), 51820};
}

class Candidates : public weft::tests::PairTest {
protected:
    Candidates() { world.keep = true; }

    /// `left` is told that `right` may be there, in this order.
    void tell(const std::vector<Endpoint>& places, bool withEndpoint) {
        auto settings = World::settingsFor(right, false);
        settings.candidates.emplace();
        for (const auto& place : places) {
            settings.candidates->push_back(placeAt(place));
        }
        if (withEndpoint) {
            settings.endpoint = placeAt(right.endpoint);
        }
        world.apply(left, std::move(settings));
    }
    /// Where the initiations of `left` went since the last call, in order.
    std::vector<Endpoint> called() {
        std::vector<Endpoint> places;
        for (const auto& datagram : world.history) {
            if (datagram.type() == 1 && datagram.from == left.endpoint) {
                places.push_back(datagram.to);
            }
        }
        world.history.clear();
        return places;
    }
    void moveTo(const Endpoint& place) {
        auto settings = World::settingsFor(right, false);
        settings.endpoint = placeAt(place);
        world.apply(left, std::move(settings));
    }
};

TEST_F(Candidates, AreAllCalledAtOnceAndTheAnswerSaysWhichIsRight) {
    moveTo(nowhere(1));
    tell({nowhere(2), right.endpoint}, false);

    world.send(left, right, 7);
    world.settle();

    EXPECT_THAT(called(), ElementsAre(nowhere(1), nowhere(2), right.endpoint));
    EXPECT_THAT(right.received, ElementsAre(7));
    EXPECT_EQ(endpointOf(left, right), right.endpoint);
}

TEST_F(Candidates, GetOneMessageThatIsTheSameForAll) {
    tell({nowhere(1)}, true);
    world.filter = [](const Datagram&) { return false; };

    world.send(left, right, 7);

    ASSERT_EQ(world.history.size(), 2U);
    EXPECT_EQ(world.history[0].bytes, world.history[1].bytes);
    EXPECT_EQ(eventsOf(left, Event::Kind::Calling), 1);
    EXPECT_EQ(left.engine->statistics().handshakesStarted, 1U);
}

TEST_F(Candidates, AreLeftAloneByANewHandshakeOfALivingSession) {
    tell({nowhere(1)}, true);
    establish();
    world.history.clear();

    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    world.send(left, right, 2);
    world.settle();

    EXPECT_THAT(called(), ElementsAre(right.endpoint));
}

TEST_F(Candidates, AreCalledWhenTheEndpointDoesNotAnswer) {
    establish();
    tell({nowhere(1)}, false);
    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    world.send(left, right, 2);
    world.settle();
    world.history.clear();
    world.filter = [](const Datagram&) { return false; };

    // The first call goes to where it was, the second everywhere.
    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    world.send(left, right, 3);
    EXPECT_THAT(called(), ElementsAre(right.endpoint));
    world.run(weft::wireguard::kRekeyTimeout + 400ms);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(1)));
}

TEST_F(Candidates, AreCalledWhenThePeerFallsSilent) {
    tell({nowhere(1)}, true);
    establish();
    world.history.clear();
    world.filter = [](const Datagram&) { return false; };

    world.send(left, right, 2);
    world.run(15s + 400ms);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(1)));
}

TEST_F(Candidates, ThatAreToldAgainChangeNothing) {
    tell({nowhere(1)}, true);
    establish();
    tell({nowhere(1)}, false);
    world.history.clear();

    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    world.send(left, right, 2);

    EXPECT_THAT(called(), ElementsAre(right.endpoint));
}

TEST_F(Candidates, ThatAreNewAreCalledWithTheNextHandshake) {
    tell({nowhere(1)}, true);
    establish();
    tell({nowhere(2)}, false);
    world.history.clear();

    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    world.send(left, right, 2);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(2)));
}

TEST_F(Candidates, AreOnlySoMany) {
    std::vector<Endpoint> places;
    for (std::uint32_t i = 0; i <= kMostCandidates; ++i) {
        places.push_back(nowhere(i));
    }
    tell(places, true);
    world.filter = [](const Datagram&) { return false; };

    world.send(left, right, 7);

    const auto all = called();
    EXPECT_EQ(all.size(), 1 + kMostCandidates);
    EXPECT_EQ(all.back(), nowhere(kMostCandidates - 1));
}

TEST_F(Candidates, ThatAreTheEndpointGetNoSecondMessage) {
    tell({right.endpoint, nowhere(1)}, true);
    world.filter = [](const Datagram&) { return false; };

    world.send(left, right, 7);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(1)));
}

TEST_F(Candidates, MakeAnEndpointWhereThereIsNone) {
    Node& third = world.addNode();
    world.introduce(third, left, false);
    world.introduce(left, third, false);
    auto settings = World::settingsFor(third, false);
    settings.candidates = {placeAt(nowhere(1)), placeAt(third.endpoint)};
    world.apply(left, std::move(settings));

    world.send(left, third, 5);
    world.settle();

    EXPECT_THAT(third.received, ElementsAre(5));
}

TEST_F(Candidates, CanBeTakenAway) {
    tell({nowhere(1)}, true);
    tell({}, false);
    world.filter = [](const Datagram&) { return false; };

    world.send(left, right, 7);

    EXPECT_THAT(called(), ElementsAre(right.endpoint));
}

/// When the initiations of `left` left, after the first, while nobody answers.
class Calls : public Candidates {
protected:
    void makeLeft(bool callsSoon) {
        weft::wireguard::EngineOptions options;
        options.callsSoon = callsSoon;
        fresh_ = &world.addNode(options);
        world.introduce(*fresh_, right, true);
        world.introduce(right, *fresh_, false);
        world.filter = [this](const Datagram& datagram) {
            if (datagram.type() == 1 && datagram.from == fresh_->endpoint) {
                times_.push_back(world.now());
            }
            return answers_;
        };
    }
    std::vector<std::int64_t> pausesInTenths() {
        std::vector<std::int64_t> pauses;
        for (std::size_t i = 1; i < times_.size(); ++i) {
            pauses.push_back((times_[i] - times_[i - 1]) / 100ms);
        }
        times_.clear();
        return pauses;
    }

    Node* fresh_ = nullptr;
    bool answers_ = false;
    std::vector<weft::TimePoint> times_;
};

TEST_F(Calls, OfAPeerThatNeverAnsweredAreRepeatedSoonAndThenByTheProtocol) {
    makeLeft(true);

    world.send(*fresh_, right, 1);
    world.run(16s);

    EXPECT_THAT(
        pausesInTenths(),
        ElementsAre(
            testing::AllOf(testing::Ge(3), testing::Le(4)),
            testing::AllOf(testing::Ge(6), testing::Le(7)),
            testing::AllOf(testing::Ge(12), testing::Le(13)),
            testing::AllOf(testing::Ge(25), testing::Le(27)),
            testing::AllOf(testing::Ge(50), testing::Le(53)),
            testing::AllOf(testing::Ge(50), testing::Le(53))));
}

TEST_F(Calls, GoByTheProtocolWhereNobodyAskedForMore) {
    makeLeft(false);

    world.send(*fresh_, right, 1);
    world.run(6s);

    EXPECT_THAT(pausesInTenths(), ElementsAre(testing::AllOf(testing::Ge(50), testing::Le(53))));
}

TEST_F(Calls, GoByTheProtocolOnceThePeerHasAnswered) {
    makeLeft(true);
    answers_ = true;
    world.send(*fresh_, right, 1);
    world.settle();
    ASSERT_THAT(right.received, ElementsAre(1));
    world.run(weft::wireguard::kRekeyAfterTime + kTick);
    answers_ = false;
    times_.clear();

    world.send(*fresh_, right, 2);
    world.run(6s);

    EXPECT_THAT(pausesInTenths(), ElementsAre(testing::AllOf(testing::Ge(50), testing::Le(53))));
}

TEST_F(Calls, AreMadeAtOnceAndEverywhereWhenTheNetworkChanges) {
    tell({nowhere(1)}, true);
    establish();
    world.run(1s);
    const auto handshakes = world.statisticsOf(left, right).handshakes;
    world.history.clear();

    left.engine->seekPeers(world.momentOf(left));
    world.run(kTick);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(1)));
    EXPECT_EQ(world.statisticsOf(left, right).handshakes, handshakes + 1);
}

TEST_F(Calls, DoNotWaitForOneThatWentByTheOldNetwork) {
    makeLeft(true);
    world.send(*fresh_, right, 1);
    world.run(20s);
    times_.clear();

    fresh_->engine->seekPeers(world.momentOf(*fresh_));
    answers_ = true;
    world.run(kTick);

    EXPECT_THAT(times_, testing::SizeIs(1));
    EXPECT_THAT(right.received, ElementsAre(1));
}

TEST_F(Calls, LeaveASessionAsItIsUntilTheNewOneIsThere) {
    establish();
    world.filter = [](const Datagram& datagram) { return datagram.type() != 1; };
    left.engine->seekPeers(world.momentOf(left));
    right.received.clear();

    world.send(left, right, 9);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(9));
}

TEST_F(Calls, OfAPeerThatTellsOfOtherPlacesAreMadeAtOnceWhileItIsUsedWhereItWas) {
    establish();
    world.run(weft::wireguard::kRekeyTimeout);
    world.history.clear();
    auto settings = World::settingsFor(right, false);
    settings.candidates = {placeAt(nowhere(1))};
    settings.isSought = true;

    world.apply(left, std::move(settings));
    world.run(kTick);

    EXPECT_THAT(called(), ElementsAre(right.endpoint, nowhere(1)));
    EXPECT_EQ(endpointOf(left, right), right.endpoint);
}

TEST_F(Calls, OfAPeerThatTellsOfOtherPlacesAgainAndAgainKeepThePaceOfTheProtocol) {
    establish();
    world.run(1s);
    world.history.clear();
    world.filter = [](const Datagram& datagram) { return datagram.type() != 1; };
    for (std::uint32_t i = 0; i < 100; ++i) {
        auto settings = World::settingsFor(right, false);
        settings.candidates = {placeAt(nowhere(i))};
        settings.isSought = true;
        world.apply(left, std::move(settings));
        world.run(100ms);
    }

    EXPECT_LE(called().size(), 4U) << "twice in ten seconds, to two places";
}

TEST_F(Calls, OfADoubtedPeerAreMadeAtOnceAndSoonAgain) {
    makeLeft(true);
    answers_ = true;
    world.send(*fresh_, right, 1);
    world.run(100ms);
    answers_ = false;
    times_.clear();
    auto settings = World::settingsFor(right, false);
    settings.isDoubted = true;

    world.apply(*fresh_, std::move(settings));
    world.run(2s);

    EXPECT_THAT(times_, testing::SizeIs(3)) << "after 0, 300 and 900 ms";
}

TEST_F(Calls, AreNotMadeToPeersThatNobodyUses) {
    makeLeft(true);

    fresh_->engine->seekPeers(world.momentOf(*fresh_));
    world.run(kTick);

    EXPECT_THAT(times_, IsEmpty());
}

TEST_F(Calls, SayWhenThePeerWasHeard) {
    establish();
    const auto before = world.statisticsOf(right, left).lastHeard;
    ASSERT_TRUE(before);
    world.run(7s);

    world.send(left, right, 2);
    world.settle();

    EXPECT_GE(*world.statisticsOf(right, left).lastHeard - *before, 7s);
}

}  // namespace
