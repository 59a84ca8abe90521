// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/control/controller.h"
#include "core/control/detail/calls.h"
#include "core/control/detail/link_monitor.h"

#include "v1/app.grpc.pb.h"
#include "weft/local/v1/administration.grpc.pb.h"
#include "weft/local/v1/changes.grpc.pb.h"
#include "weft/local/v1/drafts.grpc.pb.h"
#include "weft/local/v1/local.grpc.pb.h"
#include "weft/local/v1/logs.grpc.pb.h"
#include "weft/local/v1/network.grpc.pb.h"
#include "weft/local/v1/planning.grpc.pb.h"
#include "weft/local/v1/traffic.grpc.pb.h"

#include <atomic>
#include <map>
#include <memory>
#include <string>

namespace weft::control {

class GrpcChanges;
class GrpcDiagnosis;
class GrpcDrafts;
class GrpcLogs;
class GrpcPlanning;
class GrpcTraffic;

/// api::Controller over stubs. All state lives on one loop, which is also the thread of every
/// callback.
class GrpcController final : public api::Controller {
public:
    GrpcController(std::shared_ptr<grpc::Channel> channel, const ControllerOptions& options);
    ~GrpcController() override;

    Subscription watchLink(std::function<void(api::LinkState, const Status&)> changed) override;
    void capabilities(Callback<api::Capabilities> done) override;
    Subscription watchState(std::function<void(const api::DaemonState&)> changed) override;
    void createMesh(const api::CreateMeshParams& params, Callback<api::Profile> done) override;
    void joinWithCode(const api::JoinWithCodeParams& params, Callback<api::Profile> done) override;
    void previewCode(const std::string& code, Callback<api::CodePreview> done) override;
    void putProfile(const api::Profile& profile, Callback<api::Profile> done) override;
    void removeProfile(const api::ProfileId& id, bool forgetState, StatusCallback done) override;
    void connectProfile(
        const api::ProfileId& id, const api::Secrets& secrets, StatusCallback done) override;
    void disconnectProfile(const api::ProfileId& id, StatusCallback done) override;
    Subscription watchPeers(
        const api::ProfileId& id, std::function<void(const api::PeersUpdate&)> changed) override;
    void graph(const api::ProfileId& id, Callback<api::Graph> done) override;
    void routes(const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) override;
    void answerRoute(
        const api::ProfileId& id,
        const std::string& cidr,
        const std::string& nodeId,
        api::RouteAnswer answer,
        StatusCallback done) override;
    void createInvitation(
        const api::ProfileId& id,
        const api::CreateInvitationParams& params,
        Callback<api::NewInvitation> done) override;
    void invitations(
        const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) override;
    void revokeInvitation(
        const api::ProfileId& id, const std::string& invitationId, StatusCallback done) override;
    void releaseNode(
        const api::ProfileId& id, const std::string& nodeId, StatusCallback done) override;
    Subscription watchPolicy(
        const api::ProfileId& id, std::function<void(const api::PolicyState&)> changed) override;
    void policy(const api::ProfileId& id, Callback<api::PolicyState> done) override;
    void putPolicyObject(
        const api::ProfileId& id,
        const api::PolicyObject& object,
        std::optional<std::uint64_t> base,
        Callback<api::WriteReport> done) override;
    void removePolicyObject(
        const api::ProfileId& id,
        const api::ObjectRef& ref,
        std::optional<std::uint64_t> base,
        Callback<api::WriteReport> done) override;
    void checkAccess(
        const api::ProfileId& id,
        const api::AccessQuestion& question,
        Callback<api::AccessAnswer> done) override;
    void explainAccess(
        const api::ProfileId& id,
        const std::string& from,
        const std::string& to,
        Callback<api::AccessExplanation> done) override;
    void removeNode(
        const api::ProfileId& id,
        const std::string& nodeId,
        const std::string& reason,
        Callback<api::WriteReport> done) override;
    void readmitNode(
        const api::ProfileId& id, const std::string& nodeId, StatusCallback done) override;
    void removedNodes(
        const api::ProfileId& id, Callback<std::vector<api::RemovedNode>> done) override;
    void auditEvents(
        const api::ProfileId& id,
        const api::AuditFilter& filter,
        Callback<std::vector<api::AuditEvent>> done) override;
    api::Changes& changes() override;
    api::Planning& planning() override;
    api::Drafts& drafts() override;
    api::Logs& logs() override;
    api::Diagnosis& diagnosis() override;
    api::Traffic& traffic() override;
    void get(const std::string& key, Callback<std::string> done) override;
    void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) override;
    void iterate(const std::string& prefix, Callback<std::vector<api::KeyValue>> done) override;
    void publish(
        const api::KeyValue& pair,
        std::optional<std::chrono::seconds> ttl,
        StatusCallback done) override;
    Subscription subscribe(
        const std::string& prefix,
        std::function<void(const api::KeyValue&)> changed,
        StatusCallback ended) override;
    void metrics(Callback<std::vector<api::InterfaceMetrics>> done) override;

private:
    friend class GrpcChanges;
    friend class GrpcDiagnosis;
    friend class GrpcDrafts;
    friend class GrpcLogs;
    friend class GrpcPlanning;
    friend class GrpcTraffic;
    struct PeerWatch;
    struct PolicyWatch;
    struct Query;
    using LocalStub = weft::local::v1::Daemon::StubInterface::async_interface;
    using AdministrationStub = weft::local::v1::Administration::StubInterface::async_interface;
    using ChangesStub = weft::local::v1::Changes::StubInterface::async_interface;
    using DraftsStub = weft::local::v1::Drafts::StubInterface::async_interface;
    using PlanningStub = weft::local::v1::Planning::StubInterface::async_interface;
    using LogsStub = weft::local::v1::Logs::StubInterface::async_interface;
    using NetworkStub = weft::local::v1::Network::StubInterface::async_interface;
    using TrafficStub = weft::local::v1::Traffic::StubInterface::async_interface;
    using AppStub = ::v1::AppDaemon::StubInterface::async_interface;

    /// Runs `task` on the loop, or `refused` here and now when the controller is going.
    void onLoop(std::function<void()> task, const std::function<void(Status)>& refused);
    /// A call of weft.local.v1, after the capabilities; `verb` is for "this daemon cannot ...".
    template <typename Stub, typename Request, typename Response>
    void localCall(
        const char* verb,
        void (Stub::*method)(
            grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>),
        Request request,
        Callback<Response> done);
    /// The library's object that makes the calls of a service.
    template <typename Stub>
    Stub* stub() const;
    /// How long a call may take.
    template <typename Stub, typename Request>
    Duration timeoutOf() const;
    template <typename Request, typename Response>
    void appCall(
        void (AppStub::*method)(
            grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>),
        Request request,
        Duration timeout,
        Callback<Response> done);
    void onStateForPolicy(const std::shared_ptr<PolicyWatch>& watch, const api::DaemonState& state);
    void askForPolicy(const std::shared_ptr<PolicyWatch>& watch);
    void legacyConnect(const api::ProfileId& id, StatusCallback done);
    void legacyDisconnect(const api::ProfileId& id, StatusCallback done);
    void query(
        ::v1::QueryRequest::QueryCommand command,
        const std::string& text,
        Callback<std::vector<::v1::QueryResponse>> done);
    void dropPeers(const std::shared_ptr<PeerWatch>& watch);
    void startPeers(const std::shared_ptr<PeerWatch>& watch);
    void openPeers(const std::shared_ptr<PeerWatch>& watch);
    void askForNodes(const std::shared_ptr<PeerWatch>& watch);
    void tellNodes(const std::shared_ptr<PeerWatch>& watch, std::vector<api::Peer> nodes);
    void onPeersEnded(const std::shared_ptr<PeerWatch>& watch, const Status& status);
    void shutDown();

    const ControllerOptions options_;
    // Shared with the handles that the controller gave out: they may outlive it, and cancelling one
    // then is a post to a stopped loop, which does nothing.
    std::shared_ptr<base::AsioLoop> loop_;
    std::atomic<bool> closing_ = false;
    std::unique_ptr<weft::local::v1::Daemon::Stub> daemon_;
    std::unique_ptr<weft::local::v1::Administration::Stub> administration_;
    std::unique_ptr<weft::local::v1::Changes::Stub> changesStub_;
    std::unique_ptr<weft::local::v1::Drafts::Stub> draftsStub_;
    std::unique_ptr<weft::local::v1::Planning::Stub> planningStub_;
    std::unique_ptr<weft::local::v1::Network::Stub> network_;
    std::unique_ptr<weft::local::v1::Logs::Stub> logsStub_;
    std::unique_ptr<weft::local::v1::Traffic::Stub> traffic_;
    std::unique_ptr<::v1::AppDaemon::Stub> app_;
    const std::unique_ptr<GrpcChanges> changes_;
    const std::unique_ptr<GrpcDiagnosis> diagnosis_;
    const std::unique_ptr<GrpcPlanning> planning_;
    const std::unique_ptr<GrpcDrafts> drafts_;
    const std::unique_ptr<GrpcLogs> logs_;
    const std::unique_ptr<GrpcTraffic> trafficCalls_;
    detail::CallBook book_;
    detail::LinkMonitor monitor_;
    std::map<const PeerWatch*, std::shared_ptr<PeerWatch>> peerWatches_;
};

}  // namespace weft::control
