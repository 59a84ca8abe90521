// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"

#include <string>
#include <vector>

/// What an edit changes, for people and windows.
namespace weft::mesh::changes {

/// One field that differs. A value that is no list has at most one removed and one added: empty
/// texts are left out. A list that has the same entries in another order has none.
/// The texts are as the object has them: make them safe before they are shown.
struct FieldChange {
    /// As files have it: "subjects", "priority", "attributes".
    std::string field;
    std::vector<std::string> removed{};
    std::vector<std::string> added{};

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// In the order of fields in files, names left out. Of an object that is made or removed, all that
/// it has. Entries of lists read "group:ops", "user ann", "put,get roles named a,b", "KEY=VALUE".
std::vector<FieldChange> changesOf(const Edit& edit);

/// One safe line: "group laptops: 2 members added, 1 removed", "networkacl all: action accept ->
/// deny", "route office: created", "edge a/b: deleted", "role x: no change".
std::string summaryOf(const Edit& edit);

}  // namespace weft::mesh::changes
