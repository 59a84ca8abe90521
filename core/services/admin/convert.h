// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/administration.h"

namespace v1 {
class Group;
class MeshEdge;
class NetworkACL;
class Role;
class RoleBinding;
class Route;
}  // namespace v1

namespace weft::mesh::v1 {
class AuditEvent;
class ListEventsRequest;
class PolicyObject;
class RemovedNode;
}  // namespace weft::mesh::v1

namespace weft::services {

/// Taken as it comes: what it means is checked where it is written. Errors: kInvalidArgument for
/// destinations of a route that are no prefixes.
StatusOr<mesh::PolicyObject> objectOf(const ::v1::Role& message);
StatusOr<mesh::PolicyObject> objectOf(const ::v1::RoleBinding& message);
StatusOr<mesh::PolicyObject> objectOf(const ::v1::Group& message);
StatusOr<mesh::PolicyObject> objectOf(const ::v1::NetworkACL& message);
StatusOr<mesh::PolicyObject> objectOf(const ::v1::Route& message);
StatusOr<mesh::PolicyObject> objectOf(const ::v1::MeshEdge& message);
/// Errors: also kInvalidArgument when there is no object in it.
StatusOr<mesh::PolicyObject> objectOf(const mesh::v1::PolicyObject& message);

/// `object` is of the kind of the message.
void toProto(const mesh::PolicyObject& object, ::v1::Role* message);
void toProto(const mesh::PolicyObject& object, ::v1::RoleBinding* message);
void toProto(const mesh::PolicyObject& object, ::v1::Group* message);
void toProto(const mesh::PolicyObject& object, ::v1::NetworkACL* message);
void toProto(const mesh::PolicyObject& object, ::v1::Route* message);
void toProto(const mesh::PolicyObject& object, ::v1::MeshEdge* message);
void toProto(const mesh::StoredObject& stored, mesh::v1::PolicyObject* message);

void toProto(const mesh::RemovedNode& node, mesh::v1::RemovedNode* message);
void toProto(const mesh::AuditEvent& event, mesh::v1::AuditEvent* message);
mesh::AuditFilter filterOf(const mesh::v1::ListEventsRequest& request);

}  // namespace weft::services
