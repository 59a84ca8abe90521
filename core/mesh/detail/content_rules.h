// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/policy_object.h"

namespace weft::mesh::detail {

/// The roles and bindings as they will be: nobody refers to what is going, and what is coming may
/// be referred to.
struct RulesAfter {
    /// nullptr: there are none.
    const policy::RoleRules* rules = nullptr;
    /// Whether they are others than those of the moment.
    bool changesRoles = false;
};

/// Every object has a name by which rights speak of it; an edge has two. Errors: as `authorise`.
Status authoriseWrite(
    const MeshView& view, const ObjectRef& ref, policy::Verb verb, const Caller& caller);
/// Errors: kInvalidArgument.
Status validateNames(const ObjectRef& ref);
/// Errors: kInvalidArgument for what belongs to the mesh itself.
Status checkProtection(const ObjectRef& ref, bool removing);

/// Checks the contents and what they refer to, puts the form that is stored into `object`, and adds
/// the conditions that it needs. Errors: those of planPut.
Status checkContents(
    const MeshView& view,
    const RulesAfter& after,
    const Caller& caller,
    PolicyObject& object,
    storage::Transaction& transaction);

}  // namespace weft::mesh::detail
