// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/lint.h"
#include "core/mesh/changes/policy_set.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes::tests {

/// A small mesh of which nothing is to be said: a, b, c and d, each at each other, with addresses
/// 172.16.0.1 and fd00::1:0/112 and on, one rule that lets all talk, and an administrator.
class LintWorld {
public:
    LintWorld();

    PolicySet policy;
    std::optional<std::string> administrator;
    LintLimits limits;

    void addNode(const std::string& id, bool hasKey = true);
    /// What the mesh has stored: nodes, and the rules of now.
    const storage::Registry& store();
    /// The same, but with the rules as they are in `policy` by now.
    void keepPolicy() { stored_ = policy; }

    LintReport lint();
    /// "code of name", sorted.
    std::vector<std::string> codes();
    /// The only finding with this code; fails the test when there is another number.
    Finding only(std::string_view code);
    /// Whether the fix of the only finding with this code takes it away, and no error comes.
    bool fixHelps(std::string_view code);

private:
    std::vector<storage::Entry> nodes_;
    PolicySet stored_;
    storage::Registry registry_;
};

policy::NetworkAcl rule(
    std::string name,
    std::int32_t priority,
    policy::AclAction action,
    std::vector<std::string> from,
    std::vector<std::string> to);
policy::NetworkAcl accept(
    std::string name,
    std::int32_t priority,
    std::vector<std::string> from,
    std::vector<std::string> to);
policy::NetworkAcl deny(
    std::string name,
    std::int32_t priority,
    std::vector<std::string> from,
    std::vector<std::string> to);
/// Of nodes.
policy::Group groupOf(std::string name, const std::vector<std::string>& members);
storage::RouteRecord routeOf(
    std::string name, std::string node, const std::vector<std::string>& destinations);
ObjectRef aclNamed(std::string name);

}  // namespace weft::mesh::changes::tests
