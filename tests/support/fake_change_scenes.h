// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_scenes.h"

#include <span>
#include <string>

// Drafts, histories and changes that wait, to add to a scene.
namespace weft::tests {

/// Edits of every kind, what the mesh says of them, tests, and a history.
void addDraft(FakeScene& scene, const api::ProfileId& id, WallTime now);
/// What somebody else changed in two objects of that draft.
void addConflicts(FakeScene& scene, const api::ProfileId& id);
/// Five changes: one that took back another, one of several objects, one without objects.
void addHistory(FakeScene& scene, const api::ProfileId& id, WallTime now);
/// The newest change goes back by itself in 42 seconds.
void addWaitingChange(FakeScene& scene, const api::ProfileId& id, WallTime now);
/// A draft, a review and a history full of `names`.
void addHostileDraft(
    FakeScene& scene, const api::ProfileId& id, WallTime now, std::span<const std::string> names);

}  // namespace weft::tests
