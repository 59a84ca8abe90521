// SPDX-License-Identifier: Apache-2.0
// What a FakeController answers about the rules of its meshes.
#include "tests/support/fake_changes.h"
#include "tests/support/fake_controller.h"
#include "tests/support/fake_daemon.h"

#include <algorithm>
#include <utility>

namespace weft::tests {

Subscription FakeController::watchPolicy(
    const api::ProfileId& id, std::function<void(const api::PolicyState&)> changed) {
    return addWatcher(std::make_shared<FakeWatcher>(FakeWatcher::Policy{id, std::move(changed)}));
}

void FakeController::updatePolicy(
    const api::ProfileId& id, std::function<void(FakePolicy&)> change) {
    loop_.post([core = core_.get(), id, change = std::move(change)] {
        change(core->scene.policies[id]);
        core->tellPolicy(id);
    });
}

void FakeController::policy(const api::ProfileId& id, Callback<api::PolicyState> done) {
    core_->answer<StatusOr<api::PolicyState>>(
        FakeCall::Policy,
        std::move(done),
        [core = core_.get(), id]() -> StatusOr<api::PolicyState> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            return core->scene.policies[id].state;
        });
}

void FakeController::putPolicyObject(
    const api::ProfileId& id,
    const api::PolicyObject& object,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    core_->answer<StatusOr<api::WriteReport>>(
        FakeCall::PutPolicyObject, std::move(done), [core = core_.get(), id, object, base] {
            return core->writePolicy(id, [&](FakePolicy& policy) {
                const api::PolicyEdit edit{refOf(object), std::nullopt, object};
                return writeObject(policy, edit, base, core->now());
            });
        });
}

void FakeController::removePolicyObject(
    const api::ProfileId& id,
    const api::ObjectRef& ref,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    core_->answer<StatusOr<api::WriteReport>>(
        FakeCall::RemovePolicyObject, std::move(done), [core = core_.get(), id, ref, base] {
            return core->writePolicy(id, [&](FakePolicy& policy) {
                return writeObject(policy, {ref, {}, {}}, base, core->now());
            });
        });
}

void FakeController::checkAccess(
    const api::ProfileId& id,
    const api::AccessQuestion& question,
    Callback<api::AccessAnswer> done) {
    core_->answer<StatusOr<api::AccessAnswer>>(
        FakeCall::CheckAccess,
        std::move(done),
        [core = core_.get(), id, question]() -> StatusOr<api::AccessAnswer> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            return core->scene.policies[id].check(question);
        });
}

void FakeController::explainAccess(
    const api::ProfileId& id,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    core_->answer<StatusOr<api::AccessExplanation>>(
        FakeCall::ExplainAccess,
        std::move(done),
        [core = core_.get(), id, from, to]() -> StatusOr<api::AccessExplanation> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            const auto& peers = core->scene.peers[id];
            for (const std::string& node : {from, to}) {
                if (std::ranges::find(peers, node, &api::Peer::id) == peers.end()) {
                    return notFound("no node {}", node);
                }
            }
            api::AccessExplanation answer = core->scene.policies[id].explain(from, to);
            const auto addressOf = [&peers](const std::string& node) {
                return std::ranges::find(peers, node, &api::Peer::id)->addressIpv6;
            };
            for (api::DirectionVerdict* way : {&answer.forward, &answer.backward}) {
                way->families.front().fromAddress = addressOf(way->from);
                way->families.front().toAddress = addressOf(way->to);
            }
            return answer;
        });
}

void FakeController::removeNode(
    const api::ProfileId& id,
    const std::string& nodeId,
    const std::string& reason,
    Callback<api::WriteReport> done) {
    core_->answer<StatusOr<api::WriteReport>>(
        FakeCall::RemoveNode,
        std::move(done),
        [core = core_.get(), id, nodeId, reason]() -> StatusOr<api::WriteReport> {
            const auto& peers = core->scene.peers[id];
            const auto found = std::ranges::find(peers, nodeId, &api::Peer::id);
            if (found == peers.end()) {
                return notFound("no node {}", nodeId);
            }
            if (found->isSelf) {
                return invalidArgument("a node does not remove itself: disconnect instead");
            }
            auto report = core->writePolicy(id, [&](FakePolicy& policy) {
                return policy.removeNode(nodeId, reason, core->now());
            });
            if (report.ok()) {
                core->tellPeers(id, {false, {}, {nodeId}, false});
            }
            return report;
        });
}

void FakeController::readmitNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    core_->answer<Status>(FakeCall::ReadmitNode, std::move(done), [core = core_.get(), id, nodeId] {
        return core
            ->writePolicy(
                id,
                [&](FakePolicy& policy) -> StatusOr<api::WriteReport> {
                    const Status status = policy.readmitNode(nodeId, core->now());
                    return status.ok() ? StatusOr<api::WriteReport>({policy.state.revision, {}})
                                       : status;
                })
            .status();
    });
}

void FakeController::removedNodes(
    const api::ProfileId& id, Callback<std::vector<api::RemovedNode>> done) {
    core_->answer<StatusOr<std::vector<api::RemovedNode>>>(
        FakeCall::RemovedNodes, std::move(done), [core = core_.get(), id] {
            return core->scene.policies[id].removed;
        });
}

void FakeController::auditEvents(
    const api::ProfileId& id,
    const api::AuditFilter& filter,
    Callback<std::vector<api::AuditEvent>> done) {
    core_->answer<StatusOr<std::vector<api::AuditEvent>>>(
        FakeCall::AuditEvents, std::move(done), [core = core_.get(), id, filter] {
            return core->scene.policies[id].events(filter);
        });
}

}  // namespace weft::tests
