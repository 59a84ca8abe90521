// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/member_machine.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace weft::mesh::detail {
namespace {

using namespace std::chrono_literals;
using Action = MemberAction;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TimePoint kStart{1h};

const AttemptResult kFine{};
AttemptResult passing() {
    return {true, unavailable("away")};
}
AttemptResult final() {
    return {false, permissionDenied("no")};
}

MemberMachine connected(std::size_t addresses = 1) {
    MemberMachine machine({.addresses = addresses, .maxJoinRetries = 15});
    machine.start({kStart, 0});
    machine.onJoined(kFine, {kStart, 0});
    machine.onFollowing(kFine, {kStart, 0});
    return machine;
}

TEST(MemberMachine, GoesStepByStep) {
    MemberMachine machine({.addresses = 1, .maxJoinRetries = 15});

    EXPECT_THAT(
        machine.start({kStart, 0}), ElementsAre(Action::DropLink, Action::Dial, Action::Join));
    EXPECT_THAT(machine.start({kStart, 0}), IsEmpty()) << "once";
    EXPECT_EQ(machine.nextDeadline(), kStart + MemberMachine::kAttemptLimit);
    EXPECT_THAT(machine.onJoined(kFine, {kStart, 0}), ElementsAre(Action::Follow));
    EXPECT_THAT(machine.onFollowing(kFine, {kStart, 0}), IsEmpty());
    EXPECT_EQ(machine.phase(), MemberPhase::Connected);
    EXPECT_EQ(machine.nextDeadline(), std::nullopt);
}

TEST(MemberMachine, AsksAMeshThatItKnowsForItsIdentityFirst) {
    MemberMachine machine({.addresses = 1, .maxJoinRetries = 15});
    machine.setKnowsMesh(true);

    EXPECT_THAT(
        machine.start({kStart, 0}),
        ElementsAre(Action::DropLink, Action::Dial, Action::CheckIdentity));
    EXPECT_EQ(machine.phase(), MemberPhase::ReachingMember);
    EXPECT_THAT(machine.onIdentityChecked(kFine, {kStart, 0}), ElementsAre(Action::Join));
}

TEST(MemberMachine, EventsOfAnotherPhaseAreIgnored) {
    auto machine = connected();

    EXPECT_THAT(machine.onJoined(kFine, {kStart, 0}), IsEmpty());
    EXPECT_THAT(machine.onIdentityChecked(final(), {kStart, 0}), IsEmpty());
    EXPECT_THAT(machine.onFollowing(passing(), {kStart, 0}), IsEmpty());
    EXPECT_THAT(machine.onLeft(), IsEmpty());
    EXPECT_THAT(machine.onDeadline({kStart + 1h, 0}), IsEmpty());
    EXPECT_THAT(machine.retryNow({kStart, 0}), IsEmpty());
    EXPECT_EQ(machine.phase(), MemberPhase::Connected);
}

TEST(MemberMachine, IsFinalOnlyWhenEveryAddressIs) {
    MemberMachine machine({.addresses = 2, .maxJoinRetries = 15});
    machine.start({kStart, 0});
    EXPECT_THAT(
        machine.onJoined(final(), {kStart, 0}),
        ElementsAre(Action::DropLink, Action::Dial, Action::Join));
    machine.onJoined(passing(), {kStart, 0});
    EXPECT_EQ(machine.phase(), MemberPhase::ReachingMember);

    machine.onDeadline({kStart + 1s, 0});
    machine.onJoined(final(), {kStart + 1s, 0});
    machine.onJoined(final(), {kStart + 1s, 0});

    EXPECT_EQ(machine.phase(), MemberPhase::Failed);
    EXPECT_EQ(machine.failure().code(), StatusCode::kPermissionDenied);
}

/// The pauses between attempts that all meet nobody, in seconds.
std::vector<double> pausesOf(MemberMachine& machine, int rounds) {
    std::vector<double> pauses;
    auto now = kStart;
    machine.start({now, 1});
    for (int round = 0; round < rounds && machine.phase() != MemberPhase::Failed; ++round) {
        machine.onIdentityChecked(passing(), {now, 1});
        machine.onJoined(passing(), {now, 1});
        if (!machine.isWaiting()) {
            break;
        }
        pauses.push_back(std::chrono::duration<double>(*machine.nextDeadline() - now).count());
        now = *machine.nextDeadline();
        machine.onDeadline({now, 1});
    }
    return pauses;
}

TEST(MemberMachine, GivesUpAMeshThatItWasNeverIn) {
    MemberMachine machine({.addresses = 1, .maxJoinRetries = 2});

    EXPECT_THAT(pausesOf(machine, 20), ElementsAre(1, 1));
    EXPECT_EQ(machine.phase(), MemberPhase::Failed);
}

TEST(MemberMachine, GoesOnLessOftenWhenNobodyWouldStartItAgain) {
    MemberMachine unattended({.addresses = 1, .maxJoinRetries = 2, .keepsTrying = true});
    MemberMachine known({.addresses = 1, .maxJoinRetries = 2});
    known.setKnowsMesh(true);

    for (auto* machine : {&unattended, &known}) {
        EXPECT_THAT(pausesOf(*machine, 10), ElementsAre(1, 1, 1, 2, 4, 8, 16, 32, 60, 60));
        EXPECT_NE(machine->phase(), MemberPhase::Failed);
    }
    known.onIdentityChecked(final(), {kStart + 1h, 1});
    EXPECT_EQ(known.phase(), MemberPhase::Failed) << "a refusal is one all the same";
}

/// What lies between the attempts of a member that has lost its server and finds nobody, without
/// the random part.
std::vector<double> pausesAfterLoss(double jitter, double share, std::size_t count) {
    auto machine = connected();
    auto now = kStart + 1s;
    machine.onLost(unavailable("x"), {now, jitter});
    std::vector<double> pauses;
    while (pauses.size() < count) {
        const std::chrono::duration<double> pause = *machine.nextDeadline() - now;
        pauses.push_back(pause.count() / share);
        now = *machine.nextDeadline();
        machine.onDeadline({now, jitter});
        machine.onJoined(passing(), {now, jitter});
    }
    return pauses;
}

TEST(MemberMachine, PausesDoubleUpToAMinuteOnceTheServerIsNotJustBeingRestarted) {
    const auto pauses = pausesAfterLoss(1, 1, 40);

    const std::vector<double> first(pauses.begin(), pauses.begin() + 3);
    EXPECT_THAT(first, ElementsAre(1, 2, 2));
    const auto longer = std::ranges::find(pauses, 4.0);
    EXPECT_EQ(std::ranges::count(pauses, 2.0), 30) << "for a minute";
    ASSERT_GE(pauses.end() - longer, 5);
    EXPECT_THAT(std::vector<double>(longer, longer + 5), ElementsAre(4.0, 8.0, 16.0, 32.0, 60.0));
}

TEST(MemberMachine, HalfOfAPauseIsRandom) {
    const auto longest = pausesAfterLoss(1, 1, 10);

    EXPECT_EQ(pausesAfterLoss(0, 0.5, 10), longest);
}

TEST(MemberMachine, PausesGrowForWhoIsCutOffAgainAndAgain) {
    auto machine = connected();
    auto now = kStart + 1s;
    std::vector<double> pauses;
    while (pauses.size() < 6) {
        machine.onLost(unavailable("x"), {now, 1});
        const std::chrono::duration<double> pause = *machine.nextDeadline() - now;
        pauses.push_back(pause.count());
        now = *machine.nextDeadline();
        machine.onDeadline({now, 1});
        machine.onJoined(kFine, {now, 1});
        machine.onFollowing(kFine, {now, 1});
    }

    EXPECT_THAT(pauses, ElementsAre(1, 2, 4, 8, 16, 32));
}

TEST(MemberMachine, ASteadyConnectionStartsOverWithShortPauses) {
    auto machine = connected();
    machine.onLost(unavailable("x"), {kStart + 1s, 1});
    machine.onDeadline({kStart + 2s, 1});
    machine.onJoined(kFine, {kStart + 2s, 1});
    machine.onFollowing(kFine, {kStart + 2s, 1});
    auto flapping = machine;

    flapping.onLost(unavailable("x"), {kStart + 3s, 1});
    machine.onLost(unavailable("x"), {kStart + 40s, 1});

    EXPECT_EQ(*flapping.nextDeadline(), kStart + 5s);
    EXPECT_EQ(*machine.nextDeadline(), kStart + 41s);
}

TEST(MemberMachine, AnAttemptHasALimit) {
    MemberMachine machine({.addresses = 1, .maxJoinRetries = 15});
    machine.start({kStart, 0});

    EXPECT_THAT(machine.onDeadline({kStart + 29s, 0}), IsEmpty());
    EXPECT_THAT(machine.onDeadline({kStart + 30s, 0}), ElementsAre(Action::DropLink));
    EXPECT_EQ(machine.failure().code(), StatusCode::kDeadlineExceeded);
    EXPECT_EQ(*machine.nextDeadline(), kStart + 31s);
}

TEST(MemberMachine, LeavesOnlyWhereItMayBeAMember) {
    MemberMachine never({.addresses = 1, .maxJoinRetries = 15});
    EXPECT_THAT(never.stop(true, 5s, {kStart, 0}), ElementsAre(Action::DropLink, Action::Finish));

    MemberMachine joining({.addresses = 1, .maxJoinRetries = 15});
    joining.start({kStart, 0});
    EXPECT_THAT(joining.stop(true, 5s, {kStart, 0}), ElementsAre(Action::Leave))
        << "the answer may be on its way";

    auto away = connected();
    away.onLost(unavailable("x"), {kStart, 0});
    EXPECT_THAT(
        away.stop(true, 5s, {kStart, 0}),
        ElementsAre(Action::DropLink, Action::Dial, Action::Leave));
    EXPECT_THAT(away.onDeadline({kStart + 5s, 0}), ElementsAre(Action::DropLink, Action::Finish));
    EXPECT_EQ(away.phase(), MemberPhase::Off);
}

TEST(MemberMachine, AsksForASignOfLifeWhenTheNetworkChanges) {
    auto machine = connected();

    EXPECT_THAT(machine.onNetwork({kStart, 0}), ElementsAre(Action::Check));
    EXPECT_EQ(machine.phase(), MemberPhase::Connected);
    EXPECT_THAT(
        machine.onCheckFailed(unavailable("silent"), {kStart, 0}),
        ElementsAre(Action::DropLink, Action::Dial, Action::Join))
        << "at once";
    EXPECT_EQ(machine.failure().code(), StatusCode::kUnavailable);
    EXPECT_THAT(machine.onCheckFailed(unavailable("silent"), {kStart, 0}), IsEmpty()) << "once";
}

TEST(MemberMachine, AChangeOfTheNetworkEndsTheWaitAndStartsOverWithShortPauses) {
    auto machine = connected();
    machine.onLost(unavailable("gone"), {kStart, 1});
    auto now = kStart;
    for (int i = 0; i < 45; ++i) {
        now = *machine.nextDeadline();
        machine.onDeadline({now, 1});
        machine.onJoined(passing(), {now, 1});
    }
    ASSERT_TRUE(machine.isWaiting());
    ASSERT_EQ(*machine.nextDeadline() - now, MemberMachine::kMaxBackOff);

    EXPECT_THAT(
        machine.onNetwork({now, 1}), ElementsAre(Action::DropLink, Action::Dial, Action::Join));

    machine.onJoined(passing(), {now, 1});
    EXPECT_EQ(*machine.nextDeadline() - now, MemberMachine::kRetryPause);
}

TEST(MemberMachine, AChangeOfTheNetworkBeginsAnAttemptAnewAndCountsNothing) {
    MemberMachine machine({.addresses = 2, .maxJoinRetries = 0});
    machine.start({kStart, 0});

    for (int i = 0; i < 5; ++i) {
        EXPECT_THAT(
            machine.onNetwork({kStart + 20s, 0}),
            ElementsAre(Action::DropLink, Action::Dial, Action::Join));
    }

    EXPECT_EQ(machine.nextDeadline(), kStart + 20s + MemberMachine::kAttemptLimit);
    EXPECT_EQ(machine.address(), 0U);
    EXPECT_THAT(
        machine.onJoined(passing(), {kStart, 0}),
        ElementsAre(Action::DropLink, Action::Dial, Action::Join))
        << "the second address of the round";
    EXPECT_EQ(machine.address(), 1U);
}

TEST(MemberMachine, AChangeOfTheNetworkStartsNothingThatHasEnded) {
    MemberMachine off({.addresses = 1, .maxJoinRetries = 1});
    EXPECT_THAT(off.onNetwork({kStart, 0}), IsEmpty());
    auto leaving = connected();
    leaving.stop(true, 5s, {kStart, 0});
    EXPECT_THAT(leaving.onNetwork({kStart, 0}), IsEmpty());
    EXPECT_EQ(leaving.phase(), MemberPhase::Leaving);
    MemberMachine failed({.addresses = 1, .maxJoinRetries = 1});
    failed.start({kStart, 0});
    failed.onJoined(final(), {kStart, 0});
    EXPECT_THAT(failed.onNetwork({kStart, 0}), IsEmpty());
}

}  // namespace
}  // namespace weft::mesh::detail
