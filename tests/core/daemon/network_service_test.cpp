// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/network_service.h"

#include "core/api/diagnosis.h"
#include "core/base/mutex.h"
#include "core/control/controller.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;

/// What one ping told. Thread: any.
class Heard {
public:
    void add(const api::PingUpdate& update) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        updates_.push_back(update);
        changed_.notifyAll();
    }
    void end(const Status& status) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        ended_ = status;
        changed_.notifyAll();
    }
    /// After its end; nullopt when that does not come within the time.
    std::optional<Status> ended() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        const auto limit = base::SystemClock().now() + 20s;
        while (!ended_ && changed_.waitUntil(mutex_, limit) == std::cv_status::no_timeout) {
        }
        return ended_;
    }
    std::vector<api::PingUpdate> waitFor(std::size_t count) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        const auto limit = base::SystemClock().now() + 20s;
        while (updates_.size() < count
               && changed_.waitUntil(mutex_, limit) == std::cv_status::no_timeout) {
        }
        return updates_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::vector<api::PingUpdate> updates_ WEFT_GUARDED_BY(mutex_);
    std::optional<Status> ended_ WEFT_GUARDED_BY(mutex_);
};

/// A front end, the local server, and a connection that answers as the test's fake does.
class NetworkServiceTest : public LocalServerFixture {
protected:
    ~NetworkServiceTest() override { controller_.reset(); }

    void serve(api::Grade grade) {
        LocalServerFixture::serve(grade, kEmbeddedCalls);
        ASSERT_NE(server_, nullptr);
        controller_ = control::makeController(server_->inProcessChannel());
    }
    void connect() {
        onLoop([this] {
            table_.startAll();
            weft::local::v1::Connection state;
            state.set_state(weft::local::v1::Connection::STATE_CONNECTED);
            factory_.made.back()->events.changed(state);
        });
        onLoop([] {});
    }
    Subscription ping(const std::string& target, std::uint32_t count) {
        api::PingQuestion question;
        question.target = target;
        question.count = count;
        return controller_->diagnosis().ping(
            api::ProfileId(""),
            question,
            [heard = heard_](const api::PingUpdate& update) { heard->add(update); },
            [heard = heard_](const Status& status) { heard->end(status); });
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
    std::unique_ptr<api::Controller> controller_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(NetworkServiceTest, TellsEachEchoBeforeItsEnd) {
    serve(api::Grade::Operate);
    connect();

    const auto handle = ping("nas", 2);

    EXPECT_EQ(heard_->ended(), okStatus());
    const auto updates = heard_->waitFor(3);
    ASSERT_EQ(updates.size(), 3U);
    EXPECT_EQ(std::get<api::PingStart>(updates[0]).nodeId, "nas");
    EXPECT_EQ(std::get<api::PingReply>(updates[1]).sequence, 1U);
    EXPECT_EQ(std::get<api::PingReply>(updates[2]).sequence, 2U);
}

TEST_F(NetworkServiceTest, ExplainsWaysAndChecksTheNetworkForThoseWhoMayLook) {
    serve(api::Grade::Observe);
    connect();
    auto path = std::make_shared<std::promise<StatusOr<api::PathExplanation>>>();
    auto checks = std::make_shared<std::promise<StatusOr<std::vector<api::NetworkCheck>>>>();

    controller_->diagnosis().explainPath(
        api::ProfileId(""), "nas", [path](const auto& answer) { path->set_value(answer); });
    controller_->diagnosis().checkNetwork(
        api::ProfileId(""), [checks](const auto& answer) { checks->set_value(answer); });

    auto explained = path->get_future();
    ASSERT_EQ(explained.wait_for(20s), std::future_status::ready);
    const auto explanation = explained.get();
    ASSERT_TRUE(explanation.ok()) << explanation.status();
    EXPECT_EQ(explanation->hops.front().nodeId, "nas");
    EXPECT_EQ(explanation->reason, api::PathReason::UdpBlocked);
    auto checked = checks->get_future();
    ASSERT_EQ(checked.wait_for(20s), std::future_status::ready);
    const auto report = checked.get();
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->front().id, "udp");
    EXPECT_EQ(report->front().state, api::CheckState::Warn);
}

TEST_F(NetworkServiceTest, EndsWhenTheCallerGoes) {
    serve(api::Grade::Operate);
    connect();

    auto handle = ping("nas", 0);
    EXPECT_EQ(heard_->waitFor(3).size(), 3U);
    handle.cancel();

    const auto limit = std::chrono::steady_clock::now() + 20s;
    int dropped = 0;
    while (dropped == 0 && std::chrono::steady_clock::now() < limit) {
        onLoop([&] { dropped = factory_.made.back()->pingsDropped; });
    }
    EXPECT_EQ(dropped, 1);
}

TEST_F(NetworkServiceTest, PassesErrorsOn) {
    serve(api::Grade::Operate);
    connect();

    const auto handle = ping("nobody", 1);

    EXPECT_EQ(heard_->ended(), notFound("no node of this mesh is called nobody"));
}

TEST_F(NetworkServiceTest, IsNotForThoseWhoMayOnlyLook) {
    serve(api::Grade::Observe);
    connect();

    const auto handle = ping("nas", 1);

    const auto ended = heard_->ended();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->code(), StatusCode::kPermissionDenied);
}

TEST_F(NetworkServiceTest, NeedsAConnectedProfile) {
    serve(api::Grade::Operate);

    const auto handle = ping("nas", 1);

    const auto ended = heard_->ended();
    ASSERT_TRUE(ended);
    EXPECT_FALSE(ended->ok());
}

}  // namespace
}  // namespace weft::daemon
