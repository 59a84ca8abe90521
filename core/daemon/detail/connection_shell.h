// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/crypto/node_key.h"
#include "core/daemon/detail/direct_probes.h"
#include "core/daemon/detail/effect_reports.h"
#include "core/daemon/detail/interface_answers.h"
#include "core/daemon/detail/join_names.h"
#include "core/daemon/detail/lockdown.h"
#include "core/daemon/detail/mesh_names.h"
#include "core/daemon/detail/mesh_tunnel.h"
#include "core/daemon/detail/metrics_board.h"
#include "core/daemon/detail/policy_test_watch.h"
#include "core/daemon/detail/tunnel_scrape.h"
#include "core/daemon/mesh_connection.h"
#include "core/daemon/own_endpoints.h"
#include "core/mesh/network/traffic_rules.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/storage/registry/registry.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh::changes {
struct Editor;
}  // namespace weft::mesh::changes

namespace weft::daemon {

class NetworkAnswers;

/// What connections of both kinds have in common: a loop of their own, what they tell, and the
/// records of the mesh as messages.
class ConnectionShell : public MeshConnection {
public:
    ~ConnectionShell() override;

    void start() override;
    void stop(Duration limit, StatusCallback done) override;
    void wantPeers(bool wanted) override;
    void graph(Callback<::v1::MeshGraph> done) override;
    void snapshot(Callback<MeshSnapshot> done) override;
    void ownNode(Callback<::v1::MeshNode> done) override;
    void tunnelStatistics(Callback<TunnelStatistics> done) override;
    void trafficCounters(Callback<TrafficSample> done) override;
    void routes(Callback<weft::local::v1::ListRoutesResponse> done) override;
    void setConsents(std::vector<weft::local::v1::RouteConsent> consents) override;
    void setLockdown(bool wanted) override;
    void checkAccess(
        weft::local::v1::CheckAccessRequest request,
        Callback<weft::local::v1::AccessAnswer> done) override;
    void explainAccess(
        std::string from,
        std::string to,
        Callback<weft::local::v1::AccessExplanation> done) override;
    MeshDiagnosis& diagnosis() override;

protected:
    /// Without `tunnels` the mesh has no tunnel; without `board` it is not told of to Prometheus.
    /// They outlive the connection.
    ConnectionShell(
        ConnectionSpec spec, ConnectionEvents events, TunnelFactory* tunnels, MetricsBoard* board);

    // On the loop.
    virtual void begin() = 0;
    virtual void end(Duration limit, StatusCallback done) = 0;
    /// nullptr while there are none.
    virtual const storage::Registry* registry() const = 0;
    /// The rules in them; nullptr while there are none.
    virtual const mesh::policy::PolicyMirror* mirror() const = 0;
    /// Fills in what is true at this moment.
    virtual void describe(weft::local::v1::Connection& state) = 0;
    virtual ::v1::ClusterStatus statusOf(const storage::NodeId& id) const = 0;
    /// The interface has come up, perhaps once more.
    virtual void noteTunnel(const TunnelFacts& facts) = 0;
    /// It has gone, or goes now.
    virtual void noteTunnelGone() = 0;
    /// The tunnel's device gets other peers next; then: it has taken them.
    virtual void notePaths(
        std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) = 0;
    virtual void notePathsSettled(std::uint64_t number) = 0;
    /// Who keeps the mesh's database, for its names.
    virtual mesh::dns::ZoneServers servers() const = 0;
    /// What this node offers to others has changed.
    virtual void advertiseFeatures() = 0;
    /// To the leader of the mesh, for direct ways.
    virtual void reportDirect(const mesh::DirectReport& report, StatusCallback done) = 0;
    virtual Subscription watchDirect(
        std::function<void(mesh::DirectOffers)> changed, StatusCallback ended) = 0;
    /// To the leader of the mesh: what this node has in effect.
    virtual void reportEffect(const mesh::EffectReport& report, StatusCallback done) = 0;
    /// What the mesh says of this node's peers, for a node without a tunnel; nullptr: it says
    /// nothing to one.
    virtual const mesh::PeerSet* toldPeers() const { return nullptr; }
    /// Sightings that one report may hold.
    virtual std::size_t mostSightings() const { return mesh::kMaxReportedSightings; }
    /// The tunnel is up, with its real port, or this host is reached elsewhere than before: others
    /// are to be told. Again with the same when nothing has changed.
    virtual void advertiseEndpoints(const OwnEndpoints& endpoints) = 0;
    /// This host's network has changed, or it has slept.
    virtual void noteNetwork() = 0;

    /// Tells state and peers soon; several changes at once.
    void noteChange();
    /// The same for a change of the records, which may be one of the rules.
    void noteRecords(const storage::Registry::Change& change);
    /// The tests that are kept with the mesh may be others: they changed, or a server is in use.
    void noteTests() { tests_->noteTests(); }
    /// The rules of the mesh as the records have them; nullptr while there are none.
    std::shared_ptr<const mesh::policy::Policy> rules() const;
    /// Not to be told any more.
    void silence() {
        silent_ = true;
        advertising_.cancel();
        tests_->close();
        effects_->end();
    }
    /// A failure that ends the connection.
    void fail(const Status& status);
    const std::optional<Status>& failure() const { return failure_; }
    storage::NodeId selfId() const { return storage::NodeId(spec_.options.mesh.nodeId); }
    /// Nothing is opened before it has addresses. Not when tunnels are switched off.
    void startTunnel(const crypto::NodeKey& key);
    /// Serves figures for Prometheus when that is asked for; after startTunnel.
    void startMetrics(const services::MeshServer* server);
    void stopMetrics();
    /// nullptr before startTunnel, and where there is to be none.
    MeshTunnel* tunnel() { return tunnel_.get(); }
    /// What this node's server tells of that.
    services::InterfaceSource& interfaceSource() { return interfaceAnswers_; }
    /// nullptr where there is no tunnel.
    DirectProbes* direct() { return direct_.get(); }
    EffectReports& effects() { return *effects_; }
    /// What others are told that this node has: `features`, and what this class serves. Empty:
    /// nothing, as before.
    std::vector<storage::FeaturePort> advertised(std::vector<storage::FeaturePort> features);
    /// With what reads its figures.
    void closeTunnel();
    /// Where others reach this node, with the port that WireGuard has or will most likely have.
    OwnEndpoints endpoints() const;
    /// Tells them once more, a little later: it could not be done now.
    void advertiseEndpointsLater();
    const std::vector<platform::HostAddress>& outwardAddresses() const { return outward_; }
    /// Where a host by whose name the mesh is joined was last; nullopt unless the host is locked,
    /// where nobody may be left to ask.
    std::optional<net::IpAddress> knownPlace(const std::string& name);
    /// The lines that are the same for everybody: certificate, tunnel, dns. Adds a problem, and
    /// makes a connected state degraded, when the certificate is about to end or there is no
    /// tunnel.
    void addCommonChecks(
        weft::local::v1::Connection& state, const std::optional<WallTime>& certificateEnd) const;
    /// Runs `work` on the loop.
    void onLoop(std::function<void()> work) { loop_->post(std::move(work)); }
    /// From the destructor of each final class: `teardown` runs on the loop, then the loop ends.
    void close(std::function<void()> teardown);

    base::AsioLoop& loop() { return *loop_; }
    /// For handles that may live longer than the connection.
    std::weak_ptr<base::AsioLoop> weakLoop() const { return loop_; }
    const base::Clock& clock() const { return loop_->clock(); }

    const ConnectionSpec& spec() const { return spec_; }

private:
    /// Since when a line of the checklist says what it says.
    struct CheckSince {
        weft::local::v1::CheckItem::State state{};
        WallTime at;
    };

    TrafficSample trafficSample(const TunnelStatistics& now) const;
    std::unique_ptr<PolicyTestWatch> makeTests();
    std::unique_ptr<EffectReports> makeEffects();
    /// Of this moment; nullopt: not all that was told is in effect.
    std::optional<mesh::EffectReport> effect() const;
    /// The filter is made from the records of this moment.
    void noteRulesInEffect();
    void watchNetwork();
    void onNetwork(const NetworkChange& change);
    void advertiseAfter(Duration pause);
    void tell();
    weft::local::v1::Connection stateNow();
    /// Each line that has no time of its own gets that of the last change of its state.
    void stampChecks(weft::local::v1::Connection& state);
    /// This node as one that edits the rules.
    mesh::changes::Editor editor() const;
    /// What the access rules say of packets.
    void followRules();
    /// What the mesh has as this node's routes and its configuration has too, and whether ways of
    /// others lead over it.
    void followOffered();
    /// What was said to the routes that the mesh has by now.
    void followConsents();
    void takeConsents(const std::vector<weft::local::v1::RouteConsent>& consents);
    StatusOr<weft::local::v1::ListRoutesResponse> routesNow() const;
    void describeOffer(const RouteOffer& offer, weft::local::v1::Route& route) const;
    /// Where this program goes to reach the mesh.
    std::vector<net::IpAddress> keptAddresses() const;
    void watchJoinNames();
    void keepLocked();
    platform::LockWishes lockWishes() const;
    std::shared_ptr<const PeerList> peerList() const;
    void addPeer(const storage::NodeRecord& record, PeerList& list) const;

    const ConnectionSpec spec_;
    ConnectionEvents events_;
    /// nullptr where there is to be no tunnel.
    TunnelFactory* const tunnels_;
    /// The same, also then; nullptr where nothing is known of the host.
    TunnelFactory* const hostOf_;
    MetricsBoard* const board_;
    // Shared with the handles that were given out: see weakLoop().
    std::shared_ptr<base::AsioLoop> loop_;
    const std::unique_ptr<NetworkAnswers> diagnosis_;
    const std::unique_ptr<PolicyTestWatch> tests_;
    const std::unique_ptr<EffectReports> effects_;
    // Gone before the loop ends.
    std::unique_ptr<MeshTunnel> tunnel_;
    InterfaceAnswers interfaceAnswers_{tunnel_};
    Lockdown lockdown_;
    /// Nobody asks the leader for direct ways without a tunnel.
    std::unique_ptr<DirectProbes> direct_;
    /// nullptr where there is to be no tunnel.
    std::unique_ptr<JoinNames> joinNames_;
    std::unique_ptr<MeshNames> names_;
    std::unique_ptr<TunnelScrape> scrape_;
    Subscription metrics_;
    Status metricsStatus_;
    /// Those by which others may reach this host.
    std::vector<platform::HostAddress> outward_;
    std::uint16_t wireguardPort_;
    Subscription network_;
    Subscription advertising_;
    /// A change is going to be told; a second one meanwhile is told with it.
    bool willAdvertise_ = false;
    Subscription timer_;
    bool pending_ = false;
    bool silent_ = false;
    bool peersWanted_ = false;
    /// The mesh may have features of this node: a founder's from its last run.
    bool wasAdvertised_ = false;
    /// Of the records that the filter is made from; nullopt: it is not made yet.
    std::optional<std::uint64_t> rulesInEffect_;
    /// The records have changed since.
    bool rulesAreOld_ = true;
    /// The records have changed since it was looked at whose ways lead over this node.
    bool transitIsOld_ = true;
    /// The same for what others offer; and what was said to it has changed.
    bool offersAreOld_ = true;
    bool consentsAreOld_ = true;
    RouteConsents consents_;
    std::uint64_t policyChanges_ = 0;
    mesh::network::TrafficRulesMirror traffic_;
    std::optional<Status> failure_;
    std::optional<WallTime> since_;
    /// By id.
    std::map<std::string, CheckSince> checks_;
    weft::local::v1::Connection::State lastState_ = weft::local::v1::Connection::STATE_CONNECTING;
};

}  // namespace weft::daemon
