// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"

#include <string>
#include <vector>

namespace weft::viewmodels {

/// The objects as they would be with a draft on top.
std::vector<api::PolicyObject> objectsWith(
    const api::PolicyState& state, const std::vector<api::PolicyEdit>& draft);

/// Where an object names a group.
struct GroupUse {
    api::ObjectRef ref;
    /// Of a rule: in its sources, in its destinations.
    bool asSource = false;
    bool asDestination = false;

    friend bool operator==(const GroupUse&, const GroupUse&) = default;
};

/// Rules, bindings and other groups that name the group.
std::vector<GroupUse> usesOf(
    const std::vector<api::PolicyObject>& objects, const std::string& group);

/// What gives a group another name: it is made anew under that one, all that names it follows, and
/// the old one goes. Empty when there is no such group among the objects.
std::vector<api::PolicyEdit> renameEdits(
    const std::vector<api::PolicyObject>& objects, const std::string& from, const std::string& to);

}  // namespace weft::viewmodels
