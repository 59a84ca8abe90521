// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/changes.h"
#include "core/api/drafts.h"
#include "core/api/policy.h"

#include <cstdint>
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

/// The newest `limit` changes, newest first; 0: all that are kept.
StatusOr<std::vector<api::Change>> historyOf(
    Context& context, const api::ProfileId& id, std::uint32_t limit);
/// The caller's draft. Errors: what the daemon says.
StatusOr<api::Draft> draftOf(Context& context, const api::ProfileId& id);
/// Says that a change was made, and how it stays. `propagation` is for JSON and YAML alone.
void tellApplied(
    Context& context, const api::AppliedChange& applied, const Document& propagation = {});
/// The same of one that took `change` back.
void tellTakenBack(Context& context, std::uint64_t change, const api::AppliedChange& applied);

/// "weftctl get role ops".
std::string lookCommand(const api::ObjectRef& ref);

/// Lines below the line of the result, each indented.
void printBelow(Context& context, const std::vector<std::string>& lines);

}  // namespace weft::cli
