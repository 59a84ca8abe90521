// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/sandbox.h"

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/mutex.h"
#include "core/config/options.h"
#include "core/daemon/daemon.h"
#include "core/daemon/profile_store.h"
#include "core/daemon/sandbox/sandbox_connections.h"
#include "core/daemon/sandbox/scratch_folder.h"
#include "core/daemon/sandbox/simulated_tunnels.h"
#include "core/rpc/library.h"

#include <string>
#include <utility>

namespace weft::daemon::sandbox {
namespace {

using Profile = weft::local::v1::Profile;

/// Whether the mesh was filled and is up, told on one thread and waited for on another.
class Filling {
public:
    void settle(const Status& status) {
        const base::MutexLock lock(mutex_);
        // Those after it are of a mesh that somebody disconnected and connected.
        outcome_ = outcome_ ? outcome_ : std::optional(status);
        changed_.notifyAll();
    }
    void noteUp() {
        const base::MutexLock lock(mutex_);
        // Of the whole mesh, and not of its first nodes.
        isUp_ = isUp_ || outcome_.has_value();
        changed_.notifyAll();
    }
    Status wait(std::chrono::steady_clock::time_point end) {
        const base::MutexLock lock(mutex_);
        while (!isOver() && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        return isOver() ? *outcome_ : deadlineExceeded("the sandbox was not ready in time");
    }

private:
    bool isOver() const WEFT_REQUIRES(mutex_) { return outcome_ && (isUp_ || !outcome_->ok()); }

    base::Mutex mutex_;
    base::ConditionVariable changed_;
    std::optional<Status> outcome_ WEFT_GUARDED_BY(mutex_);
    bool isUp_ WEFT_GUARDED_BY(mutex_) = false;
};

StoredProfile profileOf(const SimulatedNode& self) {
    StoredProfile stored;
    auto& profile = stored.profile;
    profile.set_id(kProfileId);
    profile.set_name("Sandbox");
    profile.set_kind(Profile::KIND_FOUNDER);
    profile.set_node_id(self.id.value());
    profile.set_zone(self.zone);
    profile.set_mesh_domain(std::string(kDomain));
    profile.set_tls_mode(Profile::TLS_MODE_MUTUAL);
    profile.set_auto_connect(true);
    stored.creation.set_domain(profile.mesh_domain());
    stored.creation.set_node_id(profile.node_id());
    return stored;
}

/// What the daemon finds there when it starts.
Status writeProfile(const std::filesystem::path& state, const MeshPlan& plan) {
    const ProfileStore store(state / "profiles");
    WEFT_RETURN_IF_ERROR(base::makeFolders(state));
    WEFT_RETURN_IF_ERROR(store.save(profileOf(plan.self())));
    return base::writeFileAtomically(
        store.folderOf(kProfileId) / kNodeKeyFile,
        keyOf(plan.seed, plan.self().id).encode().revealText());
}

config::NodeOptions optionsOf(
    const std::filesystem::path& state, const std::filesystem::path& socket) {
    config::NodeOptions options;
    options.weft.stateDir = state;
    options.weft.localSocket = socket;
    // It is for who started it.
    options.weft.localGroup.clear();
    options.weft.groupGrade = config::GroupGrade::Observe;
    return options;
}

/// A folder that was made for the socket alone goes with it.
class SocketFolder {
public:
    explicit SocketFolder(const std::filesystem::path& socket) {
        std::error_code error;
        if (!socket.empty() && !std::filesystem::exists(socket.parent_path(), error)) {
            path_ = socket.parent_path();
        }
    }
    SocketFolder(const SocketFolder&) = delete;
    SocketFolder& operator=(const SocketFolder&) = delete;
    ~SocketFolder() {
        if (!path_.empty()) {
            // Only an empty one.
            std::error_code error;
            std::filesystem::remove(path_, error);
        }
    }

private:
    std::filesystem::path path_;
};

}  // namespace

Status SandboxOptions::validate() const {
    if (nodes < kLeastNodes || nodes > kMostNodes) {
        return invalidArgument(
            "a sandbox has {} to {} nodes, this one included: {} is not possible",
            kLeastNodes,
            kMostNodes,
            nodes);
    }
    if (!socket.empty() && !socket.is_absolute()) {
        return invalidArgument("the path of the socket must be absolute: {}", socket.string());
    }
    return okStatus();
}

struct Sandbox::Impl {
    Impl(ScratchFolder scratchFolder, const SandboxOptions& options)
        : scratch(std::move(scratchFolder))
        , socketFolder(options.socket)
        , socket(options.socket)
        , world(std::make_shared<World>(
              planMesh(options.seed, options.nodes), base::SystemClock().now()))
        , tunnels(world)
        , connections(
              tunnels,
              world,
              {.settled = [filling = filling](const Status& status) { filling->settle(status); },
               .isUp = [filling = filling] { filling->noteUp(); }}) {
        if (socket.empty() && options.isServed) {
            socket = scratch.path() / "socket";
        }
    }

    const ScratchFolder scratch;
    const SocketFolder socketFolder;
    std::filesystem::path socket;
    const std::shared_ptr<Filling> filling = std::make_shared<Filling>();
    const std::shared_ptr<World> world;
    SimulatedTunnels tunnels;
    SandboxConnections connections;
    std::unique_ptr<Daemon> daemon;
};

StatusOr<std::unique_ptr<Sandbox>> Sandbox::start(const SandboxOptions& options) {
    WEFT_RETURN_IF_ERROR(options.validate());
    rpc::prepareLibrary();
    WEFT_ASSIGN_OR_RETURN(auto scratch, ScratchFolder::create(options.parent));
    auto impl = std::make_unique<Impl>(std::move(scratch), options);
    const auto state = impl->scratch.path() / "state";
    WEFT_RETURN_IF_ERROR(writeProfile(state, impl->world->plan()));
    const auto end = std::chrono::steady_clock::now() + kPatience;
    WEFT_ASSIGN_OR_RETURN(
        impl->daemon,
        Daemon::start(
            optionsOf(state, impl->socket),
            options.isServed ? Daemon::Reach::Socket : Daemon::Reach::Embedded,
            &impl->tunnels,
            &impl->connections));
    WEFT_RETURN_IF_ERROR(impl->filling->wait(end));
    return std::unique_ptr<Sandbox>(new Sandbox(std::move(impl)));
}

Sandbox::Sandbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Sandbox::~Sandbox() = default;

std::shared_ptr<grpc::Channel> Sandbox::channel() {
    return impl_->daemon->channel();
}

const std::filesystem::path& Sandbox::socket() const {
    return impl_->socket;
}

}  // namespace weft::daemon::sandbox
