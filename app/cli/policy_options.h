// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/policy.h"

namespace weft::cli {

/// The object that the options of `weftctl put KIND` describe.
/// Errors: kInvalidArgument  what is missing, or what is wrong with a value
StatusOr<api::PolicyObject> objectOf(api::PolicyKind kind, const Parsed& parsed);
/// The one that `weftctl delete KIND` names. Errors: kInvalidArgument.
StatusOr<api::ObjectRef> refOf(api::PolicyKind kind, const Parsed& parsed);

}  // namespace weft::cli
