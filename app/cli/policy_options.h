// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/policy.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::cli {

/// The object that the options of `weftctl put KIND` describe.
/// Errors: kInvalidArgument  what is missing, or what is wrong with a value
StatusOr<api::PolicyObject> objectOf(api::PolicyKind kind, const Parsed& parsed);
/// The one that `weftctl delete KIND` names. Errors: kInvalidArgument.
StatusOr<api::ObjectRef> refOf(api::PolicyKind kind, const Parsed& parsed);

/// "group/laptops", "edge/alpha/beta". Errors: kInvalidArgument.
StatusOr<api::ObjectRef> objectNamed(const std::string& text);
StatusOr<std::vector<api::ObjectRef>> objectsNamed(const std::vector<std::string>& texts);
/// The number of a change. Errors: kInvalidArgument.
StatusOr<std::uint64_t> changeIdOf(const std::string& text);
/// --auto-revert; 0: it stays. Errors: kInvalidArgument.
StatusOr<std::chrono::seconds> revertAfterOf(const Parsed& parsed);

}  // namespace weft::cli
