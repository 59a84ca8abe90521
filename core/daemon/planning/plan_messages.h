// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/planning/draft_store.h"
#include "core/daemon/planning/plan.h"

#include "weft/local/v1/drafts.pb.h"
#include "weft/local/v1/planning.pb.h"

#include <vector>

namespace weft::daemon {

// Between the messages of weft.local.v1 and what answers questions about plans. Thread: any.

/// Edits as they come; what they want is checked. Errors: kInvalidArgument, naming the object;
/// kResourceExhausted for more than one change may have.
StatusOr<std::vector<mesh::changes::Edit>> editsOf(
    const google::protobuf::RepeatedPtrField<weft::mesh::v1::ObjectEdit>& messages);
StatusOr<std::vector<mesh::ObjectRef>> refsOf(
    const google::protobuf::RepeatedPtrField<weft::mesh::v1::ObjectName>& messages);
/// What of a history the rules of the past are made from.
std::vector<mesh::changes::PastChange> historyOf(
    const std::vector<weft::mesh::v1::ChangeRecord>& messages);

weft::local::v1::PlanReview toProto(const PlanReviewed& reviewed);
weft::local::v1::LintReport toProto(const mesh::changes::LintReport& report);
weft::local::v1::PolicyTestReport toProto(
    const std::vector<mesh::changes::PolicyTestResult>& results);
weft::local::v1::WhatIfAnswer toProto(const mesh::changes::Loss& loss);
weft::local::v1::WhatIfAnswer toProto(const mesh::changes::BlastRadius& radius);
/// Without conflicts.
weft::local::v1::Draft toProto(const StoredDraft& draft);
void toProto(const mesh::changes::Conflict& conflict, weft::local::v1::PlanConflict* message);

}  // namespace weft::daemon
