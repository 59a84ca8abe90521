// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy_object.h"

#include <vector>

namespace weft::mesh::detail {

/// Whether `object` speaks of the role or group `ref` by its name.
bool namesObject(const PolicyObject& object, const ObjectRef& ref);
/// The kinds of objects that may.
std::vector<policy::ObjectKind> kindsThatName(policy::ObjectKind kind);

}  // namespace weft::mesh::detail
