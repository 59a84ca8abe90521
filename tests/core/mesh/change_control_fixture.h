// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_control.h"
#include "tests/core/mesh/administration_fixture.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {

/// A mesh whose rules are changed several at a time.
class ChangeControlTest : public AdministrationTest {
protected:
    using Edit = mesh::changes::Edit;

    ChangeControlTest() { restart(); }

    /// As after a restart of the server.
    void restart() {
        control_ = mesh::ChangeControl::create(*mesh_.host, mesh_.loop, audit_.get());
        mesh_.settle();
    }
    mesh::changes::PolicySet present() const {
        return mesh::changes::PolicySet::of(mesh_.host->registry());
    }
    /// What makes `object` of whatever is there now.
    Edit edit(const mesh::PolicyObject& object) const {
        const auto ref = mesh::refOf(object);
        return {ref, stored(ref), object};
    }
    Edit removal(const mesh::ObjectRef& ref) const { return {ref, stored(ref), std::nullopt}; }
    std::optional<mesh::PolicyObject> stored(const mesh::ObjectRef& ref) const {
        const auto set = present();
        const auto* object = set.find(ref);
        return object == nullptr ? std::nullopt : std::optional(*object);
    }

    StatusOr<mesh::AppliedChange> apply(
        std::vector<Edit> edits,
        std::chrono::seconds revertAfter = {},
        const std::string& by = "alpha") {
        return wait<mesh::AppliedChange>([&](auto done) {
            control_->apply(
                std::move(edits), "why", revertAfter, certificateOf(by), std::move(done));
        });
    }
    StatusOr<mesh::AppliedChange> revert(
        std::uint64_t id,
        bool skipChanged = false,
        std::vector<mesh::ObjectRef> only = {},
        const std::string& by = "alpha") {
        return wait<mesh::AppliedChange>([&](auto done) {
            control_->revert(id, std::move(only), skipChanged, certificateOf(by), std::move(done));
        });
    }
    Status confirm(std::uint64_t id, const std::string& by = "alpha") {
        return mesh_.wait(
            [&](auto done) { control_->confirm(id, certificateOf(by), std::move(done)); });
    }
    std::vector<mesh::ListedChange> listed() {
        auto changes = control_->list(0, 0, certificateOf("alpha"));
        EXPECT_TRUE(changes.ok()) << changes.status();
        return changes.value_or(std::vector<mesh::ListedChange>());
    }
    void advance(Duration by) {
        mesh_.loop.advance(by);
        mesh_.settle();
    }

    std::unique_ptr<mesh::ChangeControl> control_;
};

}  // namespace weft::tests
