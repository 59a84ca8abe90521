// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"

#include <optional>
#include <vector>

/// Edits that were made of an older state, brought to the present one.
namespace weft::mesh::changes {

/// An object that both sides changed, and not so that both changes can stand.
struct Conflict {
    ObjectRef ref;
    /// As it was when the edit began.
    std::optional<PolicyObject> base;
    /// As the edit wants it.
    std::optional<PolicyObject> ours;
    /// As it is now.
    std::optional<PolicyObject> theirs;

    friend bool operator==(const Conflict&, const Conflict&) = default;
};

/// Both sorted by key.
struct Merge {
    /// From the present state: `before` is what is there now.
    std::vector<Edit> edits;
    std::vector<Conflict> conflicts;
};

/// Three-way, object by object. An edit stands where the object did not change, falls away where it
/// happened already, and else is merged field by field:
///
/// - A value that both changed to another, and a delete against a change, are a conflict.
/// - Subjects, nodes, networks, destinations and attributes come and go one by one, on both sides.
/// - So do the rules of a role, each as a whole, but a rule that both replaced is a conflict.
/// - Where an empty list or `*` means everything, one side that leaves or enters that state is a
///   conflict with any other change of the list: a merge must not let in more than either side.
/// - So is a merge that would break the contents rules, as a group that both emptied half of.
///
/// Several edits of one object count as one, from the first `before` to the last `after`. Nothing
/// depends on which side is ours, but for the order of lists.
Merge merge(const std::vector<Edit>& ours, const PolicySet& present);

}  // namespace weft::mesh::changes
