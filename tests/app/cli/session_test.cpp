// SPDX-License-Identifier: Apache-2.0
#include "app/cli/session.h"

#include "app/cli/connection_wait.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(EventPump, RunsTasksInTheOrderOfPosting) {
    EventPump pump;
    std::vector<int> ran;
    std::thread other([&] {
        for (int i = 0; i < 3; ++i) {
            pump.post([&ran, i] { ran.push_back(i); });
        }
    });

    const Status status = pump.runUntil([&] { return ran.size() == 3; }, std::nullopt);
    other.join();

    EXPECT_TRUE(status.ok());
    EXPECT_THAT(ran, ElementsAre(0, 1, 2));
}

TEST(EventPump, EndsWhenInterruptedFromAnotherThread) {
    EventPump pump;
    std::thread other([&] { pump.interrupt(); });

    const Status status = pump.runUntil([] { return false; }, std::nullopt);
    other.join();

    EXPECT_EQ(status.code(), StatusCode::kCancelled);
    EXPECT_TRUE(pump.interrupted());
}

TEST(EventPump, EndsAtTheDeadline) {
    EventPump pump;
    const base::SystemClock clock;

    const Status ended = pump.runUntil([] { return false; }, clock.now());
    EXPECT_EQ(ended.code(), StatusCode::kDeadlineExceeded);
    EXPECT_THAT(messageOf(ended), HasSubstr("may be done all the same"));
}

TEST(EventPump, TellsThatEventsWereLost) {
    EventPump pump;
    std::size_t ran = 0;
    for (std::size_t i = 0; i <= EventPump::kMostWaiting; ++i) {
        pump.post([&ran] { ++ran; });
    }

    const Status status = pump.runUntil([] { return false; }, std::nullopt);

    EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(ran, EventPump::kMostWaiting);
}

TEST(Session, ReachesADaemonThatIsThere) {
    DirectRun run("home");

    EXPECT_TRUE(run.session.reach().ok());
    EXPECT_FALSE(run.session.lost());
}

TEST(Session, SaysWhatToDoWhenThereIsNoDaemon) {
    DirectRun run("lost");

    const Status status = run.session.reach();

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(status), HasSubstr("systemctl start weftd"));
    EXPECT_TRUE(run.session.lost());
}

TEST(Session, DoesNotWaitForeverForADaemonThatHangs) {
    tests::FakeClock clock;
    tests::FakeController daemon(
        tests::fakeScene("waiting", clock.wallNow()).value(),
        tests::FakeController::Delivery::OwnThread);
    Session session(daemon, 1ms);

    const Status reached = session.reach();
    EXPECT_EQ(reached.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(reached), HasSubstr("is there, but did not answer within 1 s"));
    EXPECT_EQ(session.state().status().code(), StatusCode::kUnavailable);
    EXPECT_EQ(
        session
            .call<std::string>(
                [&](Callback<std::string> done) { daemon.get("a", std::move(done)); })
            .status()
            .code(),
        StatusCode::kDeadlineExceeded);
}

TEST(Session, WaitsForADaemonThatIsThereAndSlow) {
    DirectRun run("waiting");
    run.daemon.setLink(api::LinkState::Lost, deadlineExceeded("it did not answer in time"));
    run.whileWaiting([&run] { run.daemon.setLink(api::LinkState::Ready, okStatus()); });
    bool isSlow = false;

    const Status status = run.session.reach([&isSlow] { isSlow = true; });

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_FALSE(isSlow) << "it took no time";
}

TEST(Session, WaitsForAListThatComesInPieces) {
    // As a daemon does that begins with what it knew before anybody watched: nothing.
    auto scene = tests::fakeScene("home", tests::FakeClock().wallNow()).value();
    const api::ProfileId home{"home"};
    const auto all = std::exchange(scene.peers[home], {});
    tests::FakeController daemon(scene, tests::FakeController::Delivery::OwnThread);
    Session session(daemon, 10s, 1ms);
    session.pump().post([&] {
        api::PeersUpdate first;
        first.changed = {all[1], all[2]};
        api::PeersUpdate second;
        second.changed = {all[0]};
        second.removedIds = {all[2].id};
        daemon.updatePeers(home, first);
        daemon.updatePeers(home, second);
    });

    const auto peers = session.peers(home);

    ASSERT_TRUE(peers.ok()) << messageOf(peers.status());
    ASSERT_EQ(peers->size(), 2U);
    EXPECT_EQ(peers->at(0).id, "laptop");
    EXPECT_EQ(peers->at(1).id, "nas");
}

TEST(Session, TakesAListThatSaysThatItIsCompleteAtOnce) {
    auto scene = tests::fakeScene("home", tests::FakeClock().wallNow()).value();
    const api::ProfileId home{"home"};
    const auto all = std::exchange(scene.peers[home], {});
    tests::FakeController daemon(scene, tests::FakeController::Delivery::OwnThread);
    // Would it wait for the list to rest, the call would run into its limit.
    Session session(daemon, 10s, 1h);
    session.pump().post([&] {
        api::PeersUpdate first;
        first.changed = {all[0], all[1]};
        api::PeersUpdate last;
        last.changed = {all[2]};
        last.complete = true;
        daemon.updatePeers(home, first);
        daemon.updatePeers(home, last);
    });

    const auto peers = session.peers(home);

    ASSERT_TRUE(peers.ok()) << messageOf(peers.status());
    EXPECT_EQ(peers->size(), 3U);
}

TEST(ChooseProfile, TakesIdsNamesAndTheDefault) {
    DirectRun run("several");
    const auto state = run.session.state().value();

    EXPECT_EQ(chooseProfile(state, "")->id.value(), "home");
    EXPECT_EQ(chooseProfile(state, "club")->id.value(), "club");
    EXPECT_EQ(chooseProfile(state, "Sailing club")->id.value(), "club");
    const auto unknown = chooseProfile(state, "nowhere").status();
    EXPECT_EQ(unknown.code(), StatusCode::kNotFound);
    EXPECT_THAT(messageOf(unknown), HasSubstr("home, work, lab, club"));
}

TEST(ChooseProfile, AsksForAnIdWhenANameIsNotUnique) {
    DirectRun run("several");
    auto state = run.session.state().value();
    state.profiles[1].name = state.profiles[2].name;

    EXPECT_EQ(
        chooseProfile(state, state.profiles[1].name).status().code(), StatusCode::kInvalidArgument);
}

void setState(tests::FakeController& daemon, api::ConnectionState next) {
    daemon.updateState([next](api::DaemonState& state) {
        state.connections.front().state = next;
        if (next == api::ConnectionState::Failed) {
            state.connections.front().failure = {
                api::Severity::Error, "The door is locked.", "Bring the key."};
        }
    });
}

TEST(WaitUntilConnected, FollowsTheStepsToTheEnd) {
    DirectRun run("connecting");
    run.whileWaiting([&run] { setState(run.daemon, api::ConnectionState::Connected); });

    const Status status = waitUntilConnected(run.context, api::ProfileId{"home"}, 0);

    EXPECT_TRUE(status.ok()) << messageOf(status);
    EXPECT_THAT(run.notes.str(), HasSubstr("[3/6] Proving who we are"));
}

TEST(WaitUntilConnected, TellsReasonAndRemedyOfAFailure) {
    DirectRun run("connecting");
    run.whileWaiting([&run] { setState(run.daemon, api::ConnectionState::Failed); });

    const Status status = waitUntilConnected(run.context, api::ProfileId{"home"}, 0);

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(messageOf(status), "The door is locked. Bring the key.");
}

TEST(WaitUntilConnected, DoesNotTakeAnOldFailureForANewOne) {
    DirectRun run("failed");
    const auto before = run.session.state().value();
    run.whileWaiting([&run] {
        setState(run.daemon, api::ConnectionState::Connecting);
        setState(run.daemon, api::ConnectionState::Connected);
    });

    const Status status = waitUntilConnected(run.context, api::ProfileId{"home"}, before.revision);

    EXPECT_TRUE(status.ok()) << messageOf(status);
}

TEST(WaitUntilConnected, EndsWhenSomebodyElseStopsIt) {
    DirectRun run("connecting");
    run.whileWaiting([&run] { setState(run.daemon, api::ConnectionState::Off); });

    EXPECT_EQ(
        waitUntilConnected(run.context, api::ProfileId{"home"}, 0).code(),
        StatusCode::kFailedPrecondition);
}

TEST(WaitUntilConnected, EndsWhenTheDaemonGoes) {
    DirectRun run("connecting");
    run.whileWaiting(
        [&run] { run.daemon.setLink(api::LinkState::Lost, unavailable("the socket is closed")); });

    const Status status = waitUntilConnected(run.context, api::ProfileId{"home"}, 0);

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(status), HasSubstr("weftd has gone"));
}

TEST(WordOrLine, ReadsStandardInputForADash) {
    DirectRun run("home");
    run.in.str("weft1-abc\r\nmore\n");

    EXPECT_EQ(wordOrLine(run.context, "given").value(), "given");
    EXPECT_EQ(wordOrLine(run.context, "-").value(), "weft1-abc");
    run.in.str("");
    run.in.clear();
    EXPECT_EQ(wordOrLine(run.context, "-").status().code(), StatusCode::kInvalidArgument);
    run.in.str(std::string(100000, 'a'));
    run.in.clear();
    EXPECT_EQ(wordOrLine(run.context, "-").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::cli
