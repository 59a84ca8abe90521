// SPDX-License-Identifier: Apache-2.0
#include "core/api/controller.h"
#include "core/base/log.h"
#include "core/base/log_ring.h"
#include "core/base/text.h"
#include "core/control/controller.h"
#include "core/daemon/daemon.h"
#include "core/mesh/invitation_code.h"
#include "core/rpc/library.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPassword = "correct-horse-battery-staple";

/// Calls `start` and waits for its answer.
template <typename T>
StatusOr<T> answerOf(const std::function<void(Callback<T>)>& start) {
    auto promise = std::make_shared<std::promise<StatusOr<T>>>();
    auto future = promise->get_future();
    start([promise](const StatusOr<T>& answer) { promise->set_value(answer); });
    if (future.wait_for(60s) != std::future_status::ready) {
        return deadlineExceeded("no answer");
    }
    return future.get();
}

Status outcomeOf(const std::function<void(StatusCallback)>& start) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto future = promise->get_future();
    start([promise](const Status& status) { promise->set_value(status); });
    return future.wait_for(60s) == std::future_status::ready ? future.get()
                                                             : deadlineExceeded("no answer");
}

/// The lines of all files below that hold private keys, long enough to be the key itself.
std::vector<std::string> keysBelow(const std::filesystem::path& folder) {
    constexpr std::size_t kShortest = 24;
    std::vector<std::string> keys;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()
            || entry.path().filename().string().find("key") == std::string::npos) {
            continue;
        }
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            if (line.size() >= kShortest && !line.starts_with("-----")) {
                keys.push_back(line);
            }
        }
    }
    return keys;
}

class LogSecrets : public testing::Test {
protected:
    LogSecrets() {
        rpc::prepareLibrary();
        base::configureLogging("trace", base::LogTarget::Journal);
        cursor_ = base::keptLog().begin(base::LogLevel::Trace);
    }
    ~LogSecrets() override { base::configureLogging("warn", base::LogTarget::Stderr); }

    static config::NodeOptions options(const std::filesystem::path& folder) {
        config::NodeOptions options;
        options.weft.stateDir = folder / "state";
        options.weft.tunnel = false;
        return options;
    }
    /// All that was kept since the test began; the ring must not have lost any of it.
    std::string written() {
        constexpr auto kAll = std::numeric_limits<std::size_t>::max();
        const auto batch = base::keptLog().read(cursor_, kAll, kAll);
        EXPECT_EQ(batch.missed, 0U);
        std::string text;
        for (const auto& line : batch.lines) {
            text += line.subsystem + ": " + line.text + '\n';
        }
        return text;
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    base::LogRing::Cursor cursor_;
};

TEST_F(LogSecrets, KeysPasswordsAndInvitationsNeverReachTheLog) {
    const tests::TempDir folder;
    auto daemon = Daemon::start(options(folder.path()), Daemon::Reach::Embedded);
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    auto controller = control::makeController((*daemon)->channel());
    std::promise<void> connected;
    std::atomic<bool> told = false;
    auto states = controller->watchState([&](const api::DaemonState& state) {
        for (const auto& connection : state.connections) {
            if (connection.state == api::ConnectionState::Connected && !told.exchange(true)) {
                connected.set_value();
            }
        }
    });
    api::CreateMeshParams mesh;
    mesh.name = "Home";
    mesh.domain = "home.internal";
    mesh.nodeId = "alpha";
    mesh.listenAddress = "127.0.0.1:0";
    mesh.endpoints = {"127.0.0.1"};

    const auto profile =
        answerOf<api::Profile>([&](auto done) { controller->createMesh(mesh, done); });
    ASSERT_TRUE(profile.ok()) << profile.status();
    ASSERT_EQ(connected.get_future().wait_for(60s), std::future_status::ready);
    api::CreateInvitationParams wanted;
    // Nobody is there, so that the join fails at once.
    wanted.addresses = {"127.0.0.1:1"};
    const auto invitation = answerOf<api::NewInvitation>(
        [&](auto done) { controller->createInvitation(profile->id, wanted, done); });
    ASSERT_TRUE(invitation.ok()) << invitation.status();
    answerOf<api::CodePreview>([&](auto done) {
        controller->previewCode(invitation->code, done);
    }).IgnoreError();
    answerOf<api::Profile>([&](auto done) {
        controller->joinWithCode({invitation->code, "beta", "Second", {}}, done);
    }).IgnoreError();
    api::Profile member;
    member.name = "Work";
    member.kind = api::ProfileKind::Member;
    member.nodeId = "gamma";
    member.joinAddresses = {"127.0.0.1:1"};
    member.autoConnect = false;
    const auto work =
        answerOf<api::Profile>([&](auto done) { controller->putProfile(member, done); });
    ASSERT_TRUE(work.ok()) << work.status();
    outcomeOf([&](auto done) {
        controller->connectProfile(
            work->id, {{"username", "gamma"}, {"password", kPassword}}, done);
    }).IgnoreError();
    outcomeOf([&](auto done) { controller->disconnectProfile(work->id, done); }).IgnoreError();
    states.cancel();
    controller.reset();
    (*daemon)->stop();

    const std::string log = written();
    EXPECT_THAT(log, HasSubstr("audit: local call"));
    EXPECT_THAT(log, Not(HasSubstr(kPassword)));
    EXPECT_THAT(log, Not(HasSubstr(invitation->code)));
    const auto code = mesh::InvitationCode::parse(invitation->code);
    ASSERT_TRUE(code.ok()) << code.status();
    EXPECT_THAT(log, Not(HasSubstr(code->secret)));
    EXPECT_THAT(log, Not(HasSubstr(base::base64Encode(code->secret))));
    EXPECT_THAT(log, Not(HasSubstr(base::base64UrlEncode(code->secret))));
    EXPECT_THAT(log, Not(HasSubstr(base::hexEncode(code->secret))));
    const auto keys = keysBelow(folder.path());
    ASSERT_FALSE(keys.empty());
    for (const auto& key : keys) {
        EXPECT_THAT(log, Not(HasSubstr(key)));
    }
}

}  // namespace
}  // namespace weft::daemon
