// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "app/cli/output.h"
#include "core/mesh/changes/policy_set.h"

#include <vector>

/// Edits of rules as people and programs read them.
namespace weft::cli {

/// Kind, name, whether it is made or removed, and each field that differs.
Document describe(const mesh::changes::Edit& edit);
Document describe(const std::vector<mesh::changes::Edit>& edits);

/// A line for each edit, and the fields of what changes below it.
void print(Output& out, const std::vector<mesh::changes::Edit>& edits);

}  // namespace weft::cli
