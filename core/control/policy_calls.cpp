// SPDX-License-Identifier: Apache-2.0
// The calls of weft.local.v1.Administration.
#include "core/control/detail/controller_calls.h"
#include "core/control/translate_policy.h"

#include <utility>

namespace weft::control {

using detail::converted;
using detail::statusOnly;
using detail::written;

namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

Callback<local::WriteReport> reportOf(Callback<api::WriteReport> done) {
    return written<local::WriteReport>(converted<local::WriteReport>(
        std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

bool isInMesh(const api::Connection& connection) {
    return connection.state == api::ConnectionState::Connected
           || connection.state == api::ConnectionState::Degraded
           || connection.state == api::ConnectionState::Reconnecting;
}

/// What tells one state of the rules from another: also those of two connections of one profile.
std::string versionOf(const api::Connection& connection) {
    const auto since =
        connection.since ? connection.since->time_since_epoch() : WallTime::duration{};
    return fmt::format(
        "{} {} {}", connection.policyChanges, since.count(), connection.meshIdentity);
}

}  // namespace

/// One who watches the rules of a profile: asks for them when the state says that they changed.
struct GrpcController::PolicyWatch {
    PolicyWatch(api::ProfileId profile, std::function<void(const api::PolicyState&)> changed)
        : id(std::move(profile)), watcher(std::move(changed)) {}

    const api::ProfileId id;
    detail::Watcher<const api::PolicyState&> watcher;
    // On the loop.
    std::string version;
    bool asking = false;
    /// They changed again while they were asked for.
    bool isStale = false;
};

Subscription GrpcController::watchPolicy(
    const api::ProfileId& id, std::function<void(const api::PolicyState&)> changed) {
    auto watch = std::make_shared<PolicyWatch>(id, std::move(changed));
    auto states = std::make_shared<detail::StateWatcher>(
        [this, watch](const api::DaemonState& state) { onStateForPolicy(watch, state); });
    onLoop([this, states] { monitor_.watchState(states); }, [](const Status&) {});
    return Subscription([watch, states] {
        states->cancel();
        watch->watcher.cancel();
    });
}

void GrpcController::onStateForPolicy(
    const std::shared_ptr<PolicyWatch>& watch, const api::DaemonState& state) {
    const api::Connection* connection = state.findConnection(watch->id);
    if (connection == nullptr || !isInMesh(*connection)) {
        watch->version.clear();
        return;
    }
    auto version = versionOf(*connection);
    if (version == watch->version) {
        return;
    }
    watch->version = std::move(version);
    if (watch->asking) {
        watch->isStale = true;
    } else {
        askForPolicy(watch);
    }
}

void GrpcController::askForPolicy(const std::shared_ptr<PolicyWatch>& watch) {
    watch->asking = true;
    policy(watch->id, [this, watch](const StatusOr<api::PolicyState>& state) {
        watch->asking = false;
        if (closing_ || watch->watcher.cancelled()) {
            return;
        }
        if (state.ok()) {
            watch->watcher.deliver(*state);
        } else {
            // The next news of the state is reason enough to ask again.
            watch->version.clear();
        }
        if (std::exchange(watch->isStale, false)) {
            askForPolicy(watch);
        }
    });
}

void GrpcController::policy(const api::ProfileId& id, Callback<api::PolicyState> done) {
    local::GetPolicyRequest request;
    request.set_profile_id(id.value());
    localCall(
        "show the rules of a mesh",
        &AdministrationStub::GetPolicy,
        std::move(request),
        converted<local::PolicyState>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::putPolicyObject(
    const api::ProfileId& id,
    const api::PolicyObject& object,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    local::PutObjectRequest request;
    request.set_profile_id(id.value());
    *request.mutable_object() = toProto(object);
    if (base) {
        request.set_base_revision(*base);
    }
    localCall(
        "change the rules of a mesh",
        &AdministrationStub::PutObject,
        std::move(request),
        reportOf(std::move(done)));
}

void GrpcController::removePolicyObject(
    const api::ProfileId& id,
    const api::ObjectRef& ref,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    local::RemoveObjectRequest request;
    request.set_profile_id(id.value());
    request.set_kind(toProto(ref.kind));
    request.set_name(ref.name);
    request.set_target(ref.target);
    if (base) {
        request.set_base_revision(*base);
    }
    localCall(
        "change the rules of a mesh",
        &AdministrationStub::RemoveObject,
        std::move(request),
        reportOf(std::move(done)));
}

void GrpcController::checkAccess(
    const api::ProfileId& id,
    const api::AccessQuestion& question,
    Callback<api::AccessAnswer> done) {
    auto request = toProto(question);
    request.set_profile_id(id.value());
    localCall(
        "tell who may do what",
        &AdministrationStub::CheckAccess,
        std::move(request),
        converted<local::AccessAnswer>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::explainAccess(
    const api::ProfileId& id,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    local::ExplainAccessRequest request;
    request.set_profile_id(id.value());
    request.set_from(from);
    request.set_to(to);
    localCall(
        "tell who may talk to whom",
        &AdministrationStub::ExplainAccess,
        std::move(request),
        converted<local::AccessExplanation>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::removeNode(
    const api::ProfileId& id,
    const std::string& nodeId,
    const std::string& reason,
    Callback<api::WriteReport> done) {
    local::LocalRemoveNodeRequest request;
    request.set_profile_id(id.value());
    request.set_node_id(nodeId);
    request.set_reason(reason);
    localCall(
        "remove nodes",
        &AdministrationStub::RemoveNode,
        std::move(request),
        reportOf(std::move(done)));
}

void GrpcController::readmitNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    local::LocalReadmitNodeRequest request;
    request.set_profile_id(id.value());
    request.set_node_id(nodeId);
    localCall(
        "readmit nodes",
        &AdministrationStub::ReadmitNode,
        std::move(request),
        written<meshv1::ReadmitNodeResponse>(
            statusOnly<meshv1::ReadmitNodeResponse>(std::move(done))));
}

void GrpcController::removedNodes(
    const api::ProfileId& id, Callback<std::vector<api::RemovedNode>> done) {
    local::LocalListRemovedNodesRequest request;
    request.set_profile_id(id.value());
    localCall(
        "list removed nodes",
        &AdministrationStub::ListRemovedNodes,
        std::move(request),
        converted<meshv1::ListRemovedNodesResponse>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::auditEvents(
    const api::ProfileId& id,
    const api::AuditFilter& filter,
    Callback<std::vector<api::AuditEvent>> done) {
    local::LocalListAuditEventsRequest request;
    request.set_profile_id(id.value());
    *request.mutable_filter() = toProto(filter);
    localCall(
        "show the audit log",
        &AdministrationStub::ListAuditEvents,
        std::move(request),
        converted<local::ListAuditEventsResponse>(std::move(done), [](const auto& answer) {
            std::vector<api::AuditEvent> events;
            for (const auto& event : answer.events()) {
                events.push_back(fromProto(event));
            }
            return events;
        }));
}

}  // namespace weft::control
