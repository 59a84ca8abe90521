// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/acl.h"
#include "core/mesh/policy/rules.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace weft::mesh::policy {

/// Who may do what and who may reach whom, as it was stored at one moment. Immutable. Thread: any.
class Policy {
public:
    /// More are counted, but not kept.
    static constexpr std::size_t kMaxProblems = 1000;

    /// Nothing is stored: nobody may do anything, and nobody reaches anybody.
    Policy();

    const RoleRules& roles() const { return *roles_; }
    const NetworkRules& network() const { return *network_; }
    const std::vector<Group>& groups() const { return groups_->groups(); }
    /// Sorted by object.
    const std::vector<Problem>& problems() const { return problems_; }
    std::size_t problemCount() const { return problemCount_; }
    /// Records that were left out because they do not parse.
    std::size_t unreadable() const { return unreadable_; }

private:
    friend class Compiler;

    std::shared_ptr<const detail::GroupIndex> groups_;
    std::shared_ptr<const RoleRules> roles_;
    std::shared_ptr<const NetworkRules> network_;
    std::vector<Problem> problems_;
    std::size_t problemCount_ = 0;
    std::size_t unreadable_ = 0;
};

/// What of the records has changed.
struct PolicyParts {
    bool roles = false;
    bool roleBindings = false;
    bool groups = false;
    bool networkAcls = false;
    /// Whether the rules are switched off.
    bool state = false;

    static PolicyParts all() { return {true, true, true, true, true}; }
};

/// Compiles policies one after the other and keeps the parts that have not changed.
/// Thread: confined.
class Compiler {
public:
    explicit Compiler(Dialect dialect = Dialect::Seed) : dialect_(dialect) {}

    /// These parts are to be read again; at first all are.
    void note(const PolicyParts& changed);
    /// The roles alone: the access rules wait until somebody asks for all. Never null; what is
    /// referred to lives until the next call.
    const std::shared_ptr<const RoleRules>& compileRoles(const storage::Registry& registry);
    /// As for compileRoles; the same policy again while nothing is noted.
    const std::shared_ptr<const Policy>& compile(const storage::Registry& registry);

private:
    template <typename Object>
    struct Records {
        std::vector<Object> objects;
        std::vector<Problem> problems;
    };

    void readState(const storage::Registry& registry);
    void compileNetwork(const storage::Registry& registry);
    void collectProblems(Policy& policy) const;

    Dialect dialect_;
    PolicyParts pending_ = PolicyParts::all();
    Records<Role> roles_;
    Records<RoleBinding> roleBindings_;
    Records<Group> groups_;
    Records<NetworkAcl> networkAcls_;
    std::vector<Problem> stateProblems_;
    std::shared_ptr<const detail::GroupIndex> groupIndex_;
    std::shared_ptr<const RoleRules> roleRules_;
    /// nullptr when the groups have changed since.
    std::shared_ptr<const NetworkRules> networkRules_;
    /// nullptr when anything has changed since.
    std::shared_ptr<const Policy> policy_;
};

/// Once and for all.
std::shared_ptr<const Policy> compile(
    const storage::Registry& registry, Dialect dialect = Dialect::Seed);

}  // namespace weft::mesh::policy
