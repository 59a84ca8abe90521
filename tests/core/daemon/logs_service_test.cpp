// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/logs_service.h"

#include "core/api/logs.h"
#include "core/base/log.h"
#include "core/base/mutex.h"
#include "core/control/controller.h"
#include "core/daemon/local/log_stream.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::Field;
using testing::HasSubstr;

/// What one watch told. Thread: any.
class Heard {
public:
    void add(const api::LogBatch& batch) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        lines_.insert(lines_.end(), batch.lines.begin(), batch.lines.end());
        missed_ += batch.missed;
        level_ = batch.level;
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
    /// Whether such a line came within the time.
    bool has(const std::string& text) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        const auto limit = base::SystemClock().now() + 20s;
        while (true) {
            if (std::ranges::find(lines_, text, &api::LogLine::text) != lines_.end()) {
                return true;
            }
            if (changed_.waitUntil(mutex_, limit) != std::cv_status::no_timeout) {
                return false;
            }
        }
    }
    /// Whether some watch said this level within the time.
    bool isAt(api::LogLevel level) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        const auto limit = base::SystemClock().now() + 20s;
        while (level_ != level) {
            if (changed_.waitUntil(mutex_, limit) != std::cv_status::no_timeout) {
                return false;
            }
        }
        return true;
    }
    std::vector<api::LogLine> lines() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        return lines_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::vector<api::LogLine> lines_ WEFT_GUARDED_BY(mutex_);
    std::uint64_t missed_ WEFT_GUARDED_BY(mutex_) = 0;
    std::optional<api::LogLevel> level_ WEFT_GUARDED_BY(mutex_);
    std::optional<Status> ended_ WEFT_GUARDED_BY(mutex_);
};

class LogsServiceTest : public LocalServerFixture {
protected:
    LogsServiceTest() { base::configureLogging("info", base::LogTarget::Stderr); }
    ~LogsServiceTest() override {
        controller_.reset();
        base::configureLogging("warn", base::LogTarget::Stderr);
    }

    void serve(api::Grade grade) {
        LocalServerFixture::serve(grade, kEmbeddedCalls);
        ASSERT_NE(server_, nullptr);
        controller_ = control::makeController(server_->inProcessChannel());
    }
    Subscription watch(api::LogLevel least, bool once) {
        return controller_->logs().watch(
            {least, once},
            [heard = heard_](const api::LogBatch& batch) { heard->add(batch); },
            [heard = heard_](const Status& status) { heard->end(status); });
    }
    std::optional<Status> setLevel(api::LogLevel level) {
        auto answer = std::make_shared<Heard>();
        controller_->logs().setLevel(level, [answer](const Status& done) { answer->end(done); });
        return answer->ended();
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
    std::unique_ptr<api::Controller> controller_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(LogsServiceTest, TellsWhatIsKeptAndThenWhatComes) {
    serve(api::Grade::Operate);
    base::logger("test").info("before");

    const auto handle = watch(api::LogLevel::Info, false);
    ASSERT_TRUE(heard_->has("before"));
    base::logger("test").warn("after");

    EXPECT_TRUE(heard_->has("after"));
}

TEST_F(LogsServiceTest, EndsAfterWhatIsKeptWhenAskedOnce) {
    serve(api::Grade::Operate);
    base::logger("test").info("too low");
    base::logger("test").warn("high enough");

    const auto handle = watch(api::LogLevel::Warn, true);

    EXPECT_EQ(heard_->ended(), okStatus());
    EXPECT_TRUE(heard_->has("high enough"));
    EXPECT_THAT(
        heard_->lines(), Each(Field(&api::LogLine::level, testing::Ge(api::LogLevel::Warn))));
}

TEST_F(LogsServiceTest, TellsMoreLinesThanOneMessageHolds) {
    serve(api::Grade::Operate);
    // Past the cap of a message, and with the time that the lines were written.
    const WallTime before = base::SystemClock().wallNow() - 1s;
    for (std::size_t i = 0; i < kLogLinesPerMessage + 1; ++i) {
        base::logger("test").info("number {}", i);
    }

    const auto handle = watch(api::LogLevel::Info, true);

    ASSERT_EQ(heard_->ended(), okStatus());
    const auto lines = heard_->lines();
    EXPECT_GT(lines.size(), kLogLinesPerMessage);
    EXPECT_EQ(lines.back().text, "number 500");
    EXPECT_GT(lines.back().time, before);
}

TEST_F(LogsServiceTest, IsNotForThoseWhoMayOnlyLook) {
    serve(api::Grade::Observe);

    const auto handle = watch(api::LogLevel::Info, false);

    const auto ended = heard_->ended();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(std::string(ended->message()), AllOf(HasSubstr("operate"), HasSubstr("observe")));
}

TEST_F(LogsServiceTest, ChangesTheLevelForAdministratorsAlone) {
    serve(api::Grade::Operate);
    const auto refused = setLevel(api::LogLevel::Debug);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(base::logLevel(), base::LogLevel::Info);
    controller_.reset();

    serve(api::Grade::Administer);
    EXPECT_EQ(setLevel(api::LogLevel::Debug), okStatus());
    EXPECT_EQ(base::logLevel(), base::LogLevel::Debug);
    const auto handle = watch(api::LogLevel::Debug, false);
    EXPECT_TRUE(heard_->isAt(api::LogLevel::Debug));
    base::logger("test").debug("now it is written");
    EXPECT_TRUE(heard_->has("now it is written"));
}

TEST_F(LogsServiceTest, GivesThePlaceOfAGoneCallerBack) {
    serve(api::Grade::Operate);
    auto handle = watch(api::LogLevel::Info, false);
    base::logger("test").info("seen");
    ASSERT_TRUE(heard_->has("seen"));

    handle.cancel();

    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (server_->gate().running() > 0 && std::chrono::steady_clock::now() < limit) {
        onLoop([] {});
    }
    EXPECT_EQ(server_->gate().running(), 0U);
}

}  // namespace
}  // namespace weft::daemon
