// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_planning.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate_changes.h"
#include "core/control/translate_policy.h"

#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

template <typename Repeated>
std::vector<std::string> texts(const Repeated& repeated) {
    return {repeated.begin(), repeated.end()};
}

template <typename Repeated>
std::vector<api::PolicyEdit> editsOf(const Repeated& messages) {
    std::vector<api::PolicyEdit> edits;
    for (const auto& message : messages) {
        if (auto edit = fromProto(message)) {
            edits.push_back(*std::move(edit));
        }
    }
    return edits;
}

template <typename Repeated>
std::vector<api::NodePair> linksOf(const Repeated& messages) {
    std::vector<api::NodePair> links;
    for (const auto& message : messages) {
        links.emplace_back(message.source(), message.target());
    }
    return links;
}

template <typename Repeated>
std::vector<api::PlanConflict> conflictsOf(const Repeated& messages) {
    std::vector<api::PlanConflict> conflicts;
    for (const auto& message : messages) {
        auto ref = fromProto(message.object());
        if (!ref) {
            continue;
        }
        api::PlanConflict conflict{*std::move(ref), message.text(), {}, {}, {}};
        if (message.has_base()) {
            conflict.base = fromProto(message.base());
        }
        if (message.has_mine()) {
            conflict.mine = fromProto(message.mine());
        }
        if (message.has_theirs()) {
            conflict.theirs = fromProto(message.theirs());
        }
        conflicts.push_back(std::move(conflict));
    }
    return conflicts;
}

api::PairStanding standingOf(const local::PairStanding& message) {
    const auto state = [&message] {
        switch (message.state()) {
        case local::PAIR_STATE_ONE_SIDED:
            return api::PairState::OneSided;
        case local::PAIR_STATE_PERMITTED:
            return api::PairState::Permitted;
        case local::PAIR_STATE_CONNECTED:
            return api::PairState::Connected;
        default:
            return api::PairState::None;
        }
    };
    return {state(), message.forward(), message.backward()};
}

api::PairDifference pairsOf(const local::PairDifference& message) {
    api::PairDifference pairs;
    pairs.gained = message.gained();
    pairs.lost = message.lost();
    pairs.changed = message.changed();
    for (const auto& each : message.listed()) {
        pairs.listed.push_back(
            {each.left(), each.right(), standingOf(each.before()), standingOf(each.after())});
    }
    pairs.isolated = texts(message.isolated());
    pairs.isolatedCount = message.isolated_count();
    return pairs;
}

api::RouteDifference routesOf(const local::RouteDifference& message) {
    api::RouteDifference routes;
    routes.gained = message.gained();
    routes.lost = message.lost();
    routes.moved = message.moved();
    for (const auto& each : message.listed()) {
        routes.listed.push_back({each.node(), each.destination(), each.before(), each.after()});
    }
    return routes;
}

api::VoterDifference votersOf(const local::VoterDifference& message) {
    return {
        texts(message.added()),
        texts(message.removed()),
        linksOf(message.separated()),
        message.text(),
        message.loses_quorum()};
}

api::LintSeverity severityOf(local::LintFinding::Severity severity) {
    switch (severity) {
    case local::LintFinding::SEVERITY_ERROR:
        return api::LintSeverity::Error;
    case local::LintFinding::SEVERITY_WARNING:
        return api::LintSeverity::Warning;
    default:
        return api::LintSeverity::Hint;
    }
}

struct FillSubject {
    local::PlanSubject& message;

    void operator()(const api::LiveRules& /*rules*/) const { message.set_live(true); }
    void operator()(const api::DraftRules& /*rules*/) const { message.set_draft(true); }
    void operator()(const api::EditedRules& rules) const {
        // No edits are edits, too, and not the rules as they are.
        auto* edits = message.mutable_edits();
        for (const auto& edit : rules.edits) {
            *edits->add_edits() = toProto(edit);
        }
    }
    void operator()(const api::PastRules& rules) const { message.set_after_change(rules.change); }
};

}  // namespace

api::PlanReview fromProto(const local::PlanReview& message) {
    api::PlanReview review;
    review.edits = editsOf(message.edits());
    review.conflicts = conflictsOf(message.conflicts());
    review.pairs = pairsOf(message.pairs());
    review.routes = routesOf(message.routes());
    review.vanishedCount = message.vanished().count();
    for (const auto& each : message.vanished().listed()) {
        review.vanished.push_back({each.from(), each.node(), each.route()});
    }
    review.voters = votersOf(message.voters());
    for (const auto& each : message.servers()) {
        review.servers.push_back({each.server(), each.is_leader(), each.before(), each.after()});
    }
    for (const auto& each : message.rights()) {
        if (const auto kind = fromProto(each.kind())) {
            review.rights.push_back({*kind, each.before(), each.after()});
        }
    }
    review.warnings = texts(message.warnings());
    return review;
}

api::LintReport fromProto(const local::LintReport& message) {
    api::LintReport report;
    for (const auto& each : message.findings()) {
        api::LintFinding finding;
        finding.severity = severityOf(each.severity());
        finding.code = each.code();
        finding.ref = fromProto(each.object()).value_or(api::ObjectRef{});
        finding.text = each.text();
        finding.fix = editsOf(each.fix());
        finding.fixText = each.fix_text();
        report.findings.push_back(std::move(finding));
    }
    report.count = message.count();
    report.isComplete = message.is_complete();
    return report;
}

std::vector<api::PolicyTestResult> fromProto(const local::PolicyTestReport& message) {
    std::vector<api::PolicyTestResult> results;
    results.reserve(static_cast<std::size_t>(message.results_size()));
    for (const auto& each : message.results()) {
        results.push_back(
            {each.name(),
             each.passed(),
             each.text(),
             linksOf(each.offending()),
             each.offending_count()});
    }
    return results;
}

api::WhatIfAnswer fromProto(const local::WhatIfAnswer& message) {
    api::WhatIfAnswer answer;
    answer.pairs = pairsOf(message.pairs());
    answer.routes = routesOf(message.routes());
    answer.voters = votersOf(message.voters());
    for (const auto& each : message.parts()) {
        answer.parts.push_back({each.size(), texts(each.nodes())});
    }
    answer.partsBefore = message.parts_before();
    return answer;
}

api::Draft fromProto(const local::Draft& message) {
    return {
        editsOf(message.edits()),
        message.number(),
        detail::time(message.has_changed_at(), message.changed_at()),
        conflictsOf(message.conflicts())};
}

local::PlanSubject toProto(const api::PlanSubject& subject) {
    local::PlanSubject message;
    std::visit(FillSubject{message}, subject);
    return message;
}

local::WhatIfRequest toProto(const api::WhatIfQuestion& question) {
    local::WhatIfRequest request;
    *request.mutable_subject() = toProto(question.subject);
    for (const auto& node : question.nodes) {
        request.add_nodes(node);
    }
    for (const auto& [source, target] : question.links) {
        auto* link = request.add_links();
        link->set_source(source);
        link->set_target(target);
    }
    if (question.object) {
        *request.mutable_object() = toProto(*question.object);
    }
    return request;
}

local::RebaseDraftRequest toProto(const api::RebaseWish& wish) {
    local::RebaseDraftRequest request;
    for (const auto& ref : wish.keepMine) {
        *request.add_keep_mine() = toProto(ref);
    }
    for (const auto& ref : wish.takeTheirs) {
        *request.add_take_theirs() = toProto(ref);
    }
    return request;
}

local::ApplyDraftRequest toProto(const api::ApplyDraftWish& wish) {
    local::ApplyDraftRequest request;
    request.set_note(wish.note);
    request.set_revert_after_seconds(static_cast<std::uint32_t>(wish.revertAfter.count()));
    return request;
}

}  // namespace weft::control
