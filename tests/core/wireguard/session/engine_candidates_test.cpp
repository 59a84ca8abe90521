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

}  // namespace
