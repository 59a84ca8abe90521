// SPDX-License-Identifier: Apache-2.0
#include "tests/core/daemon/fake_connection.h"

#include "core/daemon/mesh_diagnosis.h"
#include "core/daemon/planning/mesh_snapshot.h"

#include "weft/local/v1/network.pb.h"

#include <utility>

namespace weft::tests {
namespace {

namespace local = weft::local::v1;

/// Answers two echo requests and then ends as the target says.
class FakeDiagnosis final : public daemon::MeshDiagnosis {
public:
    explicit FakeDiagnosis(std::shared_ptr<FakeConnectionLog> log) : log_(std::move(log)) {}

    Subscription ping(
        const local::PingRequest& request,
        std::function<void(const local::PingUpdate&)> told,
        StatusCallback ended) override {
        if (request.target() == "nobody") {
            ended(notFound("no node of this mesh is called nobody"));
            return {};
        }
        local::PingUpdate update;
        update.mutable_start()->set_node_id(request.target());
        told(update);
        for (std::uint32_t sequence = 1; sequence <= 2; ++sequence) {
            update.mutable_reply()->set_sequence(sequence);
            told(update);
        }
        if (request.count() != 0) {
            ended(okStatus());
            return {};
        }
        return Subscription([log = log_] { ++log->pingsDropped; });
    }
    void explainPath(std::string node, Callback<local::PathExplanation> done) override {
        local::PathExplanation path;
        path.set_node_id(node);
        path.add_hops()->set_node_id(node);
        path.set_reason(local::PATH_REASON_UDP_BLOCKED);
        done(std::move(path));
    }
    void checkNetwork(Callback<local::NetworkReport> done) override {
        local::NetworkReport report;
        auto* check = report.add_checks();
        check->set_id("udp");
        check->set_state(local::CheckItem::STATE_WARN);
        done(std::move(report));
    }
    void nameService(Callback<local::NameService> done) override {
        local::NameService names;
        names.set_domain("mesh.internal.");
        done(std::move(names));
    }
    void lookUpName(
        const local::LookUpNameRequest& request, Callback<local::NameAnswer> done) override {
        if (request.name() == "nobody") {
            done(failedPrecondition("no node of this mesh answers for names"));
            return;
        }
        local::NameAnswer answer;
        answer.set_name(request.name());
        answer.set_result("NXDOMAIN");
        done(std::move(answer));
    }

private:
    std::shared_ptr<FakeConnectionLog> log_;
};

class FakeConnection final : public daemon::MeshConnection {
public:
    explicit FakeConnection(std::shared_ptr<FakeConnectionLog> log) : log_(std::move(log)) {}
    ~FakeConnection() override { log_->gone = true; }

    void start() override { log_->started = true; }
    void stop(Duration /*limit*/, StatusCallback done) override {
        log_->stopping = std::move(done);
    }
    void retryNow() override { ++log_->retries; }
    void wantPeers(bool wanted) override {
        log_->peersWanted = wanted;
        if (wanted && log_->tellsPeers) {
            log_->events.peers(std::make_shared<daemon::PeerList>());
        }
    }
    daemon::MeshDiagnosis& diagnosis() override { return diagnosis_; }
    void get(std::string key, Callback<std::string> done) override {
        if (key == "/a") {
            done(std::string("1"));
        } else {
            done(notFound("key not found: {}", key));
        }
    }
    void listKeys(std::string prefix, Callback<std::vector<std::string>> done) override {
        done(std::vector<std::string>{prefix + "a", prefix + "b"});
    }
    void iterate(std::string prefix, Callback<std::vector<storage::Entry>> done) override {
        storage::Entry entry;
        entry.key = prefix + "a";
        entry.value = "1";
        done(std::vector<storage::Entry>{entry});
    }
    void publish(storage::Put put, StatusCallback done) override {
        done(
            put.key.starts_with("/registry") ? invalidArgument("key {} is reserved", put.key)
                                             : okStatus());
    }
    Subscription subscribe(
        std::string prefix,
        std::function<void(const std::vector<storage::Event>&)> changed,
        StatusCallback ended) override {
        storage::Event event;
        event.key = prefix + "x";
        event.value = "y";
        changed({event});
        ended(unavailable("over"));
        return {};
    }
    void graph(Callback<::v1::MeshGraph> done) override { done(::v1::MeshGraph()); }
    void snapshot(Callback<daemon::MeshSnapshot> done) override {
        if (!log_->records) {
            done(unavailable("the mesh has not been read yet"));
            return;
        }
        daemon::MeshSnapshot mesh{log_->records, {}};
        mesh.editor.identity.id = "alpha";
        mesh.editor.node = storage::NodeId("alpha");
        done(std::move(mesh));
    }
    void ownNode(Callback<::v1::MeshNode> done) override {
        ::v1::MeshNode node;
        node.set_id(log_->spec.options.mesh.nodeId);
        done(std::move(node));
    }
    void routes(Callback<local::ListRoutesResponse> done) override { done(log_->routes); }
    void setConsents(std::vector<local::RouteConsent> consents) override {
        log_->consents = std::move(consents);
    }
    void setLockdown(bool wanted) override { log_->lockdown = wanted; }
    void tunnelStatistics(Callback<daemon::TunnelStatistics> done) override { done(log_->tunnel); }
    void trafficCounters(Callback<daemon::TrafficSample> done) override { done(log_->traffic); }
    void invite(
        weft::mesh::v1::CreateInvitationRequest /*request*/,
        Callback<weft::mesh::v1::CreateInvitationResponse> done) override {
        weft::mesh::v1::CreateInvitationResponse response;
        response.set_code("weft1-x");
        done(std::move(response));
    }
    void invitations(Callback<weft::mesh::v1::ListInvitationsResponse> done) override {
        done(weft::mesh::v1::ListInvitationsResponse());
    }
    void revokeInvitation(std::string /*id*/, StatusCallback done) override { done(okStatus()); }
    void releaseNode(std::string /*nodeId*/, StatusCallback done) override { done(okStatus()); }
    void policy(Callback<local::PolicyState> done) override {
        local::PolicyState state;
        state.set_revision(7);
        done(std::move(state));
    }
    void putObject(local::PutObjectRequest request, Callback<local::WriteReport> done) override {
        if (request.has_base_revision() && request.base_revision() != 7) {
            done(aborted("it was changed meanwhile"));
            return;
        }
        local::WriteReport report;
        report.set_revision(8);
        done(std::move(report));
    }
    void removeObject(
        local::RemoveObjectRequest /*request*/, Callback<local::WriteReport> done) override {
        local::WriteReport report;
        report.set_revision(9);
        report.add_also_changed("something else");
        done(std::move(report));
    }
    void checkAccess(
        local::CheckAccessRequest request, Callback<local::AccessAnswer> done) override {
        local::AccessAnswer answer;
        answer.set_reason("asked for " + request.subject().name());
        done(std::move(answer));
    }
    void explainAccess(
        std::string from, std::string to, Callback<local::AccessExplanation> done) override {
        local::AccessExplanation explanation;
        explanation.set_summary(from + " and " + to);
        done(std::move(explanation));
    }
    void removeNode(
        std::string nodeId, std::string reason, Callback<local::WriteReport> done) override {
        local::WriteReport report;
        report.add_also_changed(nodeId + ": " + reason);
        done(std::move(report));
    }
    void readmitNode(std::string nodeId, StatusCallback done) override {
        done(nodeId == "gone" ? okStatus() : notFound("no node {} was removed", nodeId));
    }
    void removedNodes(Callback<weft::mesh::v1::ListRemovedNodesResponse> done) override {
        weft::mesh::v1::ListRemovedNodesResponse response;
        response.add_nodes()->set_node_id("gone");
        done(std::move(response));
    }
    void auditEvents(
        weft::mesh::v1::ListEventsRequest filter,
        Callback<std::vector<weft::mesh::v1::AuditEvent>> done) override {
        // As large as events get, so that a front end's limit is met.
        std::vector<weft::mesh::v1::AuditEvent> events(filter.limit());
        for (auto& event : events) {
            event.set_before(std::string(std::size_t{1} << 20, 'x'));
        }
        done(std::move(events));
    }
    void applyChanges(
        weft::mesh::v1::ApplyChangesRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) override {
        if (!log_->applyRefusal.ok()) {
            done(log_->applyRefusal);
            return;
        }
        weft::mesh::v1::AppliedChange applied;
        applied.set_change_id(static_cast<std::uint64_t>(request.edits_size()));
        log_->applied = std::move(request);
        done(std::move(applied));
    }
    void confirmChange(std::uint64_t id, StatusCallback done) override {
        done(id == 1 ? okStatus() : notFound("change {} does not wait", id));
    }
    void revertChange(
        weft::mesh::v1::RevertChangeRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) override {
        weft::mesh::v1::AppliedChange applied;
        applied.set_change_id(request.change_id() + 1);
        done(std::move(applied));
    }
    void listChanges(
        weft::mesh::v1::ListChangesRequest filter,
        Callback<std::vector<weft::mesh::v1::ChangeRecord>> done) override {
        if (!log_->history.empty()) {
            done(log_->history);
            return;
        }
        std::vector<weft::mesh::v1::ChangeRecord> changes(filter.limit());
        for (auto& change : changes) {
            change.add_objects()->set_before(std::string(std::size_t{1} << 20, 'x'));
        }
        done(std::move(changes));
    }
    void policyTests(
        weft::mesh::v1::GetPolicyTestsRequest /*request*/,
        Callback<weft::mesh::v1::KeptPolicyTests> done) override {
        weft::mesh::v1::KeptPolicyTests kept;
        kept.mutable_tests()->add_tests()->set_name("one");
        kept.set_revision(7);
        done(std::move(kept));
    }
    void putPolicyTests(
        weft::mesh::v1::PutPolicyTestsRequest request,
        Callback<weft::mesh::v1::PutPolicyTestsResponse> done) override {
        weft::mesh::v1::PutPolicyTestsResponse written;
        written.set_revision(request.base_revision() + 1);
        done(std::move(written));
    }
    void propagation(
        std::uint64_t change, Callback<weft::mesh::v1::ChangePropagation> done) override {
        weft::mesh::v1::ChangePropagation propagation;
        propagation.set_change_id(change);
        propagation.set_done(1);
        propagation.set_unreachable(1);
        auto* missing = propagation.add_nodes();
        missing->set_node_id("bravo");
        missing->set_state(weft::mesh::v1::NodePropagation::STATE_UNREACHABLE);
        auto* settled = propagation.add_nodes();
        settled->set_node_id("alpha");
        settled->set_state(weft::mesh::v1::NodePropagation::STATE_DONE);
        settled->mutable_since()->set_seconds(1'700'000'000);
        done(std::move(propagation));
    }

private:
    std::shared_ptr<FakeConnectionLog> log_;
    FakeDiagnosis diagnosis_{log_};
};

}  // namespace

void FakeConnectionLog::tell(weft::local::v1::Connection::State state) {
    weft::local::v1::Connection connection;
    connection.set_state(state);
    connection.set_node_id(spec.options.mesh.nodeId);
    connection.set_mesh_domain("home.internal.");
    connection.set_mesh_identity("0a");
    connection.set_address_ipv4("172.16.0.1/32");
    connection.set_address_ipv6("fd00::1/112");
    // check-tests: allow port, a text that nobody listens at
    connection.set_listen_address("[::]:8444");
    events.changed(std::move(connection));
}

void FakeConnectionLog::fail(const std::string& why) const {
    weft::local::v1::Connection connection;
    connection.set_state(weft::local::v1::Connection::STATE_FAILED);
    connection.mutable_failure()->set_text(why);
    events.changed(std::move(connection));
}

std::unique_ptr<daemon::MeshConnection> FakeConnections::make(
    daemon::ConnectionSpec spec, daemon::ConnectionEvents events) {
    auto log = std::make_shared<FakeConnectionLog>();
    log->spec = std::move(spec);
    log->events = std::move(events);
    log->tellsPeers = tellsPeers;
    made.push_back(log);
    return std::make_unique<FakeConnection>(log);
}

void FakeConnections::enrol(
    daemon::JoinByCode request,
    std::function<void(int, std::string)> step,
    Callback<daemon::Enrolled> done) {
    enrolling = std::move(request);
    enrolStep = std::move(step);
    enrolled = std::move(done);
}

}  // namespace weft::tests
