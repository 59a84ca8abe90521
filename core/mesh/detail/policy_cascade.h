// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/policy_plan.h"

namespace weft::mesh::detail {

/// Adds to the removal of `ref` what would be left without it, so that nobody who later makes an
/// object of that name gets what the old one had:
/// a role takes its bindings along; a group its places in bindings, groups and access rules, and
/// those bindings and rules that would be left without any: they have come to nothing.
void addCascade(const MeshView& view, const ObjectRef& ref, PolicyPlan& plan);

}  // namespace weft::mesh::detail
