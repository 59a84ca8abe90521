// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "app/cli/output.h"
#include "core/api/plan_review.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What rules would do to a mesh, as people and programs read it.
namespace weft::cli {

/// Lines of one kind that a person gets to see; the others are counted. Programs get all that the
/// daemon lists.
inline constexpr std::size_t kMostShownLines = 50;
/// Names in one line.
inline constexpr std::size_t kMostShownNames = 10;

Document describe(const api::PairDifference& pairs);
Document describe(const api::RouteDifference& routes);
Document describe(const api::VoterDifference& voters);
Document linksOf(const std::vector<api::NodePair>& pairs);
/// All but the edits and conflicts.
Document::Members membersOf(const api::PlanReview& review);

// Each prints nothing where nothing changes.
void print(Output& out, const api::PairDifference& pairs);
void print(Output& out, const api::RouteDifference& routes);
void print(Output& out, const api::VoterDifference& voters);
/// All but the edits and conflicts.
void print(Output& out, const api::PlanReview& review);

/// "a, b, c and 9 more", safe for a terminal; `count`: how many there are in all.
std::string namesOf(const std::vector<std::string>& names, std::uint64_t count);

}  // namespace weft::cli
