// SPDX-License-Identifier: Apache-2.0
// A sandbox as a front end sees it: over the real controller, by channel and by socket.
#include "core/daemon/sandbox/sandbox.h"

#include "core/api/changes.h"
#include "core/api/diagnosis.h"
#include "core/base/mutex.h"
#include "core/control/controller.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <map>
#include <optional>

#include <sys/stat.h>

namespace weft::daemon::sandbox {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

constexpr std::chrono::seconds kPatience{20};
const api::ProfileId kProfile("sandbox");

template <typename T, typename Ask>
StatusOr<T> answer(const Ask& ask) {
    auto promise = std::make_shared<std::promise<StatusOr<T>>>();
    auto future = promise->get_future();
    ask([promise](const StatusOr<T>& value) { promise->set_value(value); });
    return future.wait_for(kPatience) == std::future_status::ready
               ? future.get()
               : StatusOr<T>(deadlineExceeded("no answer"));
}

template <typename Ask>
Status outcome(const Ask& ask) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto future = promise->get_future();
    ask([promise](const Status& status) { promise->set_value(status); });
    return future.wait_for(kPatience) == std::future_status::ready ? future.get()
                                                                   : deadlineExceeded("no answer");
}

/// The peers of the sandbox as a window keeps them.
class PeerWatch {
public:
    using Peers = std::map<std::string, api::Peer>;

    explicit PeerWatch(api::Controller& controller)
        : watch_(controller.watchPeers(
            kProfile, [this](const api::PeersUpdate& update) { take(update); })) {}

    /// Waits until they are as wanted; as they are then.
    Peers waitFor(const std::function<bool(const Peers&)>& wanted) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        const base::MutexLock lock(mutex_);
        while (!wanted(peers_) && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        return peers_;
    }

private:
    void take(const api::PeersUpdate& update) {
        const base::MutexLock lock(mutex_);
        if (update.reset) {
            peers_.clear();
        }
        for (const auto& peer : update.changed) {
            peers_[peer.id] = peer;
        }
        for (const auto& id : update.removedIds) {
            peers_.erase(id);
        }
        changed_.notifyAll();
    }

    base::Mutex mutex_;
    base::ConditionVariable changed_;
    Peers peers_ WEFT_GUARDED_BY(mutex_);
    // Ends before what it writes to.
    Subscription watch_;
};

class SandboxTest : public ::testing::Test {
protected:
    void start(std::size_t nodes = kUsualNodes) {
        auto sandbox = Sandbox::start(
            {.seed = 1, .nodes = nodes, .parent = parent_.path(), .socket = {}, .isServed = false});
        ASSERT_TRUE(sandbox.ok()) << sandbox.status();
        sandbox_ = *std::move(sandbox);
        controller_ = control::makeController(sandbox_->channel());
    }
    ~SandboxTest() override {
        controller_.reset();
        sandbox_.reset();
    }
    Status put(const std::string& name, const std::string& from, const std::string& to) {
        api::NetworkAcl acl;
        acl.name = name;
        acl.priority = 5000;
        acl.action = api::AclAction::Deny;
        acl.sourceNodes = {from};
        acl.destinationNodes = {to};
        return answer<api::WriteReport>([&](auto done) {
                   controller_->putPolicyObject(kProfile, acl, std::nullopt, done);
               })
            .status();
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir parent_;
    std::unique_ptr<Sandbox> sandbox_;
    std::unique_ptr<api::Controller> controller_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(SandboxTest, IsWholeWhenItHasStarted) {
    start();

    const auto graph =
        answer<api::Graph>([this](auto done) { controller_->graph(kProfile, std::move(done)); });
    ASSERT_TRUE(graph.ok()) << graph.status();
    EXPECT_EQ(graph->nodes.size(), kUsualNodes);

    PeerWatch watch(*controller_);
    const auto peers = watch.waitFor([](const auto& now) {
        return now.contains("home-nas") && now.at("home-nas").tunnel.has_value();
    });
    EXPECT_EQ(peers.size(), kUsualNodes);
    ASSERT_THAT(peers, Contains(Key("home-nas")));
    ASSERT_TRUE(peers.at("home-nas").tunnel);
    EXPECT_EQ(peers.at("home-nas").liveness, api::Freshness::Fresh);
}

TEST_F(SandboxTest, FiguresMoveWhileSomebodyLooks) {
    start();
    PeerWatch watch(*controller_);
    const auto first = watch.waitFor([](const auto& now) {
        return now.contains("home-nas") && now.at("home-nas").tunnel.has_value();
    });
    ASSERT_THAT(first, Contains(Key("home-nas")));
    const auto before = first.at("home-nas").tunnel->receivedBytes;

    const auto later = watch.waitFor(
        [before](const auto& now) { return now.at("home-nas").tunnel->receivedBytes > before; });

    EXPECT_GT(later.at("home-nas").tunnel->receivedBytes, before);
}

TEST_F(SandboxTest, APairThatARuleCutsLosesItsTunnel) {
    start();
    PeerWatch watch(*controller_);
    ASSERT_TRUE(put("no-nas", "desk", "home-nas").ok());
    ASSERT_TRUE(put("nas-no", "home-nas", "desk").ok());

    const auto peers = watch.waitFor(
        [](const auto& now) { return now.contains("home-nas") && !now.at("home-nas").tunnel; });

    ASSERT_THAT(peers, Contains(Key("home-nas")));
    EXPECT_FALSE(peers.at("home-nas").tunnel);
    const auto why = answer<api::AccessExplanation>([this](auto done) {
        controller_->explainAccess(kProfile, "desk", "home-nas", std::move(done));
    });
    ASSERT_TRUE(why.ok()) << why.status();
    EXPECT_THAT(why->summary, HasSubstr("no-nas"));
}

TEST_F(SandboxTest, HasAHistoryAndTakesAChangeBack) {
    start();
    const auto changes = [this] {
        return answer<std::vector<api::Change>>(
            [this](auto done) { controller_->changes().list(kProfile, 0, std::move(done)); });
    };
    const auto before = changes();
    ASSERT_TRUE(before.ok()) << before.status();
    ASSERT_FALSE(before->empty());
    ASSERT_TRUE(put("no-nas", "desk", "home-nas").ok());
    const auto made = changes();
    ASSERT_TRUE(made.ok() && made->size() == before->size() + 1);

    const auto reverted = answer<api::AppliedChange>([&](auto done) {
        controller_->changes().revert(kProfile, {.id = made->front().id}, std::move(done));
    });

    EXPECT_TRUE(reverted.ok()) << reverted.status();
    const auto policy = answer<api::PolicyState>(
        [this](auto done) { controller_->policy(kProfile, std::move(done)); });
    ASSERT_TRUE(policy.ok()) << policy.status();
    EXPECT_EQ(
        policy->find({.kind = api::PolicyKind::NetworkAcl, .name = "no-nas", .target = ""}),
        nullptr);
}

TEST_F(SandboxTest, ReachesNoOtherMesh) {
    start(kLeastNodes);

    const auto created = answer<api::Profile>([this](auto done) {
        api::CreateMeshParams params;
        params.domain = "home.internal";
        params.name = "Home";
        params.nodeId = "desk";
        controller_->createMesh(params, std::move(done));
    });
    EXPECT_EQ(created.status().code(), StatusCode::kFailedPrecondition);
    const auto put = answer<api::Profile>([this](auto done) {
        api::Profile profile;
        profile.name = "Office";
        profile.nodeId = "desk";
        profile.kind = api::ProfileKind::Member;
        profile.joinAddresses = {"192.0.2.1:8443"};
        controller_->putProfile(profile, std::move(done));
    });
    EXPECT_EQ(put.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(messageOf(put.status())), HasSubstr("sandbox"));
}

TEST_F(SandboxTest, ComesBackWholeAfterADisconnect) {
    start(kLeastNodes);
    PeerWatch watch(*controller_);
    ASSERT_TRUE(outcome([this](auto done) {
                    controller_->disconnectProfile(kProfile, std::move(done));
                }).ok());
    EXPECT_THAT(watch.waitFor([](const auto& now) { return now.empty(); }), IsEmpty());

    ASSERT_TRUE(outcome([this](auto done) {
                    controller_->connectProfile(kProfile, {}, std::move(done));
                }).ok());

    const auto peers = watch.waitFor([](const auto& now) {
        return now.size() == kLeastNodes && now.contains("relay-fra")
               && now.at("relay-fra").tunnel.has_value();
    });
    EXPECT_EQ(peers.size(), kLeastNodes);
}

TEST_F(SandboxTest, LeavesNothingBehind) {
    start(kLeastNodes);
    EXPECT_FALSE(std::filesystem::is_empty(parent_.path()));
    controller_.reset();

    sandbox_.reset();

    EXPECT_TRUE(std::filesystem::is_empty(parent_.path()));
}

TEST(ServedSandbox, AnswersAtItsSocketAlone) {
    const tests::TempDir parent;
    auto sandbox = Sandbox::start({.seed = 1, .nodes = kLeastNodes, .parent = parent.path()});
    ASSERT_TRUE(sandbox.ok()) << sandbox.status();
    const auto socket = (*sandbox)->socket();
    struct stat info {};
    ASSERT_EQ(::stat(socket.parent_path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0700U);
    auto controller = control::connectLocal(socket);

    const auto graph = answer<api::Graph>(
        [&controller](auto done) { controller->graph(kProfile, std::move(done)); });

    ASSERT_TRUE(graph.ok()) << graph.status();
    EXPECT_EQ(graph->nodes.size(), kLeastNodes);
    controller.reset();
    sandbox->reset();
    EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
}

TEST(ServedSandbox, TakesAPathThatWasChosenAndRemovesWhatItMadeThere) {
    const tests::TempDir parent;
    const auto socket = parent / "chosen" / "socket";
    auto sandbox = Sandbox::start(
        {.seed = 1, .nodes = kLeastNodes, .parent = parent.path(), .socket = socket});
    ASSERT_TRUE(sandbox.ok()) << sandbox.status();
    EXPECT_TRUE(std::filesystem::exists(socket));

    const auto second = Sandbox::start(
        {.seed = 1, .nodes = kLeastNodes, .parent = parent.path(), .socket = socket});
    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_TRUE(std::filesystem::exists(socket)) << "it is the first one's";

    sandbox->reset();
    EXPECT_TRUE(std::filesystem::is_empty(parent.path()));
}

TEST(SandboxOptions, TakesEverySizeThatItSays) {
    for (const std::size_t nodes : {kLeastNodes, kUsualNodes, kMostNodes}) {
        EXPECT_TRUE(SandboxOptions{.nodes = nodes}.validate().ok()) << nodes;
    }
    for (const std::size_t nodes : {std::size_t{0}, kLeastNodes - 1, kMostNodes + 1}) {
        const Status status = SandboxOptions{.nodes = nodes}.validate();
        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << nodes;
    }
    EXPECT_EQ(
        SandboxOptions{.socket = "relative/socket"}.validate().code(),
        StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::daemon::sandbox
