// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/drafts.h"
#include "core/api/planning.h"

#include "weft/local/v1/drafts.pb.h"
#include "weft/local/v1/planning.pb.h"

#include <vector>

namespace weft::control {

// Between the messages of weft.local.v1.Planning and Drafts and the plain structs of core/api.
// Objects of a kind that came later are left out; a finding about one stays, without the object.
// Thread: any.

api::PlanReview fromProto(const weft::local::v1::PlanReview& message);
api::LintReport fromProto(const weft::local::v1::LintReport& message);
std::vector<api::PolicyTestResult> fromProto(const weft::local::v1::PolicyTestReport& message);
api::WhatIfAnswer fromProto(const weft::local::v1::WhatIfAnswer& message);
api::Draft fromProto(const weft::local::v1::Draft& message);

/// Without the profile.
weft::local::v1::PlanSubject toProto(const api::PlanSubject& subject);
weft::local::v1::WhatIfRequest toProto(const api::WhatIfQuestion& question);
/// The same, and without the number of the draft.
weft::local::v1::RebaseDraftRequest toProto(const api::RebaseWish& wish);
weft::local::v1::ApplyDraftRequest toProto(const api::ApplyDraftWish& wish);

}  // namespace weft::control
