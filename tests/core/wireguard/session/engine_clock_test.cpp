// SPDX-License-Identifier: Apache-2.0
// Clocks that jump, and the stamps that must outlive it.
#include "core/wireguard/session/detail/stamp_source.h"
#include "tests/core/wireguard/session/pair.h"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using weft::wireguard::EngineOptions;
using weft::wireguard::Moment;
using weft::wireguard::Tai64n;
using weft::wireguard::detail::StampSource;

using Clock = weft::tests::PairTest;

constexpr auto kYear = 24h * 365;

TEST_F(Clock, JumpsOfTheTimeOfDayDoNotTouchRunningEngines) {
    establish();
    for (const weft::Duration jump :
         {weft::Duration(10s),
          -weft::Duration(2h),
          weft::Duration(20 * kYear),
          -weft::Duration(10 * kYear)}) {
        left.wallOffset = jump;
        right.wallOffset = -jump;
        // Long enough for a new session in each.
        for (int i = 0; i < 20; ++i) {
            world.send(left, right, 5);
            world.send(right, left, 5);
            world.run(10s);
        }
    }

    EXPECT_EQ(left.received.size(), 80U);
    EXPECT_EQ(right.received.size(), 80U);
    EXPECT_GE(world.statisticsOf(left, right).rekeys, 5U);
}

TEST_F(Clock, AClockThatWasAheadForAWhileBurnsNoStamp) {
    // CVE-2021-46873: a handshake while the clock is wrong must not end all later ones.
    left.wallOffset = 20 * kYear;
    establish();
    world.run(10min);
    left.wallOffset = {};

    world.send(left, right, 5);
    world.run(1s);

    EXPECT_THAT(right.received, ElementsAre(5));
}

TEST_F(Clock, AStartWithAClockAheadAndOneWithItCorrectedAgree) {
    EngineOptions options;
    options.storesStamps = true;
    auto& node = world.addNode(options);
    world.introduce(node, right);
    world.introduce(right, node);
    node.wallOffset = 20 * kYear;
    world.restart(node);
    const auto stored = node.engine->stampToStore();
    ASSERT_TRUE(stored);
    node.engine->stampStored(*stored);
    world.send(node, right, 1);
    world.settle();
    ASSERT_THAT(right.received, ElementsAre(1));

    node.wallOffset = {};
    node.options.storedStamp = stored;
    world.restart(node);
    node.engine->stampStored(node.engine->stampToStore().value());
    world.run(1s);
    world.send(node, right, 2);
    world.settle();

    EXPECT_THAT(right.received, ElementsAre(1, 2));
}

TEST_F(Clock, NoInitiationLeavesBeforeItsBoundIsStored) {
    EngineOptions options;
    options.storesStamps = true;
    auto& node = world.addNode(options);
    world.introduce(node, right);
    world.introduce(right, node);
    world.send(node, right, 1);
    world.run(1s);
    EXPECT_EQ(node.sentByType[1], 0);

    node.engine->stampStored(node.engine->stampToStore().value());
    EXPECT_EQ(node.engine->stampToStore(), std::nullopt);
    world.run(1s);

    EXPECT_EQ(node.sentByType[1], 1);
    EXPECT_THAT(right.received, ElementsAre(1));
}

class Stamps : public testing::Test {
public:
    const Moment start{weft::TimePoint(1h), weft::WallTime(1'767'225'600s)};
};

TEST_F(Stamps, FollowTheClockOfTheStartAndTheTimeSince) {
    StampSource stamps(start, std::nullopt, false);

    EXPECT_EQ(stamps.next({}, start.now), Tai64n::from(start.wall));
    EXPECT_EQ(stamps.next({}, start.now + 1h), Tai64n::from(start.wall + 1h));
}

TEST_F(Stamps, AreGreaterThanTheLastOne) {
    StampSource stamps(start, std::nullopt, false);
    const auto last = Tai64n::from(start.wall + 5s);

    EXPECT_EQ(stamps.next(last, start.now), last.next());
}

TEST_F(Stamps, NeverExceedWhatIsStored) {
    StampSource stamps(start, std::nullopt, true);
    const auto bound = stamps.toStore().value();
    EXPECT_EQ(stamps.next({}, start.now), std::nullopt);
    stamps.stored(bound);

    EXPECT_EQ(stamps.next({}, start.now), Tai64n::from(start.wall));
    EXPECT_EQ(stamps.toStore(), std::nullopt);
    // Hours later the bound itself is good for one more, and a new one is asked for.
    EXPECT_EQ(stamps.next({}, start.now + 5h), bound);
    EXPECT_EQ(stamps.next(bound, start.now + 5h), std::nullopt);
    ASSERT_TRUE(stamps.toStore());
    EXPECT_GT(*stamps.toStore(), Tai64n::from(start.wall + 5h));
}

TEST_F(Stamps, AskForANewBoundBeforeTheOldOneIsReached) {
    StampSource stamps(start, std::nullopt, true);
    stamps.stored(stamps.toStore().value());

    EXPECT_EQ(stamps.next({}, start.now + 29s), Tai64n::from(start.wall + 29s));
    EXPECT_EQ(stamps.toStore(), std::nullopt);
    EXPECT_EQ(stamps.next({}, start.now + 31s), Tai64n::from(start.wall + 31s));
    EXPECT_TRUE(stamps.toStore());
}

TEST_F(Stamps, GoOnAboveWhatAnEarlierRunStored) {
    const auto stored = Tai64n::from(start.wall + 20 * kYear);
    StampSource stamps(start, stored, true);
    stamps.stored(stamps.toStore().value());

    EXPECT_GT(stamps.next({}, start.now).value(), stored);
}

TEST_F(Stamps, TakeAStoredBoundAtTheEndOfTime) {
    Tai64n stored;
    stored.bytes.fill(0xff);
    StampSource stamps(start, stored, true);

    stamps.stored(stored);

    EXPECT_LE(stamps.next({}, start.now + 24h).value(), stored);
}

}  // namespace
