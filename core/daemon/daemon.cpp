// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/daemon.h"

#include "core/base/asio_loop.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/local/grade.h"
#include "core/daemon/local/local_listener.h"
#include "core/daemon/local/local_server.h"
#include "core/daemon/real_connections.h"
#include "core/daemon/traffic/traffic_desk.h"

#include <array>
#include <future>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <sys/file.h>
#include <unistd.h>

namespace weft::daemon {
namespace {

/// Users of the socket that are served at the same time.
constexpr std::size_t kMaxLocalUsers = 16;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

std::string hostNodeId() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        return nodeIdFromHostName("");
    }
    return nodeIdFromHostName(name.data());
}

GradePolicy policyOf(const config::WeftOptions& options) {
    return {
        .ownUid = ::geteuid(),
        .group = findGroup(options.localGroup),
        .groupGrade = options.groupGrade == config::GroupGrade::Operate ? api::Grade::Operate
                                                                        : api::Grade::Observe};
}

/// One daemon per state folder: two would write over each other's profiles.
StatusOr<base::UniqueFd> lockState(const std::filesystem::path& folder) {
    const auto path = folder / "lock";
    base::UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.valid()) {
        return permissionDenied("{} cannot be opened", path.string());
    }
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return failedPrecondition("another daemon uses the state folder {}", folder.string());
    }
    return fd;
}

}  // namespace

struct Daemon::Impl {
    Impl(
        config::NodeOptions nodeOptions,
        base::UniqueFd stateLock,
        TunnelFactory* tunnels,
        ConnectionFactory* otherConnections)
        : options(std::move(nodeOptions))
        , lock(std::move(stateLock))
        , loop("daemon")
        , work("work")
        , connections(work, tunnels)
        , table(
              loop,
              work,
              ProfileStore(options.weft.stateDir / "profiles"),
              otherConnections == nullptr ? connections : *otherConnections,
              {.base = options,
               .defaultNodeId = hostNodeId(),
               .notStarted = [this, tunnels](const std::string& id) {
                   if (tunnels != nullptr) {
                       // What an earlier run locked for it goes with a lock that nobody holds.
                       tunnels->lock(id, loop, [](const auto& /*problems*/) {}).reset();
                   }
               }}) {}

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        // Also when it did not start: what the table has posted by then runs while there is one.
        loop.stop();
        work.stop();
    }

    Status listen();
    bool adopt(const PeerCredentials& peer, api::Grade grade, base::UniqueFd connection);
    void makeRoom();
    void stop();

    const config::NodeOptions options;
    const base::UniqueFd lock;
    base::AsioLoop loop;
    base::AsioLoop work;
    /// Makes nothing when there is another factory.
    RealConnections connections;
    ConnectionTable table;
    DraftDesk drafts{DraftStore(options.weft.stateDir / "profiles")};
    Planner planner;
    TrafficDesk traffic{loop, table};
    const LocalParts parts{table, drafts, planner, traffic};
    bool stopped = false;

    struct User {
        std::unique_ptr<LocalServer> server;
        bool connected = false;
    };
    /// On the listener's thread while there is one. A user who changes group has two.
    std::map<std::pair<uid_t, api::Grade>, User> users;
    std::unique_ptr<LocalServer> embedded;
    std::unique_ptr<LocalListener> listener;
};

Status Daemon::Impl::listen() {
    WEFT_ASSIGN_OR_RETURN(
        listener,
        LocalListener::create(
            {.path = options.weft.localSocket, .policy = policyOf(options.weft)},
            [this](const PeerCredentials& peer, api::Grade grade, base::UniqueFd connection) {
                return adopt(peer, grade, std::move(connection));
            },
            [this](uid_t uid) {
                for (auto& [key, user] : users) {
                    user.connected = user.connected && key.first != uid;
                }
            }));
    return okStatus();
}

bool Daemon::Impl::adopt(const PeerCredentials& peer, api::Grade grade, base::UniqueFd connection) {
    const std::pair key(peer.uid, grade);
    if (!users.contains(key)) {
        makeRoom();
        if (users.size() >= kMaxLocalUsers) {
            return false;
        }
        auto server = LocalServer::create(
            loop, parts, {fmt::format("uid {}", peer.uid), grade, kCallsPerUser});
        if (!server.ok()) {
            log().error("no local server reason={}", messageOf(server.status()));
            return false;
        }
        users[key].server = *std::move(server);
    }
    users[key].connected = true;
    users[key].server->adopt(std::move(connection));
    return true;
}

void Daemon::Impl::makeRoom() {
    if (users.size() < kMaxLocalUsers) {
        return;
    }
    // One whose calls still run would be waited for.
    std::erase_if(users, [](const auto& item) {
        return !item.second.connected && item.second.server->gate().running() == 0;
    });
}

void Daemon::Impl::stop() {
    if (std::exchange(stopped, true)) {
        return;
    }
    // From the outside in: nobody new, then the meshes, then those who watched them go.
    listener.reset();
    std::promise<void> gone;
    loop.post([this, &gone] {
        table.stopAll(options.weft.shutdownTimeout, [&gone] { gone.set_value(); });
    });
    gone.get_future().wait();
    std::promise<void> cancelled;
    work.post([this, &cancelled] {
        connections.cancelEnrolments();
        cancelled.set_value();
    });
    cancelled.get_future().wait();
    planner.stop();
    drafts.stop();
    // Every call has its answer by now or gets it from the loop, which still runs.
    users.clear();
    embedded.reset();
    // Connections retire on `work`; what ends there is no longer told to anybody.
    loop.stop();
    work.stop();
}

StatusOr<std::unique_ptr<Daemon>> Daemon::start(
    const config::NodeOptions& options,
    Reach reach,
    TunnelFactory* tunnels,
    ConnectionFactory* connections) {
    WEFT_RETURN_IF_ERROR(checkGradeRows(gradeRows(), localServices()));
    WEFT_RETURN_IF_ERROR(base::makeFolders(options.weft.stateDir));
    WEFT_ASSIGN_OR_RETURN(auto lock, lockState(options.weft.stateDir));
    auto impl = std::make_unique<Impl>(options, std::move(lock), tunnels, connections);
    // Before the loop serves anybody; nothing else runs on it yet.
    const Status loaded = impl->table.load();
    if (tunnels != nullptr) {
        tunnels->prepare(
            options.weft.stateDir,
            options.weft.tunnel ? impl->table.lockedAtStart() : std::set<std::string>());
    }
    WEFT_RETURN_IF_ERROR(loaded);
    if (reach == Reach::Socket) {
        WEFT_RETURN_IF_ERROR(impl->listen());
    }
    impl->loop.post([table = &impl->table, traffic = &impl->traffic] {
        traffic->start();
        table->startAll();
    });
    return std::unique_ptr<Daemon>(new Daemon(std::move(impl)));
}

Daemon::Daemon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Daemon::~Daemon() {
    stop();
}

std::shared_ptr<grpc::Channel> Daemon::channel() {
    if (!impl_->embedded) {
        auto server = LocalServer::create(
            impl_->loop, impl_->parts, {"embedded", api::Grade::Administer, kEmbeddedCalls});
        if (!server.ok()) {
            log().error("no local server reason={}", messageOf(server.status()));
            return nullptr;
        }
        impl_->embedded = *std::move(server);
    }
    return impl_->embedded->inProcessChannel();
}

void Daemon::stop() {
    impl_->stop();
}

}  // namespace weft::daemon
