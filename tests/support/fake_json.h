// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <optional>
#include <string>

namespace weft::tests {

/// An object as the history of a mesh has it: protojson. Empty for none.
std::string fakeJson(const std::optional<api::PolicyObject>& object);

}  // namespace weft::tests
