// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"
#include "core/mesh/changes/policy_set.h"

#include <vector>

namespace weft::cli {

/// The objects of a mesh as files, merging and checks know them. Errors: kInvalidArgument for a
/// route whose destinations are no networks.
StatusOr<mesh::PolicyObject> toMesh(const api::PolicyObject& object);
StatusOr<mesh::changes::PolicySet> toMesh(const api::PolicyState& state);
mesh::ObjectRef toMesh(const api::ObjectRef& ref);

api::PolicyObject toApi(const mesh::PolicyObject& object);
api::ObjectRef toApi(const mesh::ObjectRef& ref);
api::PolicyEdit toApi(const mesh::changes::Edit& edit);

}  // namespace weft::cli
