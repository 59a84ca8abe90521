// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy/model.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace v1 {
class Group;        // NOLINT(bugprone-forward-declaration-namespace)
class NetworkACL;   // NOLINT(bugprone-forward-declaration-namespace)
class RBACAction;   // NOLINT(bugprone-forward-declaration-namespace)
class Role;         // NOLINT(bugprone-forward-declaration-namespace)
class RoleBinding;  // NOLINT(bugprone-forward-declaration-namespace)
class Rule;         // NOLINT(bugprone-forward-declaration-namespace)
class Subject;      // NOLINT(bugprone-forward-declaration-namespace)
}  // namespace v1

namespace weft::mesh::policy {

/// A longer record is not read.
inline constexpr std::size_t kMaxRecordBytes = 4'194'304;

Role fromProto(const ::v1::Role& message);
RoleBinding fromProto(const ::v1::RoleBinding& message);
Group fromProto(const ::v1::Group& message);
NetworkAcl fromProto(const ::v1::NetworkACL& message);
Action fromProto(const ::v1::RBACAction& message);
Subject fromProto(const ::v1::Subject& message);
void toProto(const Role& role, ::v1::Role* message);
void toProto(const RoleBinding& binding, ::v1::RoleBinding* message);
void toProto(const Group& group, ::v1::Group* message);
void toProto(const NetworkAcl& acl, ::v1::NetworkACL* message);

/// protojson as stored. Unlike those of nodes, a record with a field that we do not know is not
/// read: the field may narrow what the others allow. Errors: kDataLoss.
StatusOr<Role> decodeRole(std::string_view json);
StatusOr<RoleBinding> decodeRoleBinding(std::string_view json);
StatusOr<Group> decodeGroup(std::string_view json);
StatusOr<NetworkAcl> decodeNetworkAcl(std::string_view json);
/// A deed as `weftctl can` and tests write it. Errors: kInvalidArgument.
StatusOr<Action> decodeAction(std::string_view json);

std::string encode(const Role& role);
std::string encode(const RoleBinding& binding);
std::string encode(const Group& group);
std::string encode(const NetworkAcl& acl);

}  // namespace weft::mesh::policy
