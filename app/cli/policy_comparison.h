// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/policy_folder.h"
#include "core/api/planning.h"
#include "core/mesh/changes/policy_set.h"

#include <vector>

/// The rules of a mesh beside others.
namespace weft::cli {

/// What is there now, and what leads to what is wanted.
struct Comparison {
    api::ProfileId id;
    std::vector<mesh::changes::Edit> edits;
};

void tellForeign(Context& context, const ForeignFiles& foreign);

/// The rules of the mesh; its edges with --with-edges.
StatusOr<mesh::changes::PolicySet> presentOf(const api::PolicyState& state, const Parsed& parsed);

/// What FOLDER would change in the mesh. Objects that the mesh itself stands on, and what nodes
/// brought along, may be left out of it.
/// Errors: as readPolicyFolder, importFiles and requireConnected
StatusOr<Comparison> compareFolder(Context& context, const Parsed& parsed);

/// Errors: kInvalidArgument  --with-edges, where no folder is given
Status refuseWithEdges(const Parsed& parsed);

/// The rules that a question is about.
struct PlanQuestion {
    api::ProfileId id;
    api::PlanSubject subject;
};

/// By FOLDER, --draft or --after; `otherwise` when none is given.
/// Errors: kInvalidArgument  more than one is, or --with-edges without FOLDER; and as compareFolder
StatusOr<PlanQuestion> planQuestionOf(
    Context& context, const Parsed& parsed, api::PlanSubject otherwise);
/// The same when there is no choice of a folder.
StatusOr<api::PlanSubject> planSubjectOf(const Parsed& parsed, api::PlanSubject otherwise);

}  // namespace weft::cli
