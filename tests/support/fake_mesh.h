// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "tests/support/fake_plan.h"
#include "tests/support/fake_policy.h"

#include <vector>

namespace weft::tests {

/// What connects `fakePeers`: a few that many are linked to, and some that hang on one link.
std::vector<api::Edge> fakeEdges(const std::vector<api::Peer>& peers);

/// Answers by what members, edges and rules are now: reviews of edits, and what would be without
/// some nodes. Judges by names alone, as FakePolicy does, and takes time that grows with all pairs.
FakePlan fakePlan(
    std::vector<api::Peer> peers, std::vector<api::Edge> edges, const FakePolicy& policy);

}  // namespace weft::tests
