// SPDX-License-Identifier: Apache-2.0
// The rules that the scenes start with.
#include "tests/support/fake_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::tests {

using namespace std::chrono_literals;
using api::PolicyKind;
using api::PolicyResource;
using api::PolicyVerb;
using api::SubjectKind;

namespace {

api::NetworkAcl makeAcl(
    std::string name,
    std::int32_t priority,
    api::AclAction action,
    std::vector<std::string> sources,
    std::vector<std::string> destinations) {
    api::NetworkAcl acl;
    acl.name = std::move(name);
    acl.priority = priority;
    acl.action = action;
    acl.sourceNodes = std::move(sources);
    acl.destinationNodes = std::move(destinations);
    return acl;
}

/// As a new mesh is made (Webmesh reference, section 3.5).
void addBootstrapObjects(FakePolicy& policy, const std::string& admin) {
    policy.add(api::Role{"mesh-admin", {{{PolicyResource::All}, {}, {PolicyVerb::All}}}}, true);
    policy.add(
        api::RoleBinding{
            "mesh-admin", "mesh-admin", {{admin, SubjectKind::Node}, {admin, SubjectKind::User}}},
        true);
    policy.add(api::Role{"voters", {{{PolicyResource::Votes}, {}, {PolicyVerb::Put}}}}, true);
    policy.add(api::Group{"voters", {{admin, SubjectKind::Node}}}, true);
    policy.add(
        api::RoleBinding{"bootstrap-voters", "voters", {{"voters", SubjectKind::Group}}}, true);
    policy.add(makeAcl(
        "bootstrap-nodes",
        std::numeric_limits<std::int32_t>::max(),
        api::AclAction::Accept,
        {"group:voters"},
        {"group:voters"}));
    policy.add(api::NetworkAcl{
        "default-accept",
        std::numeric_limits<std::int32_t>::min(),
        api::AclAction::Accept,
        {"*"},
        {"*"},
        {"*"},
        {"*"}});
}

void addSamples(FakePolicy& policy, const std::vector<api::Peer>& peers) {
    policy.add(api::Role{
        "route-editor",
        {{{PolicyResource::Routes}, {}, {PolicyVerb::Put, PolicyVerb::Delete}},
         {{PolicyResource::PubSub}, {"/status"}, {PolicyVerb::Put}}}});
    policy.add(api::RoleBinding{
        "office-routes",
        "route-editor",
        {{"office", SubjectKind::Group}, {"operator", SubjectKind::User}}});
    policy.add(
        api::Group{"office", {{peers[4].id, SubjectKind::Node}, {peers[5].id, SubjectKind::Node}}});
    policy.add(api::Group{"cameras", {{peers[7].id, SubjectKind::Node}}});
    policy.add(makeAcl("cameras-stay-in", 100, api::AclAction::Deny, {"group:cameras"}, {"*"}));
    policy.add(api::Route{"home-lan", peers[1].id, {"10.1.0.0/24", "fd00:10::/64"}, {}});
    for (std::size_t i = 1; i < 5; ++i) {
        policy.add(api::MeshEdge{
            peers[0].id,
            peers[i].id,
            static_cast<std::int32_t>(i),
            i % 2 == 0 ? std::map<std::string, std::string>{{api::kEdgeAttributeIce, "true"}}
                       : std::map<std::string, std::string>{}});
    }
    policy.state.problems = {
        {api::Severity::Warn,
         "rule cameras-stay-in: it denies one direction only",
         "Add a rule for the other direction if none of the two shall be heard."}};
}

std::vector<api::AuditEvent> sampleEvents(const std::vector<api::Peer>& peers, WallTime now) {
    auto denied = fakeAuditEvent(
        now - 20min, peers[5].id, "certificate", "put", {PolicyKind::NetworkAcl, "let-me-in", {}});
    denied.source = "172.16.0.6";
    denied.proxiedBy = "gateway";
    denied.outcome = api::AuditOutcome::Denied;
    denied.code = "PERMISSION_DENIED";
    auto written = fakeAuditEvent(
        now - 2h, kFakeAdministrator, "process", "put", {PolicyKind::Route, "home-lan", {}});
    written.after = R"({"name":"home-lan","node":"nas"})";
    written.revision = 13;
    return {denied, written};
}

}  // namespace

FakePolicy fakePolicy(const std::vector<api::Peer>& peers, WallTime now) {
    FakePolicy policy;
    const std::string self = peers.empty() ? "laptop" : peers.front().id;
    addBootstrapObjects(policy, self);
    policy.propagation = {{self, api::PropagationState::Done, now - 1min}};
    if (peers.size() >= 8) {
        policy.propagation = {
            {peers[7].id, api::PropagationState::Unreachable, now - 3h},
            {peers[5].id, api::PropagationState::Pending, now - 1min},
            {peers[6].id, api::PropagationState::Told, now - 1min},
            {self, api::PropagationState::Done, now - 1min}};
        addSamples(policy, peers);
        policy.audit = sampleEvents(peers, now);
        policy.removed = {
            {"old-phone",
             "CAUSIExampleKeyOfAPhone",
             kFakeAdministrator,
             now - 30h,
             "It was lost on a train"}};
    }
    return policy;
}

void addGroups(FakePolicy& policy, std::span<const std::string> names) {
    for (const std::string& name : names) {
        policy.add(api::Group{name, {{name, SubjectKind::Node}}});
    }
}

FakePolicy crowdedFakePolicy(std::size_t count, WallTime now) {
    FakePolicy policy = fakePolicy({}, now);
    auto& all = policy.state.objects;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = fmt::format("item-{:05}", i);
        const auto put = [&](api::PolicyObject object) {
            all.push_back({std::move(object), ++policy.state.revision, false});
        };
        put(api::Role{name, {{{PolicyResource::Routes}, {}, {PolicyVerb::Put}}}});
        put(api::RoleBinding{name, name, {{name, SubjectKind::User}}});
        put(api::Group{name, {{name, SubjectKind::Node}}});
        put(makeAcl(
            name, static_cast<std::int32_t>(i), api::AclAction::Accept, {"group:" + name}, {"*"}));
        put(api::Route{name, name, {fmt::format("10.{}.{}.0/24", i / 256 % 256, i % 256)}, {}});
    }
    std::ranges::stable_sort(all, {}, [](const api::StoredObject& stored) {
        const api::ObjectRef ref = refOf(stored.object);
        return std::pair(ref.kind, ref.name);
    });
    return policy;
}

}  // namespace weft::tests
