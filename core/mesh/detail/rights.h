// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/policy/rules.h"

#include <initializer_list>
#include <span>

namespace weft::mesh::detail {

/// Whether the roles of the mesh let `caller` do all of `actions`. What the program itself does in
/// somebody's name is judged by that name.
/// Errors: kUnauthenticated for nobody in particular, kPermissionDenied; the texts name the right
/// that is missing, never what exists.
Status authorise(
    const MeshView& view, const Caller& caller, std::span<const policy::Action> actions);
Status authorise(
    const MeshView& view, const Caller& caller, std::initializer_list<policy::Action> actions);

/// The same for what a node asks for itself while it joins, updates or publishes: the program may,
/// and so may everybody in a mesh whose rules were switched off.
Status mayHave(const MeshView& view, const Caller& caller, std::span<const policy::Action> actions);
Status mayHave(
    const MeshView& view, const Caller& caller, std::initializer_list<policy::Action> actions);

/// Whether `caller` may write anything at all. Errors: kUnauthenticated, kPermissionDenied.
Status mayWriteSomething(const MeshView& view, const Caller& caller);

/// Whether `caller` holds every right that `role` gives. Errors: kPermissionDenied.
Status mayGrant(const MeshView& view, const Caller& caller, const policy::Role& role);

}  // namespace weft::mesh::detail
