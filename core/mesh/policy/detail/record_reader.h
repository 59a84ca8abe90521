// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"

#include <optional>
#include <string_view>

namespace weft::mesh::policy::detail {

/// The fast way for records in the form that our own writers and the reference's produce. nullopt
/// says nothing about the text: ask protobuf.
std::optional<Role> readRole(std::string_view json);
std::optional<RoleBinding> readRoleBinding(std::string_view json);
std::optional<Group> readGroup(std::string_view json);
std::optional<NetworkAcl> readNetworkAcl(std::string_view json);

}  // namespace weft::mesh::policy::detail
