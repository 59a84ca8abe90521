// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy/model.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weft::mesh::policy {

/// What one object may hold. Past these it is refused.
inline constexpr std::size_t kMaxRules = 256;
inline constexpr std::size_t kMaxVerbs = 16;
inline constexpr std::size_t kMaxResources = 32;
inline constexpr std::size_t kMaxResourceNames = 1024;
inline constexpr std::size_t kMaxResourceNameBytes = 512;
inline constexpr std::size_t kMaxSubjects = 16'384;
inline constexpr std::size_t kMaxAclNodes = 4096;
inline constexpr std::size_t kMaxAclCidrs = 1024;

/// The contents rules for what is written (webmesh.md 5.8, 7.1). They look at the object alone,
/// not at what else is stored. Errors: kInvalidArgument, naming the field.
Status validate(const Role& role);
Status validate(const RoleBinding& binding);
Status validate(const Group& group);
Status validate(const NetworkAcl& acl);

/// A valid object in the form in which it is stored: ALL stands alone among verbs and resources,
/// `*` of the kind ALL alone among subjects, and an empty list of nodes is written `*`, because
/// reference nodes take it for "no node".
Role normalised(Role role);
RoleBinding normalised(RoleBinding binding);
Group normalised(Group group);
NetworkAcl normalised(NetworkAcl acl);

/// What a mesh cannot lose: made at its start, and the way to its administrator and voters.
enum class Protection : std::uint8_t {
    None,
    /// May be written, and be removed never: the group of voters.
    KeepExisting,
    /// Neither written nor removed.
    Sealed,
};
Protection protectionOf(ObjectKind kind, std::string_view name);
/// Whether it has any protection.
bool isSystemObject(ObjectKind kind, std::string_view name);

/// The objects that every mesh begins with.
inline constexpr std::string_view kAdminRole = "mesh-admin";
inline constexpr std::string_view kAdminBinding = "mesh-admin";
inline constexpr std::string_view kVotersRole = "voters";
inline constexpr std::string_view kVotersGroup = "voters";
inline constexpr std::string_view kVotersBinding = "bootstrap-voters";
inline constexpr std::string_view kServersAcl = "bootstrap-nodes";
inline constexpr std::string_view kDefaultAcl = "default-accept";

}  // namespace weft::mesh::policy
