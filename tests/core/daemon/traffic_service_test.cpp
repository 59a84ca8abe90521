// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/traffic_service.h"

#include "core/api/traffic.h"
#include "core/base/mutex.h"
#include "core/control/controller.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;

/// What one watch told. Thread: any.
class Heard {
public:
    void add(const api::TrafficUpdate& update) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        updates_.push_back(update);
        changed_.notifyAll();
    }
    void end(const Status& status) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        ended_ = status;
        changed_.notifyAll();
    }
    std::optional<Status> ended() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        const auto limit = base::SystemClock().now() + 20s;
        while (!ended_ && changed_.waitUntil(mutex_, limit) == std::cv_status::no_timeout) {
        }
        return ended_;
    }
    std::vector<api::TrafficUpdate> waitFor(std::size_t count) WEFT_EXCLUDES(mutex_) {
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
    std::vector<api::TrafficUpdate> updates_ WEFT_GUARDED_BY(mutex_);
    std::optional<Status> ended_ WEFT_GUARDED_BY(mutex_);
};

/// A front end and the local server over a profile that is connected.
class TrafficServiceTest : public LocalServerFixture {
protected:
    ~TrafficServiceTest() override { controller_.reset(); }

    void connect(api::Grade grade) {
        serve(grade);
        ASSERT_NE(server_, nullptr);
        controller_ = control::makeController(server_->inProcessChannel());
        onLoop([this] {
            table_.startAll();
            weft::local::v1::Connection state;
            state.set_state(weft::local::v1::Connection::STATE_CONNECTED);
            TrafficSample sample;
            sample.total = {5000, 5000};
            factory_.made.back()->traffic = sample;
            factory_.made.back()->events.changed(state);
        });
        onLoop([this] { traffic_.start(); });
        onLoop([] {});
    }
    Subscription watch(const std::string& profile) {
        return controller_->traffic().watch(
            api::ProfileId(profile),
            "",
            api::TrafficSpan::FiveMinutes,
            [heard = heard_](const api::TrafficUpdate& update) { heard->add(update); },
            [heard = heard_](const Status& status) { heard->end(status); });
    }

    std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
    std::unique_ptr<api::Controller> controller_;
};

TEST_F(TrafficServiceTest, TellsAnObserverAllFirstAndThenWhatIsNew) {
    connect(api::Grade::Observe);

    const auto watch = this->watch("");

    const auto told = heard_->waitFor(2);
    ASSERT_GE(told.size(), 2U);
    EXPECT_TRUE(told[0].reset);
    EXPECT_FALSE(told[1].reset);
    ASSERT_FALSE(told[1].points.empty());
    EXPECT_GT(told[1].points.back().known.count(), 0);
    EXPECT_EQ(told[1].points.back().receivedBytes, 0U);
}

TEST_F(TrafficServiceTest, EndsAWatchOfAProfileThatThereIsNot) {
    connect(api::Grade::Observe);

    const auto watch = this->watch("none");

    const auto ended = heard_->ended();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->code(), StatusCode::kNotFound);
}

TEST_F(TrafficServiceTest, TellsTheHistoryOnce) {
    connect(api::Grade::Observe);
    std::promise<StatusOr<std::vector<api::TrafficPoint>>> answer;

    controller_->traffic().history(
        api::ProfileId(""), "", api::TrafficSpan::Day, [&answer](auto points) {
            answer.set_value(std::move(points));
        });

    const auto points = answer.get_future().get();
    EXPECT_TRUE(points.ok()) << points.status();
}

}  // namespace
}  // namespace weft::daemon
