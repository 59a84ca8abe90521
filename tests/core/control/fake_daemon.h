// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"

#include "v1/app.grpc.pb.h"
#include "weft/local/v1/local.grpc.pb.h"
#include "weft/local/v1/planning.grpc.pb.h"

#include <grpcpp/server.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::tests {

/// v1.AppDaemon with the manners of other implementations.
class FakeApp final : public ::v1::AppDaemon::Service {
public:
    grpc::Status Status(
        grpc::ServerContext* context,
        const ::v1::StatusRequest* request,
        ::v1::StatusResponse* response) override;
    grpc::Status Connect(
        grpc::ServerContext* context,
        const ::v1::ConnectRequest* request,
        ::v1::ConnectResponse* response) override;
    grpc::Status Query(
        grpc::ServerContext* context,
        const ::v1::QueryRequest* request,
        grpc::ServerWriter<::v1::QueryResponse>* writer) override;
    grpc::Status Subscribe(
        grpc::ServerContext* context,
        const ::v1::SubscribeRequest* request,
        grpc::ServerWriter<::v1::SubscriptionEvent>* writer) override;

    /// What a query for keys that begin with a part of `key` brings.
    void putRecord(const std::string& key, const std::string& value);

    /// Says DISCONNECTED and shows a node record all the same.
    std::atomic<bool> connected = false;
    /// Ends GET and LIST with UNIMPLEMENTED after the answer.
    std::atomic<bool> unimplementedAtEnd = true;

private:
    base::Mutex mutex_;
    std::map<std::string, std::string> records_ WEFT_GUARDED_BY(mutex_);
};

/// weft.local.v1 with one profile.
class FakeLocal final : public weft::local::v1::Daemon::Service {
public:
    grpc::Status GetCapabilities(
        grpc::ServerContext* context,
        const weft::local::v1::GetCapabilitiesRequest* request,
        weft::local::v1::Capabilities* response) override;
    grpc::Status WatchState(
        grpc::ServerContext* context,
        const weft::local::v1::WatchStateRequest* request,
        grpc::ServerWriter<weft::local::v1::DaemonState>* writer) override;
    grpc::Status WatchPeers(
        grpc::ServerContext* context,
        const weft::local::v1::WatchPeersRequest* request,
        grpc::ServerWriter<weft::local::v1::PeersUpdate>* writer) override;
    /// Does not answer before the call is over.
    grpc::Status PreviewCode(
        grpc::ServerContext* context,
        const weft::local::v1::PreviewCodeRequest* request,
        weft::local::v1::CodePreview* response) override;

    /// Ends the waiting of all calls; before the server is shut down.
    void release() { released = true; }

    std::atomic<int> capabilityCalls = 0;
    /// Capabilities are not answered, as by a daemon that hangs.
    std::atomic<bool> silent = false;
    std::atomic<bool> released = false;
};

/// Reviews that take longer than anybody waits.
class FakePlanning final : public weft::local::v1::Planning::Service {
public:
    grpc::Status ReviewPlan(
        grpc::ServerContext* context,
        const weft::local::v1::ReviewPlanRequest* request,
        weft::local::v1::PlanReview* response) override;

    std::atomic<bool> released = false;
};

/// A daemon on a unix socket that comes and goes.
class FakeDaemon {
public:
    FakeDaemon(const std::filesystem::path& socket, bool hasLocalApi);
    ~FakeDaemon();
    FakeDaemon(const FakeDaemon&) = delete;
    FakeDaemon& operator=(const FakeDaemon&) = delete;

    FakeApp app;
    FakeLocal local;
    FakePlanning planning;

private:
    std::unique_ptr<grpc::Server> server_;
};

}  // namespace weft::tests
