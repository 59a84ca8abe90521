// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy_object.h"

#include <string>
#include <string_view>

namespace weft::mesh::changes::detail {

/// `text` in double quotes, so that YAML never reads another type; what a terminal would act on
/// stands as an escape. Bytes that are not UTF-8 become U+FFFD.
std::string yamlText(std::string_view text);

/// The file of an object.
std::string yamlOf(const PolicyObject& object);

}  // namespace weft::mesh::changes::detail
