// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/node_key.h"
#include "core/daemon/detail/certificate_renewal.h"
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/detail/member_server.h"
#include "core/daemon/detail/ordered_changes.h"
#include "core/mesh/member.h"
#include "core/services/admin/admin_client.h"
#include "core/services/changes/changes_client.h"
#include "core/services/enrolment/enrolment_client.h"
#include "core/services/link/grpc_member_link.h"

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::daemon {

/// A mesh that others keep, and this node is a member of.
class MemberConnection final : public ConnectionShell {
public:
    MemberConnection(
        ConnectionSpec spec,
        ConnectionEvents events,
        TunnelFactory* tunnels = nullptr,
        MetricsBoard* board = nullptr)
        : ConnectionShell(std::move(spec), std::move(events), tunnels, board) {}
    ~MemberConnection() override;

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
    mesh::dns::ZoneServers servers() const override;
    void advertiseFeatures() override { advertiseServer(); }
    void advertiseEndpoints(const OwnEndpoints& endpoints) override;
    void noteNetwork() override;
    void noteTunnel(const TunnelFacts& facts) override;
    void noteTunnelGone() override;
    void reportDirect(const mesh::DirectReport& report, StatusCallback done) override;
    Subscription watchDirect(
        std::function<void(mesh::DirectOffers)> changed, StatusCallback ended) override;
    void reportEffect(const mesh::EffectReport& report, StatusCallback done) override;
    const mesh::PeerSet* toldPeers() const override;
    void notePaths(
        std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) override;
    void notePathsSettled(std::uint64_t number) override;

private:
    struct Following {
        std::atomic<bool> dropped = false;
        /// On the loop.
        Subscription handle;
    };

    Status open();
    mesh::JoinParams joinParams() const;
    void describePhase(const mesh::MemberStatus& status, weft::local::v1::Connection& state) const;
    void describeRejoin(const mesh::MemberStatus& status, weft::local::v1::Connection& state) const;
    void describeGrant(const mesh::MemberStatus& status, weft::local::v1::Connection& state) const;
    void addChecks(const mesh::MemberStatus& status, weft::local::v1::Connection& state) const;
    std::unique_ptr<CertificateRenewal> makeRenewal();
    void onRenewed(const services::TlsIdentity& identity);
    /// Whether the server is followed again from now on.
    bool noteSync();
    void feedTunnel();
    void followLeader();
    void advertiseServer();
    /// Runs `work` with the link in use, else answers kUnavailable.
    template <typename Done>
    void whileLinked(Done done, std::function<void(mesh::MemberLink&, const Done&)> work);
    /// Runs `work` with a client of the server in use.
    template <typename Done>
    void whileServed(Done done, std::function<void(services::EnrolmentClient&, const Done&)> work);
    StatusOr<services::EnrolmentClient*> client();
    /// How `server` is reached, which becomes the place that is known for its name.
    services::LinkOptions linkTo(net::HostPort& server);
    /// Runs `work` with what administers the mesh at the server in use.
    template <typename Done>
    void whileAdministered(
        Done done, std::function<void(services::AdminClient&, const Done&)> work);
    StatusOr<services::AdminClient*> admin();
    /// Runs `work` with what makes changes of several objects at the server in use.
    template <typename Done>
    void withChanges(Done done, std::function<void(services::ChangesClient&, const Done&)> work);
    StatusOr<services::ChangesClient*> changesClient();
    /// At servers that know no changes of several objects.
    void applyInOrder(
        const weft::mesh::v1::ApplyChangesRequest& request,
        const Callback<weft::mesh::v1::AppliedChange>& done);
    ObjectWrites objectWrites();

    std::optional<crypto::NodeKey> key_;
    services::LinkOptions link_;
    std::optional<WallTime> certificateEnd_;
    std::unique_ptr<services::GrpcMemberLinkFactory> links_;
    std::unique_ptr<mesh::Member> member_;
    std::optional<mesh::policy::PolicyMirror> mirror_;
    /// nullptr before the tunnel is up.
    std::unique_ptr<MemberServer> server_;
    std::string clientAddress_;
    std::unique_ptr<services::EnrolmentClient> client_;
    std::string adminAddress_;
    std::unique_ptr<services::AdminClient> admin_;
    std::string changesAddress_;
    std::unique_ptr<services::ChangesClient> changesClient_;
    std::optional<WallTime> inSyncSince_;
    /// It was in sync before, and is not.
    bool wasLost_ = false;
    std::set<std::shared_ptr<Following>> following_;
    Subscription changes_;
    Subscription records_;
    /// nullptr when nobody renews this node's certificate.
    std::unique_ptr<CertificateRenewal> renewal_;
};

}  // namespace weft::daemon
