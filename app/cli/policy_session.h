// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/policy.h"

#include <optional>
#include <string>
#include <vector>

namespace weft::cli {

/// The rules of a connected profile. Errors: what the daemon says.
StatusOr<api::PolicyState> policyOf(Context& context, const api::ProfileId& id);
/// The same for a command that can go on without: nothing when this node may write and not read.
StatusOr<std::optional<api::PolicyState>> policyIfReadable(
    Context& context, const api::ProfileId& id);

/// Asks on a terminal; with --yes it is a yes. Errors: kFailedPrecondition  there is nobody to ask
///                                                   kCancelled           the answer was no
Status confirm(Context& context, const Parsed& parsed, const std::string& question);

/// --revision. Errors: kInvalidArgument.
StatusOr<std::optional<std::uint64_t>> revisionOf(const Parsed& parsed);

/// What a refused write means: a conflict says who changed the object, as far as that is known.
Status explainWrite(
    Context& context, const api::ProfileId& id, const api::ObjectRef& ref, const Status& status);

/// The objects of --file. Errors: kInvalidArgument, kNotFound.
StatusOr<std::string> fileText(Context& context, const std::string& path);

/// "weftctl get role ops".
std::string lookCommand(const api::ObjectRef& ref);

/// Lines below the line of the result, each indented.
void printBelow(Context& context, const std::vector<std::string>& lines);

}  // namespace weft::cli
