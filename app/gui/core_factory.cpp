// SPDX-License-Identifier: Apache-2.0
#include "app/gui/core_factory.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/thread_name.h"
#include "core/base/unique_fd.h"
#include "core/base/unix_address.h"
#include "core/control/controller.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/socket.h>

namespace weft::app {
namespace {

/// A service that hangs is told of after this and the limit for its answer.
constexpr std::chrono::seconds kHeartbeat{5};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("gui");
    return logger;
}

StatusOr<std::unique_ptr<daemon::Daemon>> startDaemon(
    const config::LoadRequest& request, daemon::TunnelFactory* tunnels) {
    WEFT_ASSIGN_OR_RETURN(const auto options, config::load(request));
    for (const std::string& warning : options.warnings) {
        log().warn("configuration {}", warning);
    }
    return daemon::Daemon::start(options, daemon::Daemon::Reach::Embedded, tunnels);
}

Status statusOfErrno(int error, const std::filesystem::path& path) {
    const std::string shown = base::escapeForLine(path.string(), 200);
    switch (error) {
    case ENOENT:
        return notFound("no socket is at {}", shown);
    case EACCES:
    case EPERM:
        return permissionDenied("{} may not be opened by this account", shown);
    case ECONNREFUSED:
        return unavailable("nobody listens at {}", shown);
    default:
        return unavailable("{}: {}", shown, std::generic_category().message(error));
    }
}

}  // namespace

std::unique_ptr<Core> Core::embed(
    const config::LoadRequest& request, std::unique_ptr<Core> replaced) {
    std::unique_ptr<Core> core(new Core(Kind::Embedded));
    auto deferred = std::make_unique<DeferredController>();
    auto* waiting = deferred.get();
    core->controller_ = std::move(deferred);
    core->starter_ =
        std::thread([core = core.get(), request, waiting, old = std::move(replaced)]() mutable {
            base::setThreadName("core-start");
            old.reset();
            core->start(request, *waiting);
        });
    return core;
}

void Core::start(const config::LoadRequest& request, DeferredController& controller) {
    auto started = startDaemon(request, &tunnels_);
    if (!started.ok()) {
        log().error("the core did not start reason={}", toString(started.status()));
        controller.fail(annotate(started.status(), "starting the built-in core"));
        return;
    }
    daemon_ = *std::move(started);
    auto channel = daemon_->channel();
    if (channel == nullptr) {
        controller.fail(internalError("the built-in core has no way in"));
        return;
    }
    controller.become(control::makeController(std::move(channel)));
}

std::unique_ptr<Core> Core::attach(
    const std::filesystem::path& path, std::unique_ptr<Core> replaced) {
    std::unique_ptr<Core> core(new Core(Kind::Service));
    core->socket_ = path;
    control::ControllerOptions options;
    options.heartbeat = kHeartbeat;
    core->controller_ = control::connectLocal(path, options);
    core->outlive(std::move(replaced));
    return core;
}

std::unique_ptr<Core> Core::sandbox() {
    std::unique_ptr<Core> core(new Core(Kind::Sandbox));
    auto deferred = std::make_unique<DeferredController>();
    auto* waiting = deferred.get();
    core->controller_ = std::move(deferred);
    core->starter_ = std::thread([core = core.get(), waiting] {
        base::setThreadName("core-start");
        core->startSandbox(*waiting);
    });
    return core;
}

void Core::startSandbox(DeferredController& controller) {
    daemon::sandbox::SandboxOptions options;
    options.isServed = false;
    auto started = daemon::sandbox::Sandbox::start(options);
    if (!started.ok()) {
        log().error("the sandbox did not start reason={}", toString(started.status()));
        controller.fail(annotate(started.status(), "starting the sandbox"));
        return;
    }
    sandbox_ = *std::move(started);
    controller.become(control::makeController(sandbox_->channel()));
}

void Core::outlive(std::unique_ptr<Core> other) {
    if (other == nullptr) {
        return;
    }
    if (ender_.joinable()) {
        ender_.join();
    }
    ender_ = std::thread([old = std::move(other)]() mutable {
        base::setThreadName("core-stop");
        old.reset();
    });
}

Core::~Core() {
    for (std::thread* thread : {&starter_, &ender_}) {
        if (thread->joinable()) {
            thread->join();
        }
    }
    controller_.reset();
    daemon_.reset();
    sandbox_.reset();
}

Status probeSocket(const std::filesystem::path& path) {
    WEFT_ASSIGN_OR_RETURN(const auto address, base::UnixAddress::of(path));
    const base::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.valid()) {
        return statusOfErrno(errno, path);
    }
    const int result = ::connect(fd.get(), address.get(), address.size());
    const int error = errno;
    // A full backlog: somebody listens and is busy.
    if (result == 0 || error == EAGAIN || error == EINPROGRESS) {
        return okStatus();
    }
    return statusOfErrno(error, path);
}

}  // namespace weft::app
