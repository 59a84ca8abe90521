// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"
#include "core/api/policy_test.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/changes/policy_tests.h"

#include <vector>

namespace weft::cli {

/// The objects of a mesh as files, merging and checks know them. Errors: kInvalidArgument for a
/// route whose destinations are no networks.
StatusOr<mesh::PolicyObject> toMesh(const api::PolicyObject& object);
StatusOr<mesh::changes::PolicySet> toMesh(const api::PolicyState& state);
mesh::ObjectRef toMesh(const api::ObjectRef& ref);
StatusOr<mesh::changes::Edit> toMesh(const api::PolicyEdit& edit);
StatusOr<std::vector<mesh::changes::Edit>> toMesh(const std::vector<api::PolicyEdit>& edits);

api::PolicyObject toApi(const mesh::PolicyObject& object);
api::ObjectRef toApi(const mesh::ObjectRef& ref);
api::PolicyEdit toApi(const mesh::changes::Edit& edit);
std::vector<api::PolicyEdit> toApi(const std::vector<mesh::changes::Edit>& edits);

}  // namespace weft::cli
