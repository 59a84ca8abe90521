// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/mutex.h"
#include "core/crypto/node_key.h"
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/mesh_companion.h"
#include "core/mesh/administration.h"
#include "core/mesh/change_control.h"
#include "core/mesh/enrolment.h"
#include "core/mesh/host.h"
#include "core/services/server/mesh_server.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::daemon {

/// A mesh that this node started and stores: database, rules, enrolment and the mesh-facing server.
class FounderConnection final : public ConnectionShell {
public:
    /// `companion` makes who lives with the mesh, each time that it opens.
    FounderConnection(
        ConnectionSpec spec,
        ConnectionEvents events,
        TunnelFactory* tunnels = nullptr,
        MetricsBoard* board = nullptr,
        MakeCompanion companion = nullptr)
        : ConnectionShell(std::move(spec), std::move(events), tunnels, board)
        , makeCompanion_(std::move(companion)) {}
    ~FounderConnection() override;

    void retryNow() override;
    void get(std::string key, Callback<std::string> done) override;
    void listKeys(std::string prefix, Callback<std::vector<std::string>> done) override;
    void iterate(std::string prefix, Callback<std::vector<storage::Entry>> done) override;
    void publish(storage::Put put, StatusCallback done) override;
    Subscription subscribe(
        std::string prefix,
        std::function<void(const std::vector<storage::Event>&)> changed,
        StatusCallback ended) override;
    void invite(
        weft::mesh::v1::CreateInvitationRequest request,
        Callback<weft::mesh::v1::CreateInvitationResponse> done) override;
    void invitations(Callback<weft::mesh::v1::ListInvitationsResponse> done) override;
    void revokeInvitation(std::string id, StatusCallback done) override;
    void releaseNode(std::string nodeId, StatusCallback done) override;
    void policy(Callback<weft::local::v1::PolicyState> done) override;
    void putObject(
        weft::local::v1::PutObjectRequest request,
        Callback<weft::local::v1::WriteReport> done) override;
    void removeObject(
        weft::local::v1::RemoveObjectRequest request,
        Callback<weft::local::v1::WriteReport> done) override;
    void removeNode(
        std::string nodeId,
        std::string reason,
        Callback<weft::local::v1::WriteReport> done) override;
    void readmitNode(std::string nodeId, StatusCallback done) override;
    void removedNodes(Callback<weft::mesh::v1::ListRemovedNodesResponse> done) override;
    void auditEvents(
        weft::mesh::v1::ListEventsRequest filter,
        Callback<std::vector<weft::mesh::v1::AuditEvent>> done) override;
    void applyChanges(
        weft::mesh::v1::ApplyChangesRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) override;
    void confirmChange(std::uint64_t id, StatusCallback done) override;
    void revertChange(
        weft::mesh::v1::RevertChangeRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) override;
    void listChanges(
        weft::mesh::v1::ListChangesRequest filter,
        Callback<std::vector<weft::mesh::v1::ChangeRecord>> done) override;
    void policyTests(
        weft::mesh::v1::GetPolicyTestsRequest request,
        Callback<weft::mesh::v1::KeptPolicyTests> done) override;
    void putPolicyTests(
        weft::mesh::v1::PutPolicyTestsRequest request,
        Callback<weft::mesh::v1::PutPolicyTestsResponse> done) override;
    void propagation(
        std::uint64_t change, Callback<weft::mesh::v1::ChangePropagation> done) override;

protected:
    void begin() override;
    void end(Duration limit, StatusCallback done) override;
    const storage::Registry* registry() const override;
    const mesh::policy::PolicyMirror* mirror() const override;
    void describe(weft::local::v1::Connection& state) override;
    ::v1::ClusterStatus statusOf(const storage::NodeId& id) const override;
    void noteTunnel(const TunnelFacts& facts) override;
    void noteTunnelGone() override;
    void reportDirect(const mesh::DirectReport& report, StatusCallback done) override;
    Subscription watchDirect(
        std::function<void(mesh::DirectOffers)> changed, StatusCallback ended) override;
    std::size_t mostSightings() const override;
    void reportEffect(const mesh::EffectReport& report, StatusCallback done) override;
    void notePaths(
        std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) override;
    void notePathsSettled(std::uint64_t number) override;
    mesh::dns::ZoneServers servers() const override;
    void advertiseFeatures() override { advertise(); }
    void advertiseEndpoints(const OwnEndpoints& endpoints) override;
    void noteNetwork() override;

private:
    struct Watch {
        StatusCallback ended;
        base::Mutex mutex;
        bool dropped WEFT_GUARDED_BY(mutex) = false;
        storage::WatchHandle handle WEFT_GUARDED_BY(mutex);

        /// Drops the watch; it is over when the result goes.
        storage::WatchHandle take() WEFT_EXCLUDES(mutex);
    };

    Status open();
    Status openStore();
    Status openHost();
    Status openServer();
    /// What others reach this node by.
    crypto::CertificateRequestParams certificateNames() const;
    StatusOr<services::MeshServerOptions> serverOptions();
    mesh::Authentication authentication() const;
    Status prepareAuthority();
    void advertise();
    /// Where who has an invitation finds this server.
    void advertiseJoinAddresses();
    void followTunnel();
    void followPolicyTests();
    void updateSelf(mesh::UpdateParams params);
    void watchCertificate();
    void renewCertificate();
    void tearDown(Duration grace);
    void endWatches();
    /// Runs `work` on the loop while the mesh is open, else answers kUnavailable.
    template <typename Done>
    void whileOpen(Done done, std::function<void(const Done&)> work);
    /// The same while certificates are given out here.
    template <typename Done>
    void whileEnrolling(Done done, std::function<void(const Done&)> work);
    mesh::Caller self() const;

    const MakeCompanion makeCompanion_;
    bool meshExists_ = false;
    std::optional<crypto::NodeKey> key_;
    std::unique_ptr<storage::KeyValueStore> store_;
    /// Reads and writes the audit log, so that the mesh never waits for it.
    std::unique_ptr<base::AsioLoop> auditWriter_;
    std::unique_ptr<mesh::AuditLog> audit_;
    std::unique_ptr<mesh::Host> host_;
    std::unique_ptr<mesh::Administration> administration_;
    std::unique_ptr<mesh::ChangeControl> changeControl_;
    std::optional<crypto::CertificateAuthority> authority_;
    std::string authorityPem_;
    std::unique_ptr<mesh::Enrolment> enrolment_;
    std::unique_ptr<services::MeshServer> server_;
    std::optional<WallTime> certificateEnd_;
    std::set<std::shared_ptr<Watch>> watches_;
    Subscription changes_;
    storage::WatchHandle testWatch_;
    Subscription tunnelPeers_;
    Subscription renewal_;
    std::unique_ptr<MeshCompanion> companion_;
};

template <typename Done>
void FounderConnection::whileOpen(Done done, std::function<void(const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        if (host_) {
            work(done);
        } else {
            done(unavailable("the mesh is not open"));
        }
    });
}

}  // namespace weft::daemon
