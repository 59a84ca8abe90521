// SPDX-License-Identifier: Apache-2.0
#include "tests/core/control/fake_daemon.h"

#include <grpcpp/server_builder.h>

#include <chrono>
#include <thread>

namespace weft::tests {
namespace {

/// Holds a call until the client or the test ends it.
void hold(const grpc::ServerContext& context, const std::atomic<bool>& released) {
    while (!context.IsCancelled() && !released) {
        std::this_thread::yield();
    }
}

}  // namespace

grpc::Status FakeApp::Status(
    grpc::ServerContext* /*context*/,
    const ::v1::StatusRequest* /*request*/,
    ::v1::StatusResponse* response) {
    response->set_connection_status(::v1::StatusResponse::DISCONNECTED);
    if (connected) {
        response->mutable_node()->set_id("alpha");
        response->mutable_node()->set_private_ipv4("172.16.0.2/32");
    }
    return grpc::Status::OK;
}

grpc::Status FakeApp::Connect(
    grpc::ServerContext* /*context*/,
    const ::v1::ConnectRequest* /*request*/,
    ::v1::ConnectResponse* response) {
    connected = true;
    response->set_ipv4("172.16.0.0/12");
    return grpc::Status::OK;
}

void FakeApp::putRecord(const std::string& key, const std::string& value) {
    const base::MutexLock lock(mutex_);
    records_[key] = value;
}

grpc::Status FakeApp::Query(
    grpc::ServerContext* /*context*/,
    const ::v1::QueryRequest* request,
    grpc::ServerWriter<::v1::QueryResponse>* writer) {
    ::v1::QueryResponse answer;
    answer.set_key(request->query());
    if (request->command() == ::v1::QueryRequest::ITER) {
        const base::MutexLock lock(mutex_);
        for (const auto& [key, value] : records_) {
            if (key.starts_with(request->query())) {
                ::v1::QueryResponse record;
                record.set_key(key);
                record.add_value(value);
                writer->Write(record);
            }
        }
        if (records_.empty()) {
            answer.add_value("1");
            writer->Write(answer);
        }
        ::v1::QueryResponse end;
        end.set_error("EOF");
        writer->Write(end);
        return grpc::Status::OK;
    }
    if (request->query() == "/missing") {
        answer.set_error("key not found: /missing");
    } else {
        answer.add_value("one");
        answer.add_value("two");
    }
    writer->Write(answer);
    if (unimplementedAtEnd) {
        return {grpc::StatusCode::UNIMPLEMENTED, "unknown query command"};
    }
    return grpc::Status::OK;
}

grpc::Status FakeApp::Subscribe(
    grpc::ServerContext* /*context*/,
    const ::v1::SubscribeRequest* request,
    grpc::ServerWriter<::v1::SubscriptionEvent>* writer) {
    ::v1::SubscriptionEvent event;
    event.set_key(request->prefix() + "/a");
    event.set_value("x");
    writer->Write(event);
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "too slow"};
}

grpc::Status FakeLocal::GetCapabilities(
    grpc::ServerContext* context,
    const weft::local::v1::GetCapabilitiesRequest* /*request*/,
    weft::local::v1::Capabilities* response) {
    ++capabilityCalls;
    while (silent && !context->IsCancelled() && !released) {
        std::this_thread::yield();
    }
    response->set_version("1.2.3");
    response->set_grade(weft::local::v1::GRADE_OPERATE);
    response->add_features("profiles");
    return grpc::Status::OK;
}

grpc::Status FakeLocal::WatchState(
    grpc::ServerContext* context,
    const weft::local::v1::WatchStateRequest* /*request*/,
    grpc::ServerWriter<weft::local::v1::DaemonState>* writer) {
    weft::local::v1::DaemonState state;
    state.set_revision(7);
    state.add_profiles()->set_id("home");
    state.add_connections()->set_profile_id("home");
    writer->Write(state);
    hold(*context, released);
    return grpc::Status::OK;
}

grpc::Status FakeLocal::WatchPeers(
    grpc::ServerContext* context,
    const weft::local::v1::WatchPeersRequest* request,
    grpc::ServerWriter<weft::local::v1::PeersUpdate>* writer) {
    if (request->profile_id() != "home") {
        return {grpc::StatusCode::NOT_FOUND, "there is no such profile"};
    }
    weft::local::v1::PeersUpdate update;
    update.set_reset(true);
    update.add_changed()->mutable_node()->set_id("beta");
    writer->Write(update);
    hold(*context, released);
    return grpc::Status::OK;
}

grpc::Status FakeLocal::PreviewCode(
    grpc::ServerContext* context,
    const weft::local::v1::PreviewCodeRequest* /*request*/,
    weft::local::v1::CodePreview* /*response*/) {
    hold(*context, released);
    return grpc::Status::OK;
}

grpc::Status FakePlanning::ReviewPlan(
    grpc::ServerContext* context,
    const weft::local::v1::ReviewPlanRequest* /*request*/,
    weft::local::v1::PlanReview* /*response*/) {
    hold(*context, released);
    return grpc::Status::OK;
}

FakeDaemon::FakeDaemon(const std::filesystem::path& socket, bool hasLocalApi) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + socket.string(), grpc::InsecureServerCredentials());
    builder.RegisterService(&app);
    if (hasLocalApi) {
        builder.RegisterService(&local);
        builder.RegisterService(&planning);
    }
    server_ = builder.BuildAndStart();
}

FakeDaemon::~FakeDaemon() {
    local.release();
    planning.released = true;
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
}

}  // namespace weft::tests
