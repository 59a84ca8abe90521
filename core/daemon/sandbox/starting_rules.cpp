// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/starting_rules.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace weft::daemon::sandbox {
namespace {

using mesh::policy::AclAction;
using mesh::policy::Group;
using mesh::policy::NetworkAcl;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::Role;
using mesh::policy::RoleBinding;
using mesh::policy::Rule;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;

/// As edges that joining makes.
constexpr std::int32_t kTunnelWeight = 1;
/// Somebody who has left, and whose rules have not.
constexpr const char* kFormerNode = "laptop-gina";

using Chosen = std::function<bool(const SimulatedNode&)>;

Chosen ofKind(NodeKind kind) {
    return [kind](const SimulatedNode& node) { return node.kind == kind; };
}

bool isServer(const SimulatedNode& node) {
    return node.kind == NodeKind::Server || node.kind == NodeKind::Nas;
}

bool carriesForOthers(const SimulatedNode& node) {
    return node.kind == NodeKind::Router || node.kind == NodeKind::Relay
           || node.kind == NodeKind::Exit;
}

bool isThere(const MeshPlan& plan, std::string_view id) {
    return std::ranges::any_of(
        plan.nodes, [id](const SimulatedNode& node) { return node.id.value() == id; });
}

/// Puts a group together; one without members is left out.
class Groups {
public:
    explicit Groups(const MeshPlan& plan) : plan_(plan) {}

    bool add(const std::string& name, const Chosen& isMember) {
        Group group{.name = name, .subjects = {}};
        for (const auto& node : plan_.nodes) {
            if (isMember(node)) {
                group.subjects.push_back({node.id.value(), SubjectKind::Node});
            }
        }
        const bool isWanted = !group.subjects.empty();
        if (isWanted) {
            groups_.emplace_back(std::move(group));
        }
        return isWanted;
    }
    void add(Group group) { groups_.emplace_back(std::move(group)); }
    std::vector<mesh::PolicyObject> take() { return std::move(groups_); }

private:
    const MeshPlan& plan_;
    std::vector<mesh::PolicyObject> groups_;
};

std::string group(const char* name) {
    return std::string(mesh::policy::kGroupMark) + name;
}

NetworkAcl rule(
    const char* name,
    std::int32_t priority,
    AclAction action,
    std::vector<std::string> from,
    std::vector<std::string> to) {
    return {
        .name = name,
        .priority = priority,
        .action = action,
        .sourceNodes = std::move(from),
        .destinationNodes = std::move(to),
        .sourceCidrs = {},
        .destinationCidrs = {}};
}

storage::EdgeRecord tunnel(const mesh::NodeId& one, const mesh::NodeId& other) {
    return {.source = one, .target = other, .weight = kTunnelWeight};
}

/// Joining links everybody with the server, as if everybody could be called. Nodes behind other
/// routers have tunnels with those that can.
RuleChange layOutTunnels(const MeshPlan& plan) {
    RuleChange change{.note = "Lay out the tunnels", .puts = {}, .removals = {}};
    const auto& self = plan.self();
    for (const auto& node : plan.nodes) {
        const bool isHere = node.zone == self.zone;
        if (isHere || node.isPublic()) {
            continue;
        }
        change.removals.push_back({ObjectKind::Edge, self.id.value(), node.id.value()});
        for (const auto& other : plan.nodes) {
            const bool isMeetingPoint =
                other.kind == NodeKind::Relay || other.kind == NodeKind::Exit;
            if (isMeetingPoint && (node.zone.empty() || node.seeksDirectWays)) {
                change.puts.emplace_back(tunnel(other.id, node.id));
            }
        }
    }
    return change;
}

RuleChange makeGroups(const MeshPlan& plan) {
    Groups groups(plan);
    groups.add("laptops", ofKind(NodeKind::Laptop));
    groups.add("phones", ofKind(NodeKind::Phone));
    groups.add("servers", isServer);
    groups.add("recorders", ofKind(NodeKind::Nas));
    groups.add(kCameras, ofKind(NodeKind::Camera));
    groups.add("routers", carriesForOthers);
    Group admins{.name = kAdmins, .subjects = {{std::string(kSelf), SubjectKind::Node}}};
    if (isThere(plan, "laptop-anna")) {
        admins.subjects.push_back({"laptop-anna", SubjectKind::Node});
        admins.subjects.push_back({"anna", SubjectKind::User});
    }
    groups.add(std::move(admins));
    return {.note = "Groups of house and office", .puts = groups.take(), .removals = {}};
}

RuleChange makeRoles(const MeshPlan& plan) {
    RuleChange change{.note = "Operators and auditors", .puts = {}, .removals = {}};
    change.puts.emplace_back(Role{
        .name = "operators",
        .rules = {Rule{
            .resources =
                {Resource::Groups, Resource::NetworkAcls, Resource::Routes, Resource::Edges},
            .resourceNames = {},
            .verbs = {Verb::Get, Verb::Put, Verb::Delete}}}});
    change.puts.emplace_back(Role{
        .name = "auditors",
        .rules = {Rule{.resources = {Resource::All}, .resourceNames = {}, .verbs = {Verb::Get}}}});
    change.puts.emplace_back(RoleBinding{
        .name = "operators", .role = "operators", .subjects = {{kAdmins, SubjectKind::Group}}});
    if (isThere(plan, "laptop-chloe")) {
        change.puts.emplace_back(RoleBinding{
            .name = "auditors",
            .role = "auditors",
            .subjects = {{"laptop-chloe", SubjectKind::Node}, {"chloe", SubjectKind::User}}});
    }
    return change;
}

RuleChange closeCameras(const MeshPlan& plan) {
    constexpr std::int32_t kAdminsFirst = 1000;
    constexpr std::int32_t kRecording = 500;
    constexpr std::int32_t kClosed = 400;
    constexpr std::int32_t kTooLate = 100;
    const auto admins = group(kAdmins);
    const auto cameras = group(kCameras);
    RuleChange change{.note = "Cameras talk to recorders alone", .puts = {}, .removals = {}};
    const auto put = [&change](NetworkAcl acl) { change.puts.emplace_back(std::move(acl)); };
    put(rule("admins-reach-all", kAdminsFirst, AclAction::Accept, {admins}, {"*"}));
    put(rule("all-answer-admins", kAdminsFirst, AclAction::Accept, {"*"}, {admins}));
    if (std::ranges::none_of(plan.nodes, ofKind(NodeKind::Camera))) {
        return change;
    }
    const std::vector<std::string> recording{cameras, group("recorders"), group("routers")};
    put(rule("cameras-record", kRecording, AclAction::Accept, recording, recording));
    put(rule("cameras-say-nothing", kClosed, AclAction::Deny, {cameras}, {"*"}));
    put(rule("cameras-are-hidden", kClosed, AclAction::Deny, {"*"}, {cameras}));
    if (isThere(plan, "tv")) {
        // Below the denial: it never says anything.
        put(rule("door-camera-on-tv", kTooLate, AclAction::Accept, {cameras}, {"tv"}));
    }
    return change;
}

RuleChange closeDatabase(const MeshPlan& plan) {
    constexpr std::int32_t kClosed = 300;
    constexpr std::int32_t kFormer = 50;
    RuleChange change{.note = "Phones stay away from the database", .puts = {}, .removals = {}};
    if (isThere(plan, "db-1") && std::ranges::any_of(plan.nodes, ofKind(NodeKind::Phone))) {
        const auto phones = group("phones");
        change.puts.emplace_back(
            rule("phones-not-to-db", kClosed, AclAction::Deny, {phones}, {"db-1"}));
        change.puts.emplace_back(
            rule("db-not-to-phones", kClosed, AclAction::Deny, {"db-1"}, {phones}));
    }
    if (std::ranges::any_of(plan.nodes, isServer)) {
        change.puts.emplace_back(rule(
            "contractor-on-servers",
            kFormer,
            AclAction::Accept,
            {kFormerNode},
            {group("servers")}));
    }
    return change;
}

RuleChange offerWaysOut(const MeshPlan& plan) {
    constexpr int kPrinters = 24;
    constexpr std::uint32_t kPrinterNetwork = 0x0A141E00;  // 10.20.30.0
    RuleChange change{.note = "Routes of the office, and a way out", .puts = {}, .removals = {}};
    for (const auto& node : plan.nodes) {
        if (node.kind == NodeKind::Exit) {
            change.puts.emplace_back(storage::RouteRecord{
                .name = node.id.value() + "-internet",
                .node = node.id.value(),
                .destinations = {net::IpPrefix(), net::IpPrefix(net::IpAddress::v6({}), 0)}});
        } else if (node.kind == NodeKind::Router && node.zone == "office") {
            change.puts.emplace_back(storage::RouteRecord{
                .name = "office-printers",
                .node = node.id.value(),
                .destinations = {net::IpPrefix(net::IpAddress::v4(kPrinterNetwork), kPrinters)}});
        }
    }
    return change;
}

}  // namespace

RuleChange rightsToJoin(const MeshPlan& plan) {
    RuleChange change{.note = "Routers bring their routes", .puts = {}, .removals = {}};
    change.puts.emplace_back(Role{
        .name = "routers",
        .rules = {
            Rule{.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}}}});
    RoleBinding binding{.name = "routers", .role = "routers", .subjects = {}};
    for (const auto& node : plan.nodes) {
        if (!node.routes.empty()) {
            binding.subjects.push_back({node.id.value(), SubjectKind::Node});
        }
    }
    if (!binding.subjects.empty()) {
        change.puts.emplace_back(std::move(binding));
    }
    return change;
}

std::vector<RuleChange> startingRules(const MeshPlan& plan) {
    std::vector<RuleChange> changes{
        layOutTunnels(plan),
        makeGroups(plan),
        makeRoles(plan),
        closeCameras(plan),
        closeDatabase(plan),
        offerWaysOut(plan)};
    std::erase_if(changes, [](const RuleChange& change) {
        return change.puts.empty() && change.removals.empty();
    });
    return changes;
}

std::vector<mesh::changes::Edit> editsOf(
    const RuleChange& change, const mesh::changes::PolicySet& now) {
    auto wanted = now;
    for (const auto& ref : change.removals) {
        wanted.remove(ref);
    }
    for (const auto& object : change.puts) {
        wanted.put(object);
    }
    return mesh::changes::difference(now, wanted);
}

}  // namespace weft::daemon::sandbox
