// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <optional>
#include <string_view>

namespace weft::bridge {

/// The object that a change of the history had, from its JSON (ChangedObject). It may be of a
/// newer version or somebody else's: what is not known is passed over, and nullopt comes of what
/// is no object at all.
std::optional<api::PolicyObject> policyObjectOf(api::PolicyKind kind, std::string_view json);

}  // namespace weft::bridge
