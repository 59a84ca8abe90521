// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/local_server.h"

#include "core/base/log_ring.h"

#include <grpcpp/security/server_credentials.h>

#include <chrono>

namespace weft::daemon {
namespace {

/// A connection that does not begin to speak HTTP/2 is closed by then.
constexpr int kHandshakeMilliseconds = 3'000;
constexpr int kMaxHeaderBytes = 16 * 1024;
constexpr int kMaxStreamsPerConnection = 64;

}  // namespace

StatusOr<std::unique_ptr<LocalServer>> LocalServer::create(
    base::Loop& loop, const LocalParts& parts, const LocalUser& user) {
    std::unique_ptr<LocalServer> server(new LocalServer(loop, parts, user));
    grpc::ServerBuilder builder;
    builder.RegisterService(&server->app_);
    builder.RegisterService(&server->daemon_);
    builder.RegisterService(&server->administration_);
    builder.RegisterService(&server->changes_);
    builder.RegisterService(&server->drafts_);
    builder.RegisterService(&server->logs_);
    builder.RegisterService(&server->network_);
    builder.RegisterService(&server->planning_);
    builder.RegisterService(&server->traffic_);
    builder.SetMaxReceiveMessageSize(kMaxLocalMessageBytes);
    builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMilliseconds);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxHeaderBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection);
    server->acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
        grpc::InsecureServerCredentials());
    server->server_ = builder.BuildAndStart();
    if (!server->server_) {
        return internalError("the local server did not start");
    }
    return server;
}

LocalServer::LocalServer(base::Loop& loop, const LocalParts& parts, const LocalUser& user)
    : calls_(loop, user)
    , app_(calls_, parts.table)
    , daemon_(calls_, parts.table)
    , administration_(calls_, parts.table)
    , changes_(calls_, parts.table)
    , drafts_(calls_, parts.table, parts.drafts, parts.planner)
    , logs_(calls_, base::keptLog())
    , network_(calls_, parts.table)
    , source_(loop, parts.table, parts.drafts)
    , planning_(calls_, source_, parts.planner)
    , traffic_(calls_, parts.traffic) {}

LocalServer::~LocalServer() {
    if (server_) {
        server_->Shutdown(std::chrono::system_clock::now());
        server_->Wait();
    }
}

void LocalServer::adopt(base::UniqueFd connection) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
    parameters.fd = connection.release();
    acceptor_->HandleNewConnection(&parameters);
}

std::shared_ptr<grpc::Channel> LocalServer::inProcessChannel() {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    return server_->InProcessChannel(arguments);
}

}  // namespace weft::daemon
