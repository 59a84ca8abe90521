// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// What a right can be about, in the order in which it is shown.
inline constexpr std::array kRightResources = {
    api::PolicyResource::NetworkAcls,
    api::PolicyResource::Groups,
    api::PolicyResource::Roles,
    api::PolicyResource::RoleBindings,
    api::PolicyResource::Routes,
    api::PolicyResource::Edges,
    api::PolicyResource::PubSub,
    api::PolicyResource::DataChannels,
    api::PolicyResource::Votes,
    api::PolicyResource::Observers,
};
inline constexpr std::array kRightVerbs = {
    api::PolicyVerb::Get, api::PolicyVerb::Put, api::PolicyVerb::Delete};

/// Groups in groups are followed so far, as the mesh does.
inline constexpr std::size_t kMostNestedGroups = 16;

/// Whether somebody may do one thing, and what says so.
struct Right {
    bool allowed = false;
    /// These alone, sorted; empty while it is allowed for all names or for none.
    std::vector<std::string> names{};
    /// What gives it; for certain names the first that does.
    std::string binding{};
    std::string role{};
    /// Through which the binding reaches them; empty when it names them.
    std::string group{};

    friend bool operator==(const Right&, const Right&) = default;
};

/// By resource and verb, in the orders above.
using Rights = std::array<std::array<Right, kRightVerbs.size()>, kRightResources.size()>;

/// What somebody of that name may do: as a node, as a user, or (All) as both, as the mesh takes a
/// caller. Foresees from `state` alone, to be looked at; what the mesh says to a question counts.
Rights rightsOf(const api::PolicyState& state, const std::string& name, api::SubjectKind kind);

}  // namespace weft::viewmodels
