// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_change_scenes.h"

#include "tests/support/fake_json.h"

#include <utility>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using api::PairState;
using api::PolicyKind;
using api::SubjectKind;

const api::ObjectRef kCameras{PolicyKind::NetworkAcl, "cameras-stay-in", {}};
const api::ObjectRef kOffice{PolicyKind::Group, "office", {}};

std::optional<api::PolicyObject> stored(const FakePolicy& policy, const api::ObjectRef& ref) {
    const auto* found = policy.state.find(ref);
    return found == nullptr ? std::nullopt : std::optional(found->object);
}

api::NetworkAcl cameraRule(std::int32_t priority, std::vector<std::string> destinations) {
    api::NetworkAcl acl;
    acl.name = kCameras.name;
    acl.priority = priority;
    acl.action = api::AclAction::Deny;
    acl.sourceNodes = {"group:cameras"};
    acl.destinationNodes = std::move(destinations);
    return acl;
}

api::NetworkAcl officeRule() {
    api::NetworkAcl acl;
    acl.name = "office-to-nas";
    acl.priority = 200;
    acl.action = api::AclAction::Accept;
    acl.sourceNodes = {"group:office"};
    acl.destinationNodes = {"nas"};
    acl.destinationCidrs = {"10.1.0.0/24"};
    return acl;
}

api::Group officeGroup(const std::vector<std::string>& members) {
    api::Group group{kOffice.name, {}};
    group.subjects.reserve(members.size());
    for (const auto& member : members) {
        group.subjects.push_back({member, SubjectKind::Node});
    }
    return group;
}

api::PairChange pair(
    std::string left, std::string right, api::PairStanding before, api::PairStanding after) {
    return {std::move(left), std::move(right), before, after};
}

constexpr api::PairStanding kNone{};
constexpr api::PairStanding kOneSided{PairState::OneSided, true, false};
constexpr api::PairStanding kConnected{PairState::Connected, true, true};

api::PlanReview sampleReview(const api::Draft& draft) {
    api::PlanReview review;
    review.edits = draft.edits;
    review.conflicts = draft.conflicts;
    review.pairs.gained = 2;
    review.pairs.lost = 1;
    review.pairs.changed = 4;
    review.pairs.listed = {
        pair("laptop", "printer-hall", kConnected, kNone),
        pair("build-01", "nas", kNone, kConnected),
        pair("workstation", "nas", kNone, kConnected),
        pair("camera-door", "nas", kNone, kOneSided)};
    review.pairs.isolated = {"printer-hall"};
    review.pairs.isolatedCount = 1;
    review.routes.gained = 1;
    review.routes.moved = 1;
    review.routes.listed = {
        {"workstation", "10.1.0.0/24", "", "nas"}, {"laptop", "10.40.0.0/16", "nas", "vps-fra"}};
    review.vanishedCount = 1;
    review.vanished = {{"phone-office", "workstation", "10.40.0.0/16"}};
    review.voters.removed = {"vps-ams"};
    review.voters.text = "one of two voters would be left: no leader if it stops";
    review.servers = {{"vps-fra", true, true, false}};
    review.rights = {{PolicyKind::Route, true, false}};
    review.warnings = {"this node would lose access to the leader vps-fra"};
    return review;
}

api::LintReport sampleLint() {
    api::LintReport report;
    auto fixed = officeRule();
    fixed.name = "office-to-nas-back";
    std::swap(fixed.sourceNodes, fixed.destinationNodes);
    std::swap(fixed.sourceCidrs, fixed.destinationCidrs);
    report.findings = {
        {api::LintSeverity::Error,
         "one-sided",
         {PolicyKind::NetworkAcl, "office-to-nas", {}},
         "it allows one direction only, so that no tunnel comes of it",
         {{{PolicyKind::NetworkAcl, fixed.name, {}}, std::nullopt, fixed}},
         "weftctl put networkacl office-to-nas-back --accept"},
        {api::LintSeverity::Warning,
         "unknown-node",
         kOffice,
         "the node tablet-hall is not in the mesh",
         {},
         {}},
        {api::LintSeverity::Hint,
         "unused-group",
         {PolicyKind::Group, "cameras", {}},
         "one rule alone names it",
         {},
         {}}};
    report.count = report.findings.size();
    return report;
}

/// The first fails, and the second does so without the draft.
std::vector<api::PolicyTestResult> sampleResults(
    const api::PlanSubject& subject, const std::vector<api::PolicyTest>& tests) {
    const bool isDraft = std::holds_alternative<api::DraftRules>(subject);
    std::vector<api::PolicyTestResult> results;
    for (std::size_t i = 0; i < tests.size(); ++i) {
        api::PolicyTestResult result{tests[i].name, true, {}, {}, 0};
        if (i == 0) {
            result.passed = false;
            result.text = "camera-door reaches nas, and must not";
            result.offending = {{"camera-door", "nas"}};
        } else if (i == 1 && !isDraft) {
            result.passed = false;
            result.text = "2 of 2 pairs have no tunnel: workstation to nas, build-01 to nas";
            result.offending = {{"workstation", "nas"}, {"build-01", "nas"}};
        }
        result.offendingCount = result.offending.size();
        results.push_back(std::move(result));
    }
    return results;
}

std::vector<api::PolicyEdit> sampleEdits(const FakePolicy& policy) {
    const api::ObjectRef editor{PolicyKind::Role, "route-editor", {}};
    const api::ObjectRef lan{PolicyKind::Route, "home-lan", {}};
    auto route = std::get<api::Route>(*stored(policy, lan));
    route.destinationCidrs.emplace_back("10.40.0.0/16");
    return {
        {kCameras, stored(policy, kCameras), cameraRule(150, {"*"})},
        {{PolicyKind::NetworkAcl, "office-to-nas", {}}, std::nullopt, officeRule()},
        {kOffice, stored(policy, kOffice), officeGroup({"workstation", "build-01", "tablet-hall"})},
        {editor, stored(policy, editor), std::nullopt},
        {lan, stored(policy, lan), route}};
}

FakeChange change(
    std::uint64_t id,
    WallTime at,
    std::string who,
    std::string verb,
    std::vector<api::PolicyEdit> edits) {
    FakeChange made;
    made.change.id = id;
    made.change.at = at;
    made.change.who = std::move(who);
    made.change.proof = "certificate";
    made.change.source = "172.16.0.5";
    made.change.verb = std::move(verb);
    for (const auto& edit : edits) {
        made.change.objects.push_back({edit.ref, fakeJson(edit.before), fakeJson(edit.after)});
    }
    made.edits = std::move(edits);
    return made;
}

}  // namespace

void addHistory(FakeScene& scene, const api::ProfileId& id, WallTime now) {
    FakePolicy& policy = scene.policies[id];
    const auto camera = stored(policy, kCameras);
    const auto office = stored(policy, kOffice);
    const api::ObjectRef guest{PolicyKind::Group, "guests", {}};
    const api::Group guests{"guests", {{"phone-office", SubjectKind::Node}}};
    auto imported = change(1, now - 50h, "operator", "apply", {});
    imported.change.proof = "password";
    imported.change.note = "import of 700 groups";
    imported.change.withoutObjects = true;
    auto saved = change(2, now - 26h, "laptop", "put", {{kCameras, std::nullopt, camera}});
    auto two = change(
        3,
        now - 3h,
        "operator",
        "apply",
        {{kOffice, officeGroup({"workstation"}), office}, {guest, std::nullopt, guests}});
    two.change.note = "guests get a group of their own";
    auto mistake =
        change(4, now - 40min, "operator", "put", {{kCameras, camera, cameraRule(5, {"nas"})}});
    mistake.change.revertedBy = {5};
    auto back =
        change(5, now - 35min, "laptop", "revert", {{kCameras, cameraRule(5, {"nas"}), camera}});
    back.change.reverts = 4;
    back.change.leftAlone = {"group office was changed since by operator"};
    policy.history = {back, mistake, two, saved, imported};
}

void addDraft(FakeScene& scene, const api::ProfileId& id, WallTime now) {
    addHistory(scene, id, now);
    FakePolicy& policy = scene.policies[id];
    policy.tests.tests = {
        {"cameras-off-the-nas", false, "group:cameras", "nas"},
        {"office-to-nas", true, "group:office", "nas"},
        {"laptop-to-lan", true, "laptop", {}, api::AddressFamily::Ipv4, "10.1.0.0/24"},
        {"everybody-to-laptop", true, "*", "laptop"}};
    policy.tests.revision = 1;
    FakePlan& plan = scene.plans[id];
    plan.draft.edits = sampleEdits(policy);
    plan.draft.number = 5;
    plan.draft.changedAt = now - 4min;
    plan.review = [draft = plan.draft](const api::PlanSubject& /*subject*/) {
        return sampleReview(draft);
    };
    plan.lint = [](const api::PlanSubject& /*subject*/) { return sampleLint(); };
    plan.test = sampleResults;
    plan.explain = [policy](const api::PlanSubject& /*subject*/, const auto& from, const auto& to) {
        auto answer = policy.explain(from, to);
        for (auto* direction : {&answer.forward, &answer.backward}) {
            direction->families.front().fromAddress = "fd00:10::5/128";
            direction->families.front().toAddress = "fd00:10::2/128";
        }
        return answer;
    };
    for (api::Connection& connection : scene.state.connections) {
        if (connection.profileId == id) {
            connection.policyTests = api::PolicyTestFigures{2, 2, now - 3min, {}};
        }
    }
}

void addConflicts(FakeScene& scene, const api::ProfileId& id) {
    FakePlan& plan = scene.plans[id];
    const auto& policy = scene.policies[id];
    plan.draft.conflicts = {
        {kCameras,
         "rule cameras-stay-in was changed meanwhile, in the same places: priority",
         stored(policy, kCameras),
         cameraRule(150, {"*"}),
         cameraRule(400, {"nas", "printer-hall"})},
        {kOffice,
         "group office was removed meanwhile",
         stored(policy, kOffice),
         officeGroup({"workstation", "build-01", "tablet-hall"}),
         std::nullopt}};
}

void addWaitingChange(FakeScene& scene, const api::ProfileId& id, WallTime now) {
    FakePolicy& policy = scene.policies[id];
    const api::ObjectRef ref{PolicyKind::NetworkAcl, "office-to-nas", {}};
    auto made = change(6, now - 18s, "laptop", "apply", {{ref, std::nullopt, officeRule()}});
    made.change.note = "the office reaches the nas";
    made.change.revertAt = now + 42s;
    policy.add(officeRule());
    policy.history.insert(policy.history.begin(), std::move(made));
}

void addHostileDraft(
    FakeScene& scene, const api::ProfileId& id, WallTime now, std::span<const std::string> names) {
    FakePlan& plan = scene.plans[id];
    std::vector<api::PolicyEdit> edits;
    edits.reserve(names.size());
    for (const auto& name : names) {
        const api::Group group{name, {{name, SubjectKind::Node}}};
        edits.push_back({{PolicyKind::Group, name + "x", {}}, std::nullopt, group});
        plan.draft.conflicts.push_back(
            {{PolicyKind::Group, name, {}}, name, std::nullopt, group, std::nullopt});
    }
    plan.draft.edits = edits;
    plan.draft.number = 1;
    plan.draft.changedAt = now;
    const std::vector<std::string> all(names.begin(), names.end());
    plan.review = [all](const api::PlanSubject& /*subject*/) {
        api::PlanReview review;
        for (const auto& name : all) {
            review.warnings.push_back(name);
            review.pairs.listed.push_back(pair(name, name, kNone, kOneSided));
            review.pairs.isolated.push_back(name);
            review.vanished.push_back({name, name, name});
            review.routes.listed.push_back({name, name, name, ""});
            review.voters.separated.emplace_back(name, name);
        }
        review.pairs.changed = review.pairs.isolatedCount = review.vanishedCount = all.size();
        review.routes.lost = all.size();
        return review;
    };
    plan.lint = [all](const api::PlanSubject& /*subject*/) {
        api::LintReport report;
        for (const auto& name : all) {
            report.findings.push_back(
                {api::LintSeverity::Error, name, {PolicyKind::Group, name, {}}, name, {}, name});
        }
        report.count = all.size();
        return report;
    };
    auto made = change(1, now - 18s, names[0], "apply", std::move(edits));
    made.change.proof = names[1];
    made.change.source = names[2];
    made.change.proxiedBy = names[3];
    made.change.note = names[4];
    made.change.leftAlone = all;
    scene.policies[id].history = {std::move(made)};
}

}  // namespace weft::tests
