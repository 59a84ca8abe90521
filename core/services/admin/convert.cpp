// SPDX-License-Identifier: Apache-2.0
#include "core/services/admin/convert.h"

#include "core/base/text.h"
#include "core/base/timestamp.h"
#include "core/mesh/policy/records.h"

#include "v1/mesh.pb.h"
#include "v1/network_acls.pb.h"
#include "v1/rbac.pb.h"
#include "weft/mesh/v1/audit.pb.h"
#include "weft/mesh/v1/mesh.pb.h"
#include "weft/mesh/v1/policy.pb.h"

#include <algorithm>
#include <chrono>

namespace weft::services {

namespace {

namespace pb = mesh::v1;
using Outcome = mesh::AuditEvent::Outcome;

pb::AuditEvent::Outcome outcomeOf(Outcome outcome) {
    switch (outcome) {
    case Outcome::Allowed:
        return pb::AuditEvent::OUTCOME_ALLOWED;
    case Outcome::Denied:
        return pb::AuditEvent::OUTCOME_DENIED;
    case Outcome::Failed:
        return pb::AuditEvent::OUTCOME_FAILED;
    case Outcome::Unknown:
        break;
    }
    return pb::AuditEvent::OUTCOME_UNSPECIFIED;
}

Outcome outcomeOf(pb::AuditEvent::Outcome outcome) {
    switch (outcome) {
    case pb::AuditEvent::OUTCOME_ALLOWED:
        return Outcome::Allowed;
    case pb::AuditEvent::OUTCOME_DENIED:
        return Outcome::Denied;
    case pb::AuditEvent::OUTCOME_FAILED:
        return Outcome::Failed;
    default:
        return Outcome::Unknown;
    }
}

}  // namespace

StatusOr<mesh::PolicyObject> objectOf(const ::v1::Role& message) {
    return mesh::policy::fromProto(message);
}

StatusOr<mesh::PolicyObject> objectOf(const ::v1::RoleBinding& message) {
    return mesh::policy::fromProto(message);
}

StatusOr<mesh::PolicyObject> objectOf(const ::v1::Group& message) {
    return mesh::policy::fromProto(message);
}

StatusOr<mesh::PolicyObject> objectOf(const ::v1::NetworkACL& message) {
    return mesh::policy::fromProto(message);
}

StatusOr<mesh::PolicyObject> objectOf(const ::v1::Route& message) {
    auto route = storage::fromProto(message);
    route.destinations.clear();
    for (const auto& text : message.destination_cidrs()) {
        auto prefix = net::IpPrefix::parse(text);
        if (!prefix.ok()) {
            return invalidArgument(
                "the destination {} is not an address with a prefix length",
                base::escapeForLine(text));
        }
        route.destinations.push_back(*prefix);
    }
    return route;
}

StatusOr<mesh::PolicyObject> objectOf(const ::v1::MeshEdge& message) {
    return storage::fromProto(message);
}

StatusOr<mesh::PolicyObject> objectOf(const pb::PolicyObject& message) {
    switch (message.object_case()) {
    case pb::PolicyObject::kRole:
        return objectOf(message.role());
    case pb::PolicyObject::kRoleBinding:
        return objectOf(message.role_binding());
    case pb::PolicyObject::kGroup:
        return objectOf(message.group());
    case pb::PolicyObject::kNetworkAcl:
        return objectOf(message.network_acl());
    case pb::PolicyObject::kRoute:
        return objectOf(message.route());
    case pb::PolicyObject::kEdge:
        return objectOf(message.edge());
    case pb::PolicyObject::OBJECT_NOT_SET:
        break;
    }
    return invalidArgument("there is no object in the request");
}

void toProto(const mesh::PolicyObject& object, ::v1::Role* message) {
    mesh::policy::toProto(std::get<mesh::policy::Role>(object), message);
}

void toProto(const mesh::PolicyObject& object, ::v1::RoleBinding* message) {
    mesh::policy::toProto(std::get<mesh::policy::RoleBinding>(object), message);
}

void toProto(const mesh::PolicyObject& object, ::v1::Group* message) {
    mesh::policy::toProto(std::get<mesh::policy::Group>(object), message);
}

void toProto(const mesh::PolicyObject& object, ::v1::NetworkACL* message) {
    mesh::policy::toProto(std::get<mesh::policy::NetworkAcl>(object), message);
}

void toProto(const mesh::PolicyObject& object, ::v1::Route* message) {
    storage::toProto(std::get<storage::RouteRecord>(object), message);
}

void toProto(const mesh::PolicyObject& object, ::v1::MeshEdge* message) {
    storage::toProto(std::get<storage::EdgeRecord>(object), message);
}

void toProto(const mesh::StoredObject& stored, pb::PolicyObject* message) {
    message->set_revision(stored.revision);
    switch (mesh::kindOf(stored.object)) {
    case mesh::policy::ObjectKind::Role:
        return toProto(stored.object, message->mutable_role());
    case mesh::policy::ObjectKind::RoleBinding:
        return toProto(stored.object, message->mutable_role_binding());
    case mesh::policy::ObjectKind::Group:
        return toProto(stored.object, message->mutable_group());
    case mesh::policy::ObjectKind::NetworkAcl:
        return toProto(stored.object, message->mutable_network_acl());
    case mesh::policy::ObjectKind::Route:
        return toProto(stored.object, message->mutable_route());
    case mesh::policy::ObjectKind::Edge:
        return toProto(stored.object, message->mutable_edge());
    }
}

void toProto(const mesh::RemovedNode& node, pb::RemovedNode* message) {
    message->set_node_id(node.id.value());
    if (node.key) {
        message->set_public_key(node.key->toString());
    }
    message->set_certificate_fingerprint(node.certificateFingerprint);
    message->set_removed_by(node.removedBy);
    base::setTimestamp(message->mutable_removed_at(), node.removedAt);
    message->set_reason(node.reason);
}

void toProto(const mesh::AuditEvent& event, pb::AuditEvent* message) {
    base::setTimestamp(message->mutable_time(), event.time);
    message->set_identity(event.identity);
    message->set_proof(event.proof);
    message->set_proxied_by(event.proxiedBy);
    message->set_source(event.source);
    message->set_verb(event.verb);
    message->set_kind(event.kind);
    message->set_name(event.name);
    message->set_outcome(outcomeOf(event.outcome));
    message->set_code(event.code);
    message->set_reason(event.reason);
    message->set_before(event.before);
    message->set_after(event.after);
    message->set_revision(event.revision);
}

mesh::AuditFilter filterOf(const pb::ListEventsRequest& request) {
    mesh::AuditFilter filter;
    filter.identity = request.identity();
    filter.kind = request.kind();
    filter.name = request.name();
    filter.outcome = outcomeOf(request.outcome());
    if (request.has_since()) {
        filter.since = base::wallTimeOf(request.since());
    }
    if (request.has_until()) {
        filter.until = base::wallTimeOf(request.until());
    }
    filter.limit = request.limit();
    return filter;
}

}  // namespace weft::services
