// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/changes.h"
#include "core/api/propagation.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace weft::cli {

/// How long a command that has changed the rules waits for nodes to have them.
inline constexpr std::chrono::seconds kDefaultEffectWait{5};
/// Nodes that a note names.
inline constexpr std::size_t kMostNamedNodes = 5;

/// --wait and --wait-all.
struct EffectWish {
    /// 0: it does not wait.
    Duration wait = kDefaultEffectWait;
    /// A change that is not in effect everywhere by then ends the command with kExitPending.
    bool everywhere = false;
};
/// Errors: kInvalidArgument.
StatusOr<EffectWish> effectWishOf(const Parsed& parsed);

/// Where a change is in effect; 0: the newest. Errors: what the daemon says.
StatusOr<api::Propagation> propagationOf(
    Context& context, const api::ProfileId& id, std::uint64_t change);

/// The nodes as JSON or YAML have them.
Document describe(const api::Propagation& propagation);

/// "2 of 7 nodes do not have it: tv (unreachable), laptop (pending)"; empty when all do.
std::string missingText(const api::Propagation& propagation);

/// Tells of a change that was made, waits as was wished until nobody is pending, with --wait-all
/// until nobody is missing, and notes who does not have it then. Not to know that is no failure
/// without --wait-all. Errors: those of propagationOf with it, and kCancelled.
Status tellInEffect(
    Context& context,
    const api::ProfileId& id,
    const api::AppliedChange& applied,
    const EffectWish& wish);

/// The same after the line that `tell` writes, which gets what JSON and YAML are to have of it.
Status waitForEffect(
    Context& context,
    const api::ProfileId& id,
    std::uint64_t change,
    const EffectWish& wish,
    const std::function<void(const Document& propagation)>& tell);

}  // namespace weft::cli
