// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/local_listener.h"

#include "core/base/mutex.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstring>
#include <memory>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;

constexpr int kPatienceMilliseconds = 20'000;

base::UniqueFd connectTo(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    base::UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(
        ::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    return client;
}

/// Whether the other side closes `client` within the patience of a test.
bool isClosed(const base::UniqueFd& client) {
    pollfd waiting{client.get(), POLLIN, 0};
    char byte = 0;
    return ::poll(&waiting, 1, kPatienceMilliseconds) == 1
           && ::recv(client.get(), &byte, 1, MSG_DONTWAIT) <= 0;
}

class LocalListenerTest : public ::testing::Test {
protected:
    void open(const GradePolicy& policy, std::size_t perUser = 32, std::size_t total = 256) {
        auto made = LocalListener::create(
            {.path = path(), .policy = policy, .connectionsPerUser = perUser, .connections = total},
            [this](const PeerCredentials& peer, api::Grade grade, base::UniqueFd fd) {
                const base::MutexLock lock(mutex_);
                taken_.push_back(std::move(fd));
                peer_ = peer;
                grade_ = grade;
                changed_.notifyAll();
                return true;
            },
            [this](uid_t) {
                const base::MutexLock lock(mutex_);
                ++gone_;
                changed_.notifyAll();
            });
        ASSERT_TRUE(made.ok()) << made.status();
        listener_ = *std::move(made);
    }
    std::filesystem::path path() const { return folder_ / "weft" / "weft.sock"; }
    bool waitTaken(std::size_t count) {
        const auto limit = std::chrono::steady_clock::now() + 20s;
        const base::MutexLock lock(mutex_);
        while (taken_.size() < count) {
            if (changed_.waitUntil(mutex_, limit) == std::cv_status::timeout) {
                return false;
            }
        }
        return true;
    }
    bool waitGone(int count) {
        const auto limit = std::chrono::steady_clock::now() + 20s;
        const base::MutexLock lock(mutex_);
        while (gone_ < count) {
            if (changed_.waitUntil(mutex_, limit) == std::cv_status::timeout) {
                return false;
            }
        }
        return true;
    }

    tests::TempDir folder_;
    base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::vector<base::UniqueFd> taken_;
    PeerCredentials peer_;
    api::Grade grade_ = api::Grade::None;
    int gone_ = 0;
    std::unique_ptr<LocalListener> listener_;
};

TEST_F(LocalListenerTest, HandsOnWhatTheKernelSaysOfTheCaller) {
    open({.ownUid = ::geteuid()});

    const auto client = connectTo(path());

    ASSERT_TRUE(waitTaken(1));
    const base::MutexLock lock(mutex_);
    EXPECT_EQ(peer_.uid, ::geteuid());
    EXPECT_EQ(peer_.pid, ::getpid());
    EXPECT_EQ(grade_, api::Grade::Administer);
}

TEST_F(LocalListenerTest, ACallerPastTheCapOfItsUserIsClosedUntilOneHasGone) {
    open({.ownUid = ::geteuid()}, 2);
    auto first = connectTo(path());
    auto second = connectTo(path());
    ASSERT_TRUE(waitTaken(2));

    EXPECT_TRUE(isClosed(connectTo(path())));

    // As gRPC does it when a caller has gone: its own descriptor closes as well.
    first.reset();
    second.reset();
    ASSERT_TRUE(waitGone(1));
    const auto third = connectTo(path());
    EXPECT_TRUE(waitTaken(3));
}

TEST_F(LocalListenerTest, TheTotalHasACapToo) {
    open({.ownUid = ::geteuid()}, 32, 1);
    const auto first = connectTo(path());
    ASSERT_TRUE(waitTaken(1));

    EXPECT_TRUE(isClosed(connectTo(path())));
}

TEST_F(LocalListenerTest, AConnectionThatTheServerShutsDownIsCountedNoMore) {
    open({.ownUid = ::geteuid()}, 1);
    const auto first = connectTo(path());
    ASSERT_TRUE(waitTaken(1));
    {
        const base::MutexLock lock(mutex_);
        ::shutdown(taken_[0].get(), SHUT_RDWR);
        taken_[0].reset();
    }
    ASSERT_TRUE(waitGone(1));

    const auto second = connectTo(path());

    EXPECT_TRUE(waitTaken(2));
}

TEST_F(LocalListenerTest, AfterAFloodAnHonestCallerIsServed) {
    open({.ownUid = ::geteuid()}, 8);
    for (int i = 0; i < 1000; ++i) {
        connectTo(path());
    }
    {
        const base::MutexLock lock(mutex_);
        taken_.clear();
    }
    bool served = false;
    const auto limit = std::chrono::steady_clock::now() + 20s;

    // What is left of the flood is still being closed, so that the first tries may be refused.
    while (!served && std::chrono::steady_clock::now() < limit) {
        const auto client = connectTo(path());
        pollfd waiting{client.get(), POLLIN, 0};
        served = ::poll(&waiting, 1, 200) == 0;
    }

    EXPECT_TRUE(served);
}

TEST_F(LocalListenerTest, AStrangerIsClosedAtOnce) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs root, to call as somebody else";
    }
    open({.ownUid = 0});
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(path().parent_path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(path().c_str(), 0666), 0);
    constexpr uid_t kStranger = 12345;

    ASSERT_EQ(::seteuid(kStranger), 0);
    const auto client = connectTo(path());
    ASSERT_EQ(::seteuid(0), 0);

    EXPECT_TRUE(isClosed(client));
    const base::MutexLock lock(mutex_);
    EXPECT_TRUE(taken_.empty());
}

TEST_F(LocalListenerTest, GoesWithItsSocket) {
    open({.ownUid = ::geteuid()});

    listener_.reset();

    EXPECT_FALSE(std::filesystem::exists(path()));
}

}  // namespace
}  // namespace weft::daemon
