// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/plan_review.h"
#include "core/api/policy_test.h"
#include "ui/viewmodels/note_model.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace weft::viewmodels {

/// Lines of one kind that are shown; the others are counted.
inline constexpr std::size_t kMostReviewLines = 20;

/// What edits would do, in words. Nothing where nothing changes.

/// What must be read first: access to the leader, rights and votes that would be lost.
std::vector<Note> warningNotes(const api::PlanReview& review);
std::vector<Note> pairNotes(const api::PairDifference& pairs);
std::vector<Note> routeNotes(const api::RouteDifference& routes);
/// Nodes that nobody reaches any more, or that others lose sight of.
std::vector<Note> nodeNotes(const api::PlanReview& review);
/// Servers and rights that are gained, voters that come and go.
std::vector<Note> accessNotes(const api::PlanReview& review);
/// Those that fail first.
std::vector<Note> testNotes(const std::vector<api::PolicyTestResult>& results);

/// "2 pairs gained, 1 lost": the headings above the lines.
QString pairSummary(const api::PairDifference& pairs);
QString routeSummary(const api::RouteDifference& routes);
QString testSummary(const std::vector<api::PolicyTestResult>& results);

}  // namespace weft::viewmodels
