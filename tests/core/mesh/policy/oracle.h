// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The rules once more, written down as slowly and plainly as they are told, with nothing of the
/// engine but its plain structs: what the engine says is held against this.
namespace weft::mesh::policy::oracle {

struct World {
    std::vector<Role> roles;
    std::vector<RoleBinding> bindings;
    std::vector<Group> groups;
    std::vector<NetworkAcl> acls;
    bool rbacDisabled = false;
};

/// Whether somebody, looked at as a node and as a user, may do it.
bool allows(const World& world, const std::string& who, const Action& action);

/// A flow with its prefixes as texts; empty or broken ones are missing.
struct TextFlow {
    std::string sourceNode;
    std::string source;
    std::string destinationNode;
    std::string destination;
};

enum class Reading : std::uint8_t { Strict, AsReference };

/// The name of the rule that decides; nullopt when none matches.
std::optional<std::string> decidingRule(const World& world, const TextFlow& flow, Reading reading);
bool accepts(const World& world, const TextFlow& flow, Reading reading);

}  // namespace weft::mesh::policy::oracle
