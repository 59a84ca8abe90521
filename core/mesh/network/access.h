// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/class_set.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/policy/reachability.h"

#include <deque>
#include <memory>
#include <vector>

namespace weft::mesh::network {

/// Who may reach whom by the access rules of one moment, for classes of nodes: a mesh of thousands
/// of nodes has a few. Thread: confined.
class Access {
public:
    using Class = policy::Reachability::Number;

    explicit Access(std::shared_ptr<const policy::Policy> policy);

    Class classify(const policy::NodeAddresses& node) { return reachability_.classify(node); }
    std::size_t classes() const { return reachability_.classes(); }
    const policy::NetworkRules& rules() const { return policy_->network(); }
    const policy::Policy& policy() const { return *policy_; }

    /// The classes that nodes of `from` may reach.
    const ClassSet& reachedFrom(Class from) { return row(from).reached; }
    /// Those of them that may reach `one` too: only with these there are tunnels.
    const ClassSet& mutualWith(Class one) { return row(one).mutual; }
    /// The classes of `some` that may not all of `some` reach, or be reached by. Empty: any two may
    /// reach each other.
    std::vector<Class> closedAmong(const ClassSet& some);

private:
    struct Row {
        /// How many classes were looked at.
        std::size_t known = 0;
        ClassSet reached;
        ClassSet mutual;
    };

    const Row& row(Class number);

    std::shared_ptr<const policy::Policy> policy_;
    policy::Reachability reachability_;
    /// By class, filled when they are asked for.
    std::deque<Row> rows_;
};

}  // namespace weft::mesh::network
