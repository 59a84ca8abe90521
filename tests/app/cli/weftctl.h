// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/run.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_controller.h"
#include "tests/support/fake_scenes.h"
#include "tests/support/temp_dir.h"

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace weft::cli {

/// What a run of weftctl left behind.
struct Result {
    int code = -1;
    std::string out{};
    std::string err{};
};

/// A scene whose daemon takes the time from the same clock as the command.
inline tests::FakeScene sceneAt(const std::string& name, WallTime now) {
    auto scene = tests::fakeScene(name, now).value();
    scene.stoppedAt = now;
    return scene;
}

/// weftctl in front of a daemon of a scene. Each run gets a fresh daemon.
class Weftctl {
public:
    explicit Weftctl(std::string scene) : scene_(std::move(scene)) {}

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a test sets them before `run`
    /// Called with the daemon before the command asks it anything.
    std::function<void(tests::FakeController&)> prepare{};
    std::string input{};
    bool colour = false;
    /// `input` comes from a terminal.
    bool interactive = false;
    std::map<std::string, std::string> environment{};
    std::function<StatusOr<std::unique_ptr<RunningSandbox>>(const std::vector<std::string>&)>
        startSandbox{};
    std::function<Status(const std::vector<std::string>&)> becomeSandbox{};
    // NOLINTEND(misc-non-private-member-variables-in-classes)

    Result run(const std::vector<std::string>& arguments) {
        std::ostringstream out;
        std::ostringstream err;
        std::istringstream in(input);
        const Surroundings surroundings{
            .out = out,
            .err = err,
            .in = in,
            .clock = clock_,
            .colour = colour,
            .interactive = interactive,
            .environment = environment,
            .connect =
                [this](const auto& socket, auto timeout) { return connect(socket, timeout); },
            // The daemon of a scene tells all peers at once.
            .settle = std::chrono::milliseconds(1),
            .startSandbox = startSandbox,
            .becomeSandbox = becomeSandbox,
        };
        Result result;
        result.code = runCommandLine(arguments, surroundings);
        result.out = out.str();
        result.err = err.str();
        return result;
    }

    const std::filesystem::path& lastSocket() const { return socket_; }
    std::optional<Duration> lastTimeout() const { return timeout_; }

private:
    std::unique_ptr<api::Controller> connect(
        const std::filesystem::path& socket, std::optional<Duration> timeout) {
        socket_ = socket;
        timeout_ = timeout;
        auto controller = std::make_unique<tests::FakeController>(
            sceneAt(scene_, clock_.wallNow()), tests::FakeController::Delivery::OwnThread);
        if (prepare) {
            prepare(*controller);
        }
        return controller;
    }

    const std::string scene_;
    tests::FakeClock clock_;
    std::filesystem::path socket_;
    std::optional<Duration> timeout_;
};

/// A session with a daemon of a scene, for commands that are called directly.
class DirectRun {
public:
    explicit DirectRun(const std::string& scene)
        : daemon(sceneAt(scene, clock.wallNow()), tests::FakeController::Delivery::OwnThread) {}

    tests::FakeClock clock;
    tests::FakeController daemon;
    std::ostringstream text;
    std::ostringstream notes;
    std::istringstream in;
    Output out{text, Format::Table, false, false};
    Session session{daemon, std::chrono::seconds(10), std::chrono::milliseconds(1)};
    Context context{&session, out, notes, in, clock};

    /// Runs `task` on the command's thread as soon as the command waits: during its first call.
    void whileWaiting(EventPump::Task task) { session.pump().post(std::move(task)); }

    /// Runs `task` on the command's thread when the daemon has answered the first call: while the
    /// command waits for the second.
    void afterFirstAnswer(EventPump::Task task) {
        whileWaiting([this, task = std::move(task)] {
            daemon.runOnLoop([this, task] { session.pump().post(task); });
        });
    }

    /// Presses Ctrl-C once the command has seen all that the daemon did so far.
    void interruptWhenSeen() {
        daemon.runOnLoop([this] { session.pump().post([this] { session.pump().interrupt(); }); });
    }
};

}  // namespace weft::cli
