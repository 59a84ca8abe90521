// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/detail/yaml_fields.h"
#include "core/mesh/policy_object.h"

#include <cstddef>

namespace weft::mesh::changes::detail {

/// Where that stands for which `validate` refuses `object`, which was read from `fields`: the name
/// or the entry of a list that is wrong by itself, else the object.
std::size_t lineOfFault(const PolicyObject& object, const YamlFields& fields);

}  // namespace weft::mesh::changes::detail
