// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/logins.h"

#include "core/services/auth/login_limiter.h"
#include "tests/support/fake_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace weft::services {
namespace {

using namespace std::chrono_literals;
using crypto::SecretBytes;
using ::testing::HasSubstr;

constexpr auto kPatience = 20s;

TEST(LoginLimiter, HoldsASourceAfterTenFailuresForTheRestOfTheMinute) {
    LoginLimiter limiter;
    const TimePoint now{1h};
    for (int i = 0; i < LoginLimiter::kMaxOfSource; ++i) {
        EXPECT_TRUE(limiter.begin("10.0.0.1", "name" + std::to_string(i), now));
    }

    EXPECT_FALSE(limiter.begin("10.0.0.1", "another", now + 59s));
    EXPECT_TRUE(limiter.begin("10.0.0.2", "another", now + 59s));
    EXPECT_TRUE(limiter.begin("10.0.0.1", "another", now + 60s));
}

TEST(LoginLimiter, HoldsANameAfterFiveFailuresFromAnywhere) {
    LoginLimiter limiter;
    const TimePoint now{1h};
    for (int i = 0; i < LoginLimiter::kMaxOfName; ++i) {
        EXPECT_TRUE(limiter.begin("10.0.0." + std::to_string(i), "boss", now));
    }

    EXPECT_FALSE(limiter.begin("10.1.0.1", "boss", now));
    EXPECT_TRUE(limiter.begin("10.1.0.1", "bravo", now));
}

TEST(LoginLimiter, ForgetsAttemptsThatDidNotFail) {
    LoginLimiter limiter;
    const TimePoint now{1h};
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(limiter.begin("10.0.0.1", "bravo", now));
        limiter.takeBack("10.0.0.1", "bravo");
    }

    EXPECT_EQ(limiter.remembered(), 0U);
}

TEST(LoginLimiter, RemembersNoMoreThanItsCapAndKeepsTheNameThatIsGuessed) {
    LoginLimiter limiter;
    const TimePoint now{1h};
    for (int i = 0; i < LoginLimiter::kMaxOfName; ++i) {
        ASSERT_TRUE(limiter.begin("guesser" + std::to_string(i), "boss", now));
    }
    for (std::size_t i = 0; i <= LoginLimiter::kMaxRemembered; ++i) {
        const auto text = std::to_string(i);
        ASSERT_TRUE(limiter.begin("source" + text, "name" + text, now));
    }

    EXPECT_EQ(limiter.remembered(), 2 * LoginLimiter::kMaxRemembered);
    EXPECT_FALSE(limiter.begin("fresh", "boss", now));
}

/// Knows the password "right" of everybody, and can be held.
class FakeDirectory final : public Authenticator {
public:
    Credentials::Scheme scheme() const override { return Credentials::Scheme::Basic; }
    StatusOr<std::string> identityOf(const Credentials& credentials) override {
        ++checks;
        gate.wait();
        if (!status.ok()) {
            return status;
        }
        return credentials.password.revealText() == "right"
                   ? StatusOr<std::string>(credentials.username)
                   : wrongCredentials();
    }
    std::uint64_t generation() override { return current; }

    std::atomic<int> checks{0};
    std::atomic<std::uint64_t> current{1};
    Status status;
    std::promise<void> opened;
    std::shared_future<void> gate = opened.get_future().share();
};

class LoginsTest : public ::testing::Test {
protected:
    void start(LoginLimits limits = {}) {
        auto made = std::make_unique<FakeDirectory>();
        directory_ = made.get();
        std::vector<std::unique_ptr<Authenticator>> list;
        list.push_back(std::move(made));
        logins_ = std::make_unique<Logins>(std::move(list), clock_, limits);
    }
    std::future<StatusOr<std::string>> begin(
        const std::string& name, const std::string& password, const std::string& source = "here") {
        auto promise = std::make_shared<std::promise<StatusOr<std::string>>>();
        auto future = promise->get_future();
        logins_->check(
            {Credentials::Scheme::Basic, name, SecretBytes(password)},
            source,
            [promise](const StatusOr<std::string>& identity) { promise->set_value(identity); });
        return future;
    }
    StatusOr<std::string> login(
        const std::string& name, const std::string& password, const std::string& source = "here") {
        auto future = begin(name, password, source);
        return future.wait_for(kPatience) == std::future_status::ready
                   ? future.get()
                   : StatusOr<std::string>(internalError("silence"));
    }

    tests::FakeClock clock_;
    FakeDirectory* directory_ = nullptr;
    std::unique_ptr<Logins> logins_;
};

TEST_F(LoginsTest, RemembersAGoodPasswordForAMinuteAndNoBadOne) {
    start();
    directory_->opened.set_value();

    EXPECT_EQ(*login("bravo", "right"), "bravo");
    EXPECT_EQ(*login("bravo", "right"), "bravo");
    EXPECT_EQ(directory_->checks, 1);
    EXPECT_EQ(login("bravo", "wrong").status(), wrongCredentials());
    EXPECT_EQ(login("bravo", "wrong").status(), wrongCredentials());
    EXPECT_EQ(directory_->checks, 3);
    clock_.advance(1min);
    EXPECT_TRUE(login("bravo", "right").ok());
    EXPECT_EQ(directory_->checks, 4);
}

TEST_F(LoginsTest, ForgetsWhatTheDirectorySaysHasChanged) {
    start();
    directory_->opened.set_value();
    ASSERT_TRUE(login("bravo", "right").ok());

    ++directory_->current;

    EXPECT_TRUE(login("bravo", "right").ok());
    EXPECT_EQ(directory_->checks, 2);
}

TEST_F(LoginsTest, MakesEqualLoginsAtOnceOneCheck) {
    start();
    std::vector<std::future<StatusOr<std::string>>> answers;
    for (int i = 0; i < 30; ++i) {
        answers.push_back(begin("bravo", "right"));
    }

    directory_->opened.set_value();

    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(kPatience), std::future_status::ready);
        EXPECT_TRUE(answer.get().ok());
    }
    EXPECT_EQ(directory_->checks, 1);
}

TEST_F(LoginsTest, RefusesWhoFailsTooOftenWithoutACheckButNotWhoIsLoggedIn) {
    start();
    directory_->opened.set_value();
    ASSERT_TRUE(login("boss", "right").ok());
    for (int i = 0; i < LoginLimiter::kMaxOfName; ++i) {
        EXPECT_EQ(login("boss", "guess" + std::to_string(i)).status(), wrongCredentials());
    }
    const int checks = directory_->checks;

    const auto refused = login("boss", "another guess", "elsewhere").status();

    EXPECT_EQ(refused.code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(messageOf(refused), HasSubstr("try again in a minute"));
    EXPECT_TRUE(login("boss", "right").ok());
    EXPECT_EQ(directory_->checks, checks);
}

TEST_F(LoginsTest, CountsChecksThatAreUnderWay) {
    start();
    std::vector<std::future<StatusOr<std::string>>> answers;
    for (int i = 0; i <= LoginLimiter::kMaxOfSource; ++i) {
        answers.push_back(begin("name" + std::to_string(i), "right"));
    }

    EXPECT_EQ(answers.back().get().status().code(), StatusCode::kResourceExhausted);
    directory_->opened.set_value();
    answers.pop_back();
    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(kPatience), std::future_status::ready);
        EXPECT_TRUE(answer.get().ok());
    }
    EXPECT_TRUE(login("one more", "right").ok());
}

TEST_F(LoginsTest, LetsNoMoreThanItsCapWait) {
    start({.waiting = 3});
    std::vector<std::future<StatusOr<std::string>>> answers;
    for (int i = 0; i < 3; ++i) {
        answers.push_back(begin("bravo", "right"));
    }

    EXPECT_EQ(login("bravo", "right").status().code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(login("charlie", "right").status().code(), StatusCode::kResourceExhausted);
    directory_->opened.set_value();
    EXPECT_TRUE(answers.front().get().ok());
}

TEST_F(LoginsTest, HoldsItAgainstNobodyThatTheDirectoryIsAway) {
    start();
    directory_->status = unavailable("the directory does not answer");
    directory_->opened.set_value();

    for (int i = 0; i < 3 * LoginLimiter::kMaxOfSource; ++i) {
        EXPECT_EQ(login("bravo", "right").status().code(), StatusCode::kUnavailable);
    }
}

TEST_F(LoginsTest, AsksNoDirectoryAboutWhatNobodyHas) {
    start();
    directory_->opened.set_value();

    EXPECT_EQ(login("", "right").status(), wrongCredentials());
    EXPECT_EQ(login("bravo", "").status(), wrongCredentials());
    EXPECT_EQ(
        login(std::string(Credentials::kMaxNameBytes + 1, 'a'), "right").status(),
        wrongCredentials());
    EXPECT_EQ(
        login("bravo", std::string(Credentials::kMaxPasswordBytes + 1, 'a')).status(),
        wrongCredentials());
    EXPECT_EQ(directory_->checks, 0);
}

TEST_F(LoginsTest, RemembersNoMoreThanItsCap) {
    start({.mostRemembered = 2});
    directory_->opened.set_value();
    for (const char* name : {"a", "b", "c"}) {
        ASSERT_TRUE(login(name, "right").ok());
        clock_.advance(1s);
    }
    EXPECT_EQ(directory_->checks, 3);

    EXPECT_TRUE(login("b", "right").ok());
    EXPECT_TRUE(login("c", "right").ok());
    EXPECT_EQ(directory_->checks, 3);
    EXPECT_TRUE(login("a", "right").ok());
    EXPECT_EQ(directory_->checks, 4);
}

TEST_F(LoginsTest, AnswersWhatWaitsWhenItStops) {
    start({.threads = 1});
    auto running = begin("bravo", "right");
    auto waiting = begin("charlie", "right");
    auto stopping = std::async(std::launch::async, [this] { logins_->stop(); });
    while (begin("delta", "right").wait_for(0s) != std::future_status::ready) {
        std::this_thread::yield();
    }

    directory_->opened.set_value();
    stopping.get();

    EXPECT_EQ(running.wait_for(0s), std::future_status::ready);
    ASSERT_EQ(waiting.wait_for(0s), std::future_status::ready);
    EXPECT_EQ(waiting.get().status().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace weft::services
