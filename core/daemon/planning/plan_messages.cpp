// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/plan_messages.h"

#include "core/base/timestamp.h"
#include "core/mesh/change_record.h"
#include "core/services/admin/convert.h"
#include "core/services/changes/convert.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace changes = mesh::changes;
namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

local::PairStanding messageOf(const changes::Standing& standing) {
    local::PairStanding message;
    switch (standing.state) {
    case changes::PairState::None:
        message.set_state(local::PAIR_STATE_NONE);
        break;
    case changes::PairState::OneSided:
        message.set_state(local::PAIR_STATE_ONE_SIDED);
        break;
    case changes::PairState::Permitted:
        message.set_state(local::PAIR_STATE_PERMITTED);
        break;
    case changes::PairState::Connected:
        message.set_state(local::PAIR_STATE_CONNECTED);
        break;
    }
    message.set_forward(standing.forward);
    message.set_backward(standing.backward);
    return message;
}

void fill(const changes::PairChanges& pairs, local::PairDifference* message) {
    message->set_gained(pairs.gained());
    message->set_lost(pairs.lost());
    message->set_changed(pairs.count());
    for (const auto& pair : pairs.listed) {
        auto* added = message->add_listed();
        added->set_left(pair.left.value());
        added->set_right(pair.right.value());
        *added->mutable_before() = messageOf(pair.before);
        *added->mutable_after() = messageOf(pair.after);
    }
    for (const auto& node : pairs.isolated) {
        message->add_isolated(node.value());
    }
    message->set_isolated_count(pairs.isolatedCount);
}

std::string textOf(const std::optional<storage::NodeId>& node) {
    return node ? node->value() : std::string();
}

void fill(const changes::RouteChanges& routes, local::RouteDifference* message) {
    message->set_gained(routes.gained);
    message->set_lost(routes.lost);
    message->set_moved(routes.moved);
    for (const auto& route : routes.listed) {
        auto* added = message->add_listed();
        added->set_node(route.node.value());
        added->set_destination(route.destination.toString());
        added->set_before(textOf(route.before));
        added->set_after(textOf(route.after));
    }
}

void fill(const changes::VanishedNodes& vanished, local::VanishedNodes* message) {
    message->set_count(vanished.count);
    for (const auto& each : vanished.listed) {
        auto* added = message->add_listed();
        added->set_from(each.from.value());
        added->set_node(each.node.value());
        added->set_route(each.route);
    }
}

void fill(const std::pair<storage::NodeId, storage::NodeId>& pair, local::PlannedLink* message) {
    message->set_source(pair.first.value());
    message->set_target(pair.second.value());
}

void fill(const changes::VoterChanges& voters, local::VoterDifference* message) {
    for (const auto& node : voters.added) {
        message->add_added(node.value());
    }
    for (const auto& node : voters.removed) {
        message->add_removed(node.value());
    }
    for (const auto& pair : voters.separated) {
        fill(pair, message->add_separated());
    }
    message->set_text(voters.text);
    message->set_loses_quorum(voters.losesQuorum());
}

local::LintFinding::Severity severityOf(changes::Severity severity) {
    switch (severity) {
    case changes::Severity::Error:
        return local::LintFinding::SEVERITY_ERROR;
    case changes::Severity::Warning:
        return local::LintFinding::SEVERITY_WARNING;
    case changes::Severity::Hint:
        break;
    }
    return local::LintFinding::SEVERITY_HINT;
}

meshv1::ObjectKind messageOf(mesh::policy::ObjectKind kind) {
    meshv1::ObjectName name;
    services::toProto(mesh::ObjectRef{kind, {}, {}}, &name);
    return name.kind();
}

void fillIn(const std::optional<mesh::PolicyObject>& object, meshv1::PolicyObject* message) {
    services::toProto(mesh::StoredObject{*object, 0}, message);
}

void fillServers(const changes::Review& review, local::PlanReview* message) {
    for (const auto& server : review.servers) {
        auto* added = message->add_servers();
        added->set_server(server.server.value());
        added->set_is_leader(server.isLeader);
        added->set_before(server.before);
        added->set_after(server.after);
    }
    for (const auto& right : review.rights) {
        auto* added = message->add_rights();
        added->set_kind(messageOf(right.kind));
        added->set_before(right.before);
        added->set_after(right.after);
    }
    for (const auto& warning : review.warnings) {
        message->add_warnings(warning);
    }
}

}  // namespace

StatusOr<std::vector<changes::Edit>> editsOf(
    const google::protobuf::RepeatedPtrField<meshv1::ObjectEdit>& messages) {
    if (static_cast<std::size_t>(messages.size()) > mesh::kMaxChangeEdits) {
        return resourceExhausted(
            "{} edits at once are too many: {} are taken", messages.size(), mesh::kMaxChangeEdits);
    }
    std::vector<changes::Edit> edits;
    edits.reserve(static_cast<std::size_t>(messages.size()));
    for (const auto& each : messages) {
        WEFT_ASSIGN_OR_RETURN(auto edit, services::editOf(each));
        WEFT_ASSIGN_OR_RETURN(edit, changes::checked(std::move(edit)));
        edits.push_back(std::move(edit));
    }
    return edits;
}

StatusOr<std::vector<mesh::ObjectRef>> refsOf(
    const google::protobuf::RepeatedPtrField<meshv1::ObjectName>& messages) {
    std::vector<mesh::ObjectRef> refs;
    refs.reserve(static_cast<std::size_t>(messages.size()));
    for (const auto& each : messages) {
        WEFT_ASSIGN_OR_RETURN(auto ref, services::refOf(each));
        refs.push_back(std::move(ref));
    }
    return refs;
}

std::vector<changes::PastChange> historyOf(const std::vector<meshv1::ChangeRecord>& messages) {
    std::vector<changes::PastChange> records;
    records.reserve(messages.size());
    for (const auto& message : messages) {
        changes::PastChange record;
        record.id = message.id();
        record.withoutObjects = message.without_objects();
        for (const auto& object : message.objects()) {
            const auto ref = services::refOf(object.object());
            // A kind that this program does not know is none of its rules either.
            if (ref.ok()) {
                record.objects.push_back({*ref, object.before()});
            }
        }
        records.push_back(std::move(record));
    }
    return records;
}

void toProto(const changes::Conflict& conflict, local::PlanConflict* message) {
    services::toProto(conflict.ref, message->mutable_object());
    message->set_text(changes::textOf(conflict));
    if (conflict.base) {
        fillIn(conflict.base, message->mutable_base());
    }
    if (conflict.ours) {
        fillIn(conflict.ours, message->mutable_mine());
    }
    if (conflict.theirs) {
        fillIn(conflict.theirs, message->mutable_theirs());
    }
}

local::PlanReview toProto(const PlanReviewed& reviewed) {
    local::PlanReview message;
    for (const auto& edit : reviewed.plan.edits) {
        services::toProto(edit, message.add_edits());
    }
    for (const auto& conflict : reviewed.plan.conflicts) {
        toProto(conflict, message.add_conflicts());
    }
    fill(reviewed.review.pairs, message.mutable_pairs());
    fill(reviewed.review.routes, message.mutable_routes());
    fill(reviewed.review.vanished, message.mutable_vanished());
    fill(reviewed.review.voters, message.mutable_voters());
    fillServers(reviewed.review, &message);
    return message;
}

local::LintReport toProto(const changes::LintReport& report) {
    local::LintReport message;
    for (const auto& finding : report.findings) {
        auto* added = message.add_findings();
        added->set_severity(severityOf(finding.severity));
        added->set_code(finding.code);
        services::toProto(finding.ref, added->mutable_object());
        added->set_text(finding.text);
        for (const auto& edit : finding.fix) {
            services::toProto(edit, added->add_fix());
        }
        added->set_fix_text(finding.fixText);
    }
    message.set_count(report.count);
    message.set_is_complete(report.isComplete);
    return message;
}

local::PolicyTestReport toProto(const std::vector<changes::PolicyTestResult>& results) {
    local::PolicyTestReport message;
    for (const auto& result : results) {
        auto* added = message.add_results();
        added->set_name(result.name);
        added->set_passed(result.passed);
        added->set_text(result.text);
        for (const auto& pair : result.offending) {
            fill(pair, added->add_offending());
        }
        added->set_offending_count(result.offendingCount);
    }
    return message;
}

local::WhatIfAnswer toProto(const changes::Loss& loss) {
    local::WhatIfAnswer message;
    fill(loss.pairs, message.mutable_pairs());
    fill(loss.voters, message.mutable_voters());
    for (const auto& part : loss.parts) {
        auto* added = message.add_parts();
        added->set_size(part.size);
        for (const auto& node : part.nodes) {
            added->add_nodes(node.value());
        }
    }
    message.set_parts_before(loss.partsBefore);
    return message;
}

local::WhatIfAnswer toProto(const changes::BlastRadius& radius) {
    local::WhatIfAnswer message;
    fill(radius.pairs, message.mutable_pairs());
    fill(radius.routes, message.mutable_routes());
    fill(radius.voters, message.mutable_voters());
    return message;
}

local::Draft toProto(const StoredDraft& draft) {
    local::Draft message;
    for (const auto& edit : draft.edits) {
        services::toProto(edit, message.add_edits());
    }
    message.set_number(draft.number);
    if (draft.number != 0) {
        base::setTimestamp(message.mutable_changed_at(), draft.changedAt);
    }
    return message;
}

}  // namespace weft::daemon
