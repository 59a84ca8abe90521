// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/detail/yaml_tree.h"
#include "core/mesh/policy_object.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace weft::mesh::changes::detail {

struct ObjectInFile {
    /// Valid, and in the form in which it would be stored.
    PolicyObject object;
    /// Where its name stands, or the source of an edge.
    std::size_t nameLine = 1;
};

/// The object of a file in the folder of `kind`. nullopt: `faults` has got what is wrong.
std::optional<ObjectInFile> readObject(
    policy::ObjectKind kind, std::string_view text, Faults& faults);

}  // namespace weft::mesh::changes::detail
