// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/ui_fixture.h"

#include <functional>
#include <string>
#include <vector>

namespace weft::tests {

/// A window over a scene whose mesh "home" has a draft.
struct DraftFixture : UiFixture {
    explicit DraftFixture(const char* scene = "draft") : UiFixture(scene) {}

    viewmodels::ChangesViewModel& changes() { return *app.changes(); }
    viewmodels::DraftReview& review() { return *changes().review(); }
    viewmodels::HistoryViewModel& history() { return *changes().history(); }
    viewmodels::WaitingChange& waiting() { return *changes().waiting(); }
    api::ProfileId mesh() const { return api::ProfileId{"home"}; }

    /// As somebody who opens the page, without the pause before a review.
    void look() {
        changes().show(true);
        if (changes().count() > 0) {
            review().askNow();
        }
        settle();
    }
    void plan(const std::function<void(FakePlan&)>& change) {
        controller.updatePlan(mesh(), change);
        settle();
    }
    /// What the daemon has now.
    api::Draft kept() {
        api::Draft draft;
        plan([&draft](FakePlan& plan) { draft = plan.draft; });
        return draft;
    }
    api::PolicyState rules() {
        api::PolicyState state;
        controller.updatePolicy(mesh(), [&state](FakePolicy& policy) { state = policy.state; });
        settle();
        return state;
    }
    /// As another window of the same user writes the draft.
    void editElsewhere() {
        plan([](FakePlan& plan) { ++plan.draft.number; });
    }
};

/// The texts of a role of a model, top down.
template <typename Model>
QStringList columnOf(const Model& model, int role) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        texts.append(model.index(row).data(role).toString());
    }
    return texts;
}

}  // namespace weft::tests
