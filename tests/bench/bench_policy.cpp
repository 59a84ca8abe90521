// SPDX-License-Identifier: Apache-2.0
// What decisions cost: one check of the access rules, all pairs of nodes, one check of the roles,
// and compiling the rules of a large mesh. Beside each stands the plain way, which looks at every
// rule's texts each time, as far as it can be waited for. Then looking for mistakes in the rules.
//
//   bench_policy [lint]
#include "core/mesh/changes/lint.h"
#include "core/mesh/policy/acl.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/policy/reachability.h"
#include "core/mesh/policy/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using mesh::policy::AclAction;
using mesh::policy::Action;
using mesh::policy::compile;
using mesh::policy::Compiler;
using mesh::policy::Flow;
using mesh::policy::Group;
using mesh::policy::NetworkAcl;
using mesh::policy::NetworkRules;
using mesh::policy::NodeAddresses;
using mesh::policy::PolicyParts;
using mesh::policy::Reachability;
using mesh::policy::Resource;
using mesh::policy::Role;
using mesh::policy::RoleBinding;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRuns = 7;
constexpr std::size_t kChecks = 1'000'000;

/// What was found cannot be left out.
volatile std::size_t sunk = 0;

/// The median of some runs, in seconds for each of `operations`.
template <typename Work>
double measure(std::size_t runs, std::size_t operations, Work work) {
    std::vector<double> seconds;
    for (std::size_t run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        sunk = sunk + work();
        seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::ranges::sort(seconds);
    return seconds[seconds.size() / 2] / static_cast<double>(operations);
}

struct Mesh {
    std::vector<NodeAddresses> nodes;
    std::vector<Group> groups;
    std::vector<NetworkAcl> acls;
};

std::string nodeName(std::size_t number) {
    return "node-" + std::to_string(number);
}

std::string groupName(std::size_t number) {
    return "group-" + std::to_string(number);
}

/// Each node is in three groups; a rule leads from one or two groups to another, every tenth one
/// speaks of prefixes, every third denies.
Mesh meshOf(std::size_t nodes, std::size_t groups, std::size_t rules) {
    // NOLINTNEXTLINE(cert-msc51-cpp): figures are compared over runs
    std::mt19937_64 random(7);  // check-tests: allow random, the same mesh each time
    Mesh mesh;
    for (std::size_t at = 0; at < groups; ++at) {
        mesh.groups.push_back({.name = groupName(at), .subjects = {}});
    }
    for (std::size_t at = 0; at < nodes; ++at) {
        const auto number = static_cast<std::uint32_t>(at);
        mesh.nodes.push_back(
            {.id = nodeName(at),
             .ipv4 = net::IpPrefix::host(net::IpAddress::v4(0xac10'0001U + number)),
             .ipv6 = *net::IpPrefix::parse(fmt::format("fd00::{:x}:0/112", number + 1))});
        for (int time = 0; time < 3; ++time) {
            mesh.groups[random() % groups].subjects.push_back({nodeName(at), SubjectKind::Node});
        }
    }
    for (std::size_t at = 0; at < rules; ++at) {
        NetworkAcl acl;
        acl.name = "rule-" + std::to_string(at);
        acl.priority = static_cast<std::int32_t>(random() % 100);
        acl.action = at % 3 == 0 ? AclAction::Deny : AclAction::Accept;
        acl.sourceNodes = {"group:" + groupName(random() % groups)};
        if (at % 2 == 0) {
            acl.sourceNodes.push_back("group:" + groupName(random() % groups));
        }
        acl.destinationNodes = {"group:" + groupName(random() % groups)};
        if (at % 10 == 0) {
            acl.sourceCidrs = {"172.16.0.0/13"};
            acl.destinationCidrs = {"172.16.0.0/12", "fd00::/8"};
        }
        mesh.acls.push_back(std::move(acl));
    }
    return mesh;
}

/// The plain way: the rules in their order, and every list by its texts.
class Naive {
public:
    explicit Naive(const Mesh& mesh) : acls_(mesh.acls) {
        std::ranges::sort(acls_, [](const NetworkAcl& left, const NetworkAcl& right) {
            return left.priority != right.priority ? left.priority > right.priority
                                                   : left.name < right.name;
        });
        for (const auto& group : mesh.groups) {
            auto& members = groups_["group:" + group.name];
            for (const auto& subject : group.subjects) {
                members.insert(subject.name);
            }
        }
    }

    bool accepts(const Flow& flow) const {
        for (const auto& acl : acls_) {
            if (names(acl.sourceNodes, flow.sourceNode)
                && names(acl.destinationNodes, flow.destinationNode)
                && holds(acl.sourceCidrs, flow.source)
                && holds(acl.destinationCidrs, flow.destination)) {
                return acl.action == AclAction::Accept;
            }
        }
        return false;
    }

private:
    bool names(const std::vector<std::string>& list, const std::string& node) const {
        return std::ranges::any_of(list, [&](const std::string& text) {
            const auto group = groups_.find(text);
            return text == "*" || text == node
                   || (group != groups_.end() && group->second.contains(node));
        });
    }
    static bool holds(
        const std::vector<std::string>& list, const std::optional<net::IpPrefix>& prefix) {
        return list.empty() || std::ranges::any_of(list, [&](const std::string& text) {
                   return text == "*" || (prefix && net::IpPrefix::parse(text)->contains(*prefix));
               });
    }

    std::vector<NetworkAcl> acls_;
    std::map<std::string, std::set<std::string>> groups_;
};

NetworkRules rulesOf(const Mesh& mesh) {
    return {mesh.acls, std::make_shared<const mesh::policy::detail::GroupIndex>(mesh.groups)};
}

Flow flowOf(const NodeAddresses& from, const NodeAddresses& to) {
    return {from.id, from.ipv4, to.id, to.ipv4};
}

void print(std::string_view what, double value, std::string_view unit, std::string_view goal) {
    fmt::print("  {:<58}{:10.2f} {:<3} {}\n", what, value, unit, goal);
}

struct Pair {
    std::size_t from;
    std::size_t to;
};

std::vector<Pair> somePairs(std::size_t nodes, std::size_t count) {
    // NOLINTNEXTLINE(cert-msc51-cpp): figures are compared over runs
    std::mt19937_64 random(11);  // check-tests: allow random, the same pairs each time
    std::vector<Pair> pairs;
    for (std::size_t at = 0; at < count; ++at) {
        pairs.push_back({random() % nodes, random() % nodes});
    }
    return pairs;
}

void benchChecks() {
    const auto mesh = meshOf(500, 100, 200);
    const auto rules = rulesOf(mesh);
    const Reachability reachability(rules, mesh.nodes);
    const Naive naive(mesh);
    const auto pairs = somePairs(mesh.nodes.size(), kChecks);
    std::vector<NetworkRules::NodeClass> classes;
    for (const auto& node : mesh.nodes) {
        classes.push_back(rules.classOf(node.id));
    }
    fmt::print("One check, 500 nodes, 100 groups, 200 rules:\n");
    const auto pair = measure(kRuns, kChecks, [&] {
        return static_cast<std::size_t>(std::ranges::count_if(
            pairs, [&](const Pair& one) { return reachability.mayReach(one.from, one.to); }));
    });
    print("two nodes, both families", pair * 1e9, "ns", "(goal 20)");
    const auto packet = measure(kRuns, kChecks, [&] {
        return static_cast<std::size_t>(std::ranges::count_if(pairs, [&](const Pair& one) {
            return rules.accepts(
                classes[one.from],
                mesh.nodes[one.from].ipv4->address(),
                classes[one.to],
                mesh.nodes[one.to].ipv4->address());
        }));
    });
    print("a packet by nodes and addresses", packet * 1e9, "ns", "(goal 20)");
    const auto flow = measure(kRuns, kChecks / 10, [&] {
        return static_cast<std::size_t>(std::ranges::count_if(
            pairs.begin(), pairs.begin() + kChecks / 10, [&](const Pair& one) {
                return rules.accepts(flowOf(mesh.nodes[one.from], mesh.nodes[one.to]));
            }));
    });
    print("a flow by names", flow * 1e9, "ns", "");
    const auto plain = measure(3, kChecks / 100, [&] {
        return static_cast<std::size_t>(std::ranges::count_if(
            pairs.begin(), pairs.begin() + kChecks / 100, [&](const Pair& one) {
                return naive.accepts(flowOf(mesh.nodes[one.from], mesh.nodes[one.to]));
            }));
    });
    print("the plain way", plain * 1e9, "ns", "");
}

void benchMatrix(std::size_t nodes, std::size_t groups, std::size_t rules, std::string_view goal) {
    const auto mesh = meshOf(nodes, groups, rules);
    fmt::print("All pairs of {} nodes, {} groups, {} rules:\n", nodes, groups, rules);
    const auto all = measure(3, 1, [&] {
        const auto compiled = rulesOf(mesh);
        return Reachability(compiled, mesh.nodes).matrix().count();
    });
    print("compiling and all pairs", all * 1e3, "ms", goal);
    const Naive naive(mesh);
    const auto pairs = somePairs(nodes, 10'000);
    const auto plain = measure(3, pairs.size(), [&] {
        return static_cast<std::size_t>(std::ranges::count_if(pairs, [&](const Pair& one) {
            return naive.accepts(flowOf(mesh.nodes[one.from], mesh.nodes[one.to]));
        }));
    });
    const auto count = static_cast<double>(nodes) * static_cast<double>(nodes);
    print("the plain way, from 10,000 of the pairs, one family", plain * count * 1e3, "ms", "");
}

/// A registry with `count` each of roles, bindings, groups and access rules.
void fill(storage::Registry& registry, std::size_t count) {
    auto mesh = meshOf(count, count, count);
    std::vector<storage::Entry> entries;
    const auto add = [&entries](std::string_view prefix, const auto& object) {
        storage::Entry entry;
        entry.key = std::string(prefix) + object.name;
        entry.value = encode(object);
        entry.revision = 1;
        entries.push_back(std::move(entry));
    };
    for (std::size_t at = 0; at < count; ++at) {
        const auto name = "role-" + std::to_string(at);
        add(storage::kRolesPrefix,
            Role{.name = name, .rules = {{{Resource::Routes}, {name}, {Verb::Put, Verb::Get}}}});
        add(storage::kRoleBindingsPrefix,
            RoleBinding{
                .name = "binding-" + std::to_string(at),
                .role = name,
                .subjects = {
                    {nodeName(at), SubjectKind::Node}, {groupName(at), SubjectKind::Group}}});
        if (mesh.groups[at].subjects.empty()) {
            mesh.groups[at].subjects.push_back({nodeName(at), SubjectKind::Node});
        }
        add(storage::kGroupsPrefix, mesh.groups[at]);
        add(storage::kNetworkAclsPrefix, mesh.acls[at]);
    }
    registry.reset(entries, 1);
}

void benchCompile() {
    constexpr std::size_t kObjects = 10'000;
    storage::Registry registry;
    fill(registry, kObjects);
    fmt::print("10,000 roles, bindings, groups and access rules each:\n");
    const auto all = measure(3, 1, [&] { return compile(registry)->network().rules().size(); });
    print("compiling all", all * 1e3, "ms", "(goal 300)");
    Compiler compiler;
    auto policy = compiler.compile(registry);
    const auto part = [&](std::string_view what, const PolicyParts& changed) {
        const auto time = measure(3, 1, [&] {
            compiler.note(changed);
            policy = compiler.compile(registry);
            return policy->problemCount();
        });
        print(what, time * 1e3, "ms", "(goal 300)");
    };
    part("after a change of a binding", {.roleBindings = true});
    part("after a change of an access rule", {.networkAcls = true});
    const Action deed{Verb::Put, Resource::Routes, "role-77"};
    const auto decide = measure(kRuns, 1000, [&] {
        std::size_t allowed = 0;
        for (std::size_t at = 0; at < 1000; ++at) {
            allowed += policy->roles().decide({.id = nodeName(at)}, deed).allowed ? 1 : 0;
        }
        return allowed;
    });
    print("whether somebody may do something", decide * 1e6, "us", "");
}

/// A registry with the nodes of `mesh`, and all that administrators wrote.
void fillNodes(storage::Registry& registry, const Mesh& mesh, std::size_t routes) {
    std::vector<storage::Entry> entries;
    const auto add = [&entries](std::string key, std::string value) {
        entries.push_back({std::move(key), std::move(value), 1, std::nullopt});
    };
    std::uint8_t number = 0;
    for (const auto& node : mesh.nodes) {
        storage::NodeRecord record;
        record.id = storage::NodeId(node.id);
        std::array<std::uint8_t, 32> key{};
        key[0] = ++number;
        record.publicKey = crypto::PublicKey(key);
        record.privateIpv4 = node.ipv4;
        record.privateIpv6 = node.ipv6;
        add(storage::nodeKey(record.id), storage::encodeNode(record));
    }
    add(std::string(storage::kIpv4PrefixKey), "172.16.0.0/12");
    for (const auto& group : mesh.groups) {
        add(std::string(storage::kGroupsPrefix) + group.name, encode(group));
    }
    for (const auto& acl : mesh.acls) {
        add(std::string(storage::kNetworkAclsPrefix) + acl.name, encode(acl));
    }
    for (std::size_t at = 0; at < routes; ++at) {
        const auto name = "route-" + std::to_string(at);
        const auto network = fmt::format("10.{}.{}.0/24", at / 256, at % 256);
        add(std::string(storage::kRoutesPrefix) + name,
            storage::encodeRoute(
                {name, nodeName(at % mesh.nodes.size()), {*net::IpPrefix::parse(network)}}));
    }
    // A tree: most nodes hang on one that others depend on.
    for (std::size_t at = 1; at < mesh.nodes.size(); ++at) {
        const storage::NodeId one(nodeName(at));
        const storage::NodeId other(nodeName(at / 2));
        add(storage::edgeKey(one, other), storage::encodeEdge(one, other, 0, {}));
    }
    registry.reset(entries, 1);
}

void benchLint() {
    constexpr std::size_t kNodes = 1000;
    constexpr std::size_t kGroups = 200;
    constexpr std::size_t kRoutes = 200;
    fmt::print("Looking for mistakes, 1,000 nodes, 200 groups, 1,000 rules, 200 routes:\n");
    const auto lintOf = [](std::string_view what, const Mesh& mesh) {
        storage::Registry registry;
        fillNodes(registry, mesh, kRoutes);
        const auto policy = mesh::changes::PolicySet::of(registry);
        std::size_t count = 0;
        const auto time = measure(kRuns, 1, [&] {
            count = mesh::changes::lint({policy, registry, {}}).count;
            return count;
        });
        print(fmt::format("{}, {} findings", what, count), time * 1e3, "ms", "(goal 300)");
    };
    auto mesh = meshOf(kNodes, kGroups, kNodes);
    lintOf("random rules", mesh);
    for (auto& acl : mesh.acls) {
        acl.priority = 0;
    }
    lintOf("the same, all of one priority", mesh);
    for (auto& acl : mesh.acls) {
        acl.destinationCidrs = {"172.16.0.0/12"};
    }
    lintOf("the same, all with prefixes of one family", mesh);
    mesh.acls.push_back({"first", 1000, AclAction::Accept, {"*"}, {"*"}, {}, {}});
    lintOf("the same behind a rule that hides them", mesh);
}

}  // namespace
}  // namespace weft::bench

/// Without arguments everything, with `lint` that alone.
int main(int count, char** arguments) {
    if (count < 2 || std::string_view(arguments[1]) != "lint") {
        weft::bench::benchChecks();
        weft::bench::benchMatrix(500, 100, 200, "(goal 200)");
        weft::bench::benchMatrix(10'000, 100, 100, "(goal 1000)");
        weft::bench::benchCompile();
    }
    weft::bench::benchLint();
    return 0;
}
