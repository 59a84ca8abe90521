// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/status.h"
#include "core/base/unique_fd.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/local/administration_service.h"
#include "core/daemon/local/app_service.h"
#include "core/daemon/local/call_context.h"
#include "core/daemon/local/changes_service.h"
#include "core/daemon/local/daemon_service.h"
#include "core/daemon/local/drafts_service.h"
#include "core/daemon/local/logs_service.h"
#include "core/daemon/local/network_service.h"
#include "core/daemon/local/planning_service.h"
#include "core/daemon/local/traffic_service.h"
#include "core/daemon/planning/draft_desk.h"
#include "core/daemon/planning/plan_source.h"
#include "core/daemon/planning/planner.h"
#include "core/daemon/traffic/traffic_desk.h"

#include <grpcpp/channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>

namespace weft::daemon {

/// Calls that one user of the socket may have under way, streams included.
inline constexpr std::size_t kCallsPerUser = 16;
/// The same for the embedded channel, whose only user is this very program.
inline constexpr std::size_t kEmbeddedCalls = 64;
inline constexpr int kMaxLocalMessageBytes = 4 << 20;

/// What all users' calls are answered from. All of it outlives them.
struct LocalParts {
    ConnectionTable& table;
    DraftDesk& drafts;
    Planner& planner;
    TrafficDesk& traffic;
};

/// The gRPC server of one user of the local socket, at one grade. gRPC does not tell a handler
/// which connection a call came by, so that a server of their own is what calls of different users
/// are told apart and counted by. Thread: any.
class LocalServer {
public:
    /// Errors: kInternal when the library refuses.
    static StatusOr<std::unique_ptr<LocalServer>> create(
        base::Loop& loop, const LocalParts& parts, const LocalUser& user);
    /// Ends all calls.
    ~LocalServer();
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

    /// Serves a connected descriptor.
    void adopt(base::UniqueFd connection);
    std::shared_ptr<grpc::Channel> inProcessChannel();
    const CallGate& gate() { return calls_.gate(); }

private:
    LocalServer(base::Loop& loop, const LocalParts& parts, const LocalUser& user);

    CallContext calls_;
    AppService app_;
    DaemonService daemon_;
    AdministrationService administration_;
    ChangesService changes_;
    DraftsService drafts_;
    LogsService logs_;
    NetworkService network_;
    PlanSource source_;
    PlanningService planning_;
    TrafficService traffic_;
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
    std::unique_ptr<grpc::Server> server_;
};

}  // namespace weft::daemon
