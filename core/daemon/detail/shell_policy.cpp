// SPDX-License-Identifier: Apache-2.0
// What connections of both kinds know of the rules of their mesh.
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/detail/policy_answers.h"
#include "core/daemon/planning/mesh_snapshot.h"

#include <memory>
#include <utility>

namespace weft::daemon {

namespace local = weft::local::v1;

void ConnectionShell::noteRecords(const storage::Registry::Change& change) {
    // Routes and edges are part of what people look at, and no rules.
    if (change.everything || change.policy || change.routes || change.edges) {
        ++policyChanges_;
    }
    if (change.everything || change.groups || change.networkAcls || change.routes) {
        rulesAreOld_ = true;
    }
    transitIsOld_ = true;
    offersAreOld_ = true;
    if (names_) {
        names_->note(change);
    }
    traffic_.note(change, *registry());
    tests_->noteRecords(change);
    noteChange();
}

std::unique_ptr<PolicyTestWatch> ConnectionShell::makeTests() {
    return std::make_unique<PolicyTestWatch>(PolicyTestWatch::Parts{
        .loop = *loop_,
        .registry = [this] { return registry(); },
        .ask =
            [this](std::uint64_t known, Callback<weft::mesh::v1::KeptPolicyTests> done) {
                weft::mesh::v1::GetPolicyTestsRequest request;
                request.set_known_revision(known);
                policyTests(std::move(request), std::move(done));
            },
        .changed = [this] { noteChange(); },
        .isTold = spec_.kind == local::Profile::KIND_FOUNDER});
}

void ConnectionShell::followRules() {
    const auto known = rules();
    if (!known) {
        return;
    }
    if (auto filter = traffic_.renew(known, *registry(), selfId())) {
        tunnel()->setFilter(std::move(filter));
    }
}

std::shared_ptr<const mesh::policy::Policy> ConnectionShell::rules() const {
    const auto* known = mirror();
    return known == nullptr ? nullptr : known->current();
}

void ConnectionShell::checkAccess(
    local::CheckAccessRequest request, Callback<local::AccessAnswer> done) {
    onLoop([this, request = std::move(request), done = std::move(done)] {
        const auto known = rules();
        if (known) {
            done(answerTo(*known, request));
        } else {
            done(unavailable("the mesh has not been read yet"));
        }
    });
}

void ConnectionShell::explainAccess(
    std::string from, std::string to, Callback<local::AccessExplanation> done) {
    onLoop([this, from = std::move(from), to = std::move(to), done = std::move(done)] {
        const auto known = rules();
        if (!known) {
            done(unavailable("the mesh has not been read yet"));
            return;
        }
        const auto explanation = mesh::policy::explain(*registry(), *known, from, to);
        if (explanation.ok()) {
            done(toProto(*explanation));
        } else {
            done(explanation.status());
        }
    });
}

void ConnectionShell::snapshot(Callback<MeshSnapshot> done) {
    onLoop([this, done = std::move(done)] {
        const auto* records = registry();
        if (records == nullptr) {
            done(unavailable("the mesh has not been read yet"));
            return;
        }
        auto copy = std::make_shared<storage::Registry>();
        copy->copyFrom(*records);
        done(MeshSnapshot{std::move(copy), editor()});
    });
}

mesh::changes::Editor ConnectionShell::editor() const {
    mesh::changes::Editor editor;
    const auto& login = spec_.options.auth.basic;
    editor.identity.id = login.configured() ? login.username : selfId().value();
    editor.node = selfId();
    const auto keepers = servers();
    editor.leader = keepers.leader.value_or(storage::NodeId());
    editor.servers = keepers.voters;
    editor.servers.insert(editor.servers.end(), keepers.observers.begin(), keepers.observers.end());
    return editor;
}

}  // namespace weft::daemon
