// SPDX-License-Identifier: Apache-2.0
#include "core/control/controller.h"

#include "core/api/drafts.h"
#include "core/api/planning.h"
#include "core/base/unique_fd.h"
#include "tests/core/control/fake_daemon.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>

namespace weft::control {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kPatience = 20s;

/// What a callback brought, for a test to wait for.
template <typename T>
class Received {
public:
    Callback<T> callback() {
        return [promise = promise_](StatusOr<T> value) { promise->set_value(std::move(value)); };
    }
    StatusOr<T> wait() {
        auto future = promise_->get_future();
        if (future.wait_for(kPatience) != std::future_status::ready) {
            return deadlineExceeded("the callback was not called");
        }
        return future.get();
    }

private:
    std::shared_ptr<std::promise<StatusOr<T>>> promise_ =
        std::make_shared<std::promise<StatusOr<T>>>();
};

class ReceivedStatus {
public:
    StatusCallback callback() {
        return [promise = promise_](const Status& status) { promise->set_value(status); };
    }
    Status wait() {
        auto future = promise_->get_future();
        if (future.wait_for(kPatience) != std::future_status::ready) {
            return deadlineExceeded("the callback was not called");
        }
        return future.get();
    }

private:
    std::shared_ptr<std::promise<Status>> promise_ = std::make_shared<std::promise<Status>>();
};

/// Values of a watch, in order.
template <typename T>
class Seen {
public:
    void add(T value) {
        {
            const base::MutexLock lock(mutex_);
            values_.push_back(std::move(value));
        }
        changed_.notifyAll();
    }
    /// Waits until `count` values have come; what is there by then.
    std::vector<T> waitFor(std::size_t count) {
        const auto limit = std::chrono::steady_clock::now() + kPatience;
        const base::MutexLock lock(mutex_);
        while (values_.size() < count) {
            if (changed_.waitUntil(mutex_, limit) == std::cv_status::timeout) {
                break;
            }
        }
        return values_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::vector<T> values_;
};

class ControllerTest : public ::testing::Test {
protected:
    std::filesystem::path socket() const { return folder_ / "weft.sock"; }
    std::unique_ptr<api::Controller> controller() const {
        ControllerOptions options;
        options.firstRetry = 10ms;
        options.longestRetry = 50ms;
        options.statusInterval = 10ms;
        options.nodesInterval = 10ms;
        return connectLocal(socket(), options);
    }

    tests::TempDir folder_;
};

TEST_F(ControllerTest, AnswersUnavailableWhileThereIsNoDaemon) {
    auto subject = controller();
    Received<api::Capabilities> capabilities;

    subject->capabilities(capabilities.callback());

    EXPECT_EQ(capabilities.wait().status().code(), StatusCode::kUnavailable);
}

TEST_F(ControllerTest, WaitsForADaemonThatIsThereAsLongAsTheCallMayTake) {
    // It listens, and has no time for anybody.
    const base::UniqueFd busy(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = socket().string();
    ASSERT_LT(path.size(), sizeof address.sun_path);
    std::ranges::copy(path, address.sun_path);
    ASSERT_EQ(::bind(busy.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(busy.get(), 8), 0);
    ControllerOptions options;
    options.callTimeout = 700ms;
    options.firstRetry = 10ms;
    auto subject = connectLocal(socket(), options);
    Received<api::Capabilities> capabilities;

    subject->capabilities(capabilities.callback());

    EXPECT_EQ(capabilities.wait().status().code(), StatusCode::kDeadlineExceeded)
        << "it was given up before";
}

TEST_F(ControllerTest, TellsCapabilitiesOfAWholeDaemon) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    Received<api::Capabilities> capabilities;

    subject->capabilities(capabilities.callback());

    const auto answer = capabilities.wait();
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->version, "1.2.3");
    EXPECT_EQ(answer->grade, api::Grade::Operate);
    EXPECT_TRUE(answer->hasLocalApi);
    EXPECT_TRUE(answer->has("profiles"));
}

TEST_F(ControllerTest, SaysWhatAnAppDaemonAloneCannotDo) {
    const tests::FakeDaemon daemon(socket(), false);
    auto subject = controller();
    Received<api::Capabilities> capabilities;
    Received<std::vector<api::Invitation>> invitations;

    subject->capabilities(capabilities.callback());
    subject->invitations(api::ProfileId("default"), invitations.callback());

    EXPECT_FALSE(capabilities.wait()->hasLocalApi);
    const auto answer = invitations.wait();
    EXPECT_EQ(answer.status().code(), StatusCode::kUnimplemented);
    EXPECT_THAT(messageOf(answer.status()), HasSubstr("this daemon cannot list invitations"));
}

TEST_F(ControllerTest, AsksForCapabilitiesOnceForManyCalls) {
    tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();

    for (int i = 0; i < 3; ++i) {
        Received<api::Graph> graph;
        subject->graph(api::ProfileId("home"), graph.callback());
        EXPECT_EQ(graph.wait().status().code(), StatusCode::kUnimplemented);
    }

    EXPECT_EQ(daemon.local.capabilityCalls, 1);
}

TEST_F(ControllerTest, TakesANodeRecordAsConnectedWhateverTheStatusSays) {
    tests::FakeDaemon daemon(socket(), false);
    auto subject = controller();
    Seen<api::DaemonState> states;
    const auto watch =
        subject->watchState([&states](const api::DaemonState& state) { states.add(state); });
    ASSERT_THAT(states.waitFor(1), SizeIs(1));
    ReceivedStatus connected;

    subject->connectProfile(api::ProfileId("default"), {}, connected.callback());

    EXPECT_TRUE(connected.wait().ok());
    const auto seen = states.waitFor(2);
    ASSERT_THAT(seen, SizeIs(2));
    EXPECT_EQ(seen[0].connections.at(0).state, api::ConnectionState::Off);
    EXPECT_EQ(seen[1].connections.at(0).state, api::ConnectionState::Connected);
    EXPECT_EQ(seen[1].connections.at(0).addressIpv4, "172.16.0.2/32");
}

TEST_F(ControllerTest, TakesUnimplementedAfterAnAnswerAsItsEnd) {
    const tests::FakeDaemon daemon(socket(), false);
    auto subject = controller();
    Received<std::string> value;
    Received<std::vector<std::string>> keys;
    Received<std::vector<api::KeyValue>> pairs;
    Received<std::string> missing;

    subject->get("/a", value.callback());
    subject->listKeys("/", keys.callback());
    subject->iterate("/b", pairs.callback());
    subject->get("/missing", missing.callback());

    EXPECT_EQ(value.wait().value(), "one");
    EXPECT_THAT(keys.wait().value(), ElementsAre("one", "two"));
    const auto all = pairs.wait().value();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].key, "/b");
    EXPECT_EQ(all[0].value, "1");
    EXPECT_EQ(missing.wait().status().code(), StatusCode::kNotFound);
}

TEST_F(ControllerTest, TellsWhyASubscriptionEnded) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    Seen<api::KeyValue> events;
    ReceivedStatus ended;

    const auto handle = subject->subscribe(
        "/app", [&events](const api::KeyValue& event) { events.add(event); }, ended.callback());

    EXPECT_EQ(ended.wait().code(), StatusCode::kResourceExhausted);
    const auto seen = events.waitFor(1);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].key, "/app/a");
}

TEST_F(ControllerTest, FindsALostDaemonAgainAndResumesItsWatches) {
    auto daemon = std::make_unique<tests::FakeDaemon>(socket(), true);
    Seen<api::LinkState> links;
    Seen<std::uint64_t> revisions;
    Seen<bool> resets;
    auto subject = controller();
    const auto link =
        subject->watchLink([&links](api::LinkState state, const Status&) { links.add(state); });
    const auto state = subject->watchState(
        [&revisions](const api::DaemonState& seen) { revisions.add(seen.revision); });
    const auto peers =
        subject->watchPeers(api::ProfileId("home"), [&resets](const api::PeersUpdate& update) {
            resets.add(update.reset);
        });
    ASSERT_THAT(revisions.waitFor(1), ElementsAre(7));
    ASSERT_THAT(resets.waitFor(1), ElementsAre(true));

    daemon.reset();
    ASSERT_THAT(
        links.waitFor(3),
        ElementsAre(api::LinkState::Connecting, api::LinkState::Ready, api::LinkState::Lost));
    daemon = std::make_unique<tests::FakeDaemon>(socket(), true);

    EXPECT_THAT(revisions.waitFor(2), ElementsAre(7, 7));
    EXPECT_THAT(resets.waitFor(2), ElementsAre(true, true));
    const auto seen = links.waitFor(4);
    ASSERT_THAT(seen, SizeIs(4));
    EXPECT_EQ(seen[3], api::LinkState::Ready);
}

TEST_F(ControllerTest, TellsThatADaemonHangsAndThatItAnswersAgain) {
    tests::FakeDaemon daemon(socket(), true);
    ControllerOptions options;
    options.heartbeat = 10ms;
    options.longestSilence = 300ms;
    auto subject = connectLocal(socket(), options);
    Seen<std::pair<api::LinkState, StatusCode>> links;
    Seen<std::uint64_t> states;
    const auto link = subject->watchLink([&](api::LinkState state, const Status& status) {
        links.add({state, status.code()});
    });
    const auto state =
        subject->watchState([&](const api::DaemonState& now) { states.add(now.revision); });
    ASSERT_THAT(states.waitFor(1), SizeIs(1));
    using Link = std::pair<api::LinkState, StatusCode>;
    /// How many there were with it; 0 when it does not come.
    const auto comes = [&links](Link wanted, std::size_t after) {
        for (std::size_t count = after + 1;; ++count) {
            const auto seen = links.waitFor(count);
            if (seen.size() < count || seen[count - 1] == wanted) {
                return seen.size() < count ? 0 : count;
            }
        }
    };

    daemon.local.silent = true;

    const auto lost = comes({api::LinkState::Lost, StatusCode::kDeadlineExceeded}, 0);
    ASSERT_GT(lost, 0U);
    daemon.local.silent = false;
    EXPECT_GT(comes({api::LinkState::Ready, StatusCode::kOk}, lost), 0U);
    EXPECT_THAT(states.waitFor(1), SizeIs(1)) << "the stream was not opened anew";
}

TEST_F(ControllerTest, EmptiesThePeersOfAProfileThatIsGone) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    Seen<api::PeersUpdate> updates;

    const auto peers =
        subject->watchPeers(api::ProfileId("gone"), [&updates](const api::PeersUpdate& update) {
            updates.add(update);
        });

    const auto seen = updates.waitFor(1);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_TRUE(seen[0].reset);
    EXPECT_THAT(seen[0].changed, SizeIs(0));
}

TEST_F(ControllerTest, ListsTheNodesOfAnAppDaemonByTheirRecords) {
    tests::FakeDaemon daemon(socket(), false);
    daemon.app.connected = true;
    daemon.app.putRecord(
        "/registry/nodes/alpha",
        R"({"id":"alpha", "primaryEndpoint":"10.78.0.1:51820", "zoneAwarenessId":"attic",)"
        R"( "privateIpv4":"172.16.0.1/32", "joinedAt":"2026-11-22T13:00:00Z", "new":1})");
    daemon.app.putRecord("/registry/nodes/bravo", "{ this does not read");
    daemon.app.putRecord("/registry/nodesandmore/charlie", "{}");
    auto subject = controller();
    Seen<api::PeersUpdate> updates;

    const auto peers =
        subject->watchPeers(api::ProfileId("default"), [&updates](const api::PeersUpdate& update) {
            updates.add(update);
        });

    const auto first = updates.waitFor(1);
    ASSERT_THAT(first, SizeIs(1));
    EXPECT_TRUE(first[0].reset);
    EXPECT_TRUE(first[0].complete);
    ASSERT_THAT(first[0].changed, SizeIs(2));
    const auto& alpha = first[0].changed[0];
    EXPECT_EQ(alpha.id, "alpha");
    EXPECT_TRUE(alpha.isSelf);
    EXPECT_EQ(alpha.primaryEndpoint, "10.78.0.1:51820");
    EXPECT_EQ(alpha.addressIpv4, "172.16.0.1/32");
    EXPECT_EQ(alpha.zone, "attic");
    EXPECT_TRUE(alpha.joinedAt.has_value());
    EXPECT_EQ(first[0].changed[1].id, "bravo");
    EXPECT_FALSE(first[0].changed[1].isSelf);

    daemon.app.putRecord("/registry/nodes/delta", R"({"id":"delta"})");
    const auto second = updates.waitFor(2);
    ASSERT_THAT(second, SizeIs(2)) << "told only when something has changed";
    EXPECT_THAT(second[1].changed, SizeIs(3));
}

TEST_F(ControllerTest, ListsNoNodesOfAnAppDaemonThatIsInNoMesh) {
    tests::FakeDaemon daemon(socket(), false);
    daemon.app.putRecord("/registry/nodes/alpha", R"({"id":"alpha"})");
    auto subject = controller();
    Seen<api::PeersUpdate> updates;

    const auto peers =
        subject->watchPeers(api::ProfileId("default"), [&updates](const api::PeersUpdate& update) {
            updates.add(update);
        });

    const auto seen = updates.waitFor(1);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_TRUE(seen[0].reset);
    EXPECT_THAT(seen[0].changed, SizeIs(0));
    daemon.app.connected = true;
    EXPECT_THAT(updates.waitFor(2), SizeIs(2));
}

TEST_F(ControllerTest, AnswersWithDeadlineExceededAfterTheTimeLimit) {
    const tests::FakeDaemon daemon(socket(), true);
    ControllerOptions options;
    options.callTimeout = 100ms;
    auto subject = connectLocal(socket(), options);
    Received<api::CodePreview> preview;

    subject->previewCode("weft1-x", preview.callback());

    EXPECT_EQ(preview.wait().status().code(), StatusCode::kDeadlineExceeded);
}

TEST_F(ControllerTest, GivesQuestionsAboutPlansATimeLimitOfTheirOwn) {
    const tests::FakeDaemon daemon(socket(), true);
    ControllerOptions options;
    ASSERT_GT(options.planTimeout, options.callTimeout);
    options.planTimeout = 100ms;
    auto subject = connectLocal(socket(), options);
    Received<api::PlanReview> review;

    subject->planning().review(api::ProfileId("home"), api::DraftRules{}, review.callback());

    EXPECT_EQ(review.wait().status().code(), StatusCode::kDeadlineExceeded);
}

TEST_F(ControllerTest, SaysWhatADaemonWithoutDraftsOrChecksCannotDo) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    Received<api::Draft> draft;
    Received<api::LintReport> report;

    subject->drafts().get(api::ProfileId("home"), draft.callback());
    subject->planning().lint(api::ProfileId("home"), api::LiveRules{}, report.callback());

    const auto noDraft = draft.wait();
    EXPECT_EQ(noDraft.status().code(), StatusCode::kUnimplemented);
    EXPECT_THAT(messageOf(noDraft.status()), HasSubstr("this daemon cannot keep drafts"));
    EXPECT_THAT(
        messageOf(report.wait().status()),
        HasSubstr("this daemon cannot check the rules of a mesh"));
}

TEST_F(ControllerTest, AnswersEverythingOnceWithCancelledWhenItGoes) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    std::atomic<int> answers = 0;
    std::vector<Received<api::CodePreview>> previews(20);
    for (auto& preview : previews) {
        subject->previewCode(
            "weft1-x",
            [&answers, done = preview.callback()](const StatusOr<api::CodePreview>& answer) {
                ++answers;
                done(answer);
            });
    }

    subject.reset();

    EXPECT_EQ(answers, 20);
    for (auto& preview : previews) {
        EXPECT_EQ(preview.wait().status().code(), StatusCode::kCancelled);
    }
}

TEST_F(ControllerTest, HandlesMayOutliveTheController) {
    const tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    Seen<std::uint64_t> revisions;
    auto state = subject->watchState(
        [&revisions](const api::DaemonState& seen) { revisions.add(seen.revision); });
    auto peers = subject->watchPeers(api::ProfileId("home"), [](const api::PeersUpdate&) {});
    ASSERT_THAT(revisions.waitFor(1), SizeIs(1));

    subject.reset();
    state.cancel();
    peers.cancel();

    EXPECT_FALSE(peers.active());
}

TEST_F(ControllerTest, ADroppedHandleWaitsForItsCallbackAndHearsNothingMore) {
    tests::FakeDaemon daemon(socket(), true);
    auto subject = controller();
    std::promise<void> entered;
    std::promise<void> leave;
    std::atomic<bool> finished = false;
    auto handle = subject->watchState([&](const api::DaemonState&) {
        entered.set_value();
        leave.get_future().wait();
        finished = true;
    });
    entered.get_future().wait();

    std::thread releasing([&leave] { leave.set_value(); });
    handle.cancel();

    EXPECT_TRUE(finished);
    releasing.join();
}

}  // namespace
}  // namespace weft::control
