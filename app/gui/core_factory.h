// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/controller.h"
#include "core/config/load.h"
#include "core/daemon/daemon.h"
#include "core/daemon/sandbox/sandbox.h"
#include "core/daemon/tunnel/real_tunnels.h"

#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

namespace weft::app {

/// A core to work with: the one inside this program, a service on this computer, or a sandbox.
/// Thread: main.
class Core {
public:
    /// Starts a core in threads of its own and returns at once; the controller answers when it is
    /// up, or says why it is not. `replaced`, which may be null, ends before, on such a thread: it
    /// may take long and holds what the new one needs.
    static std::unique_ptr<Core> embed(
        const config::LoadRequest& request, std::unique_ptr<Core> replaced);
    /// Uses the service that listens at `path`. It connects by itself, also again.
    static std::unique_ptr<Core> attach(
        const std::filesystem::path& path, std::unique_ptr<Core> replaced);
    /// A simulated mesh in threads of its own; otherwise as `embed`. It shares nothing with other
    /// cores and leaves nothing behind.
    static std::unique_ptr<Core> sandbox();

    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;
    /// Ends calls; an embedded core leaves its meshes first, which may take seconds.
    ~Core();

    /// Ends `other` on a thread: it may take long. This one waits for it at its own end.
    void outlive(std::unique_ptr<Core> other);

    api::Controller& controller() { return *controller_; }
    bool isEmbedded() const { return kind_ == Kind::Embedded; }
    bool isSandbox() const { return kind_ == Kind::Sandbox; }
    /// Where the service listens; empty for every other core.
    const std::filesystem::path& socket() const { return socket_; }

private:
    enum class Kind { Embedded, Service, Sandbox };

    explicit Core(Kind kind) : kind_(kind) {}
    void start(const config::LoadRequest& request, DeferredController& controller);
    void startSandbox(DeferredController& controller);

    const Kind kind_;
    std::filesystem::path socket_;
    daemon::RealTunnels tunnels_;
    // Below its controller, above whoever starts it: destroyed in that order.
    std::unique_ptr<daemon::Daemon> daemon_;
    std::unique_ptr<daemon::sandbox::Sandbox> sandbox_;
    std::unique_ptr<api::Controller> controller_;
    std::thread starter_;
    std::thread ender_;
};

/// Whether somebody listens on the socket. Does not wait.
/// Errors: kNotFound nothing is there; kPermissionDenied; kUnavailable nobody listens;
/// kInvalidArgument the path cannot be a socket.
Status probeSocket(const std::filesystem::path& path);

}  // namespace weft::app
