// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/types.h"

#include <cstdint>
#include <string_view>

namespace weft::cli {

/// The profile that a person means by an id or a name; the default one for empty text.
/// Errors: kNotFound (with the ids there are), kInvalidArgument (the name is not unique),
///         kFailedPrecondition (there is no profile at all).
StatusOr<api::Profile> chooseProfile(const api::DaemonState& state, std::string_view wanted);

/// The same with the state as the daemon tells it now.
StatusOr<api::Profile> chooseProfile(Context& context, std::string_view wanted);

/// Follows a connection that was just asked for and notes its steps. `revisionBefore`: of the state
/// that was seen before asking, so that an old failure is not taken for a new one.
/// Errors: kFailedPrecondition (the connection failed; with reason and remedy), kDeadlineExceeded.
Status waitUntilConnected(Context& context, const api::ProfileId& id, std::uint64_t revisionBefore);

/// `wanted` when its profile is in its mesh.
/// Errors: as chooseProfile, and kFailedPrecondition.
StatusOr<api::ProfileId> requireConnected(Context& context, std::string_view wanted);

/// The word itself, or with "-" the first line of standard input.
/// Errors: kInvalidArgument when there is no line or it is longer than 64 KiB.
StatusOr<std::string> wordOrLine(Context& context, const std::string& word);

}  // namespace weft::cli
