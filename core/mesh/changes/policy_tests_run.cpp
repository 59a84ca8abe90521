// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/changes/detail/network_probes.h"
#include "core/mesh/changes/policy_tests.h"
#include "core/mesh/network/exits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace weft::mesh::changes {
namespace {

using net::IpPrefix;
using policy::SubjectKind;
using storage::NodeId;
using storage::NodeRecord;

using Nodes = std::vector<const NodeRecord*>;
using Pair = std::pair<NodeId, NodeId>;

constexpr std::array kMemberKinds{SubjectKind::Node, SubjectKind::User};

std::vector<policy::Group> groupsOf(const PolicySet& policy) {
    std::vector<policy::Group> groups;
    for (const auto* object : policy.ofKind(policy::ObjectKind::Group)) {
        groups.push_back(std::get<policy::Group>(*object));
    }
    return groups;
}

const std::optional<IpPrefix>& addressOf(const NodeRecord& node, net::Family family) {
    return family == net::Family::V4 ? node.privateIpv4 : node.privateIpv6;
}

/// A node that leads to a network, and the networks by which it does.
using Leaders = std::map<NodeId, std::vector<IpPrefix>>;

class Runner {
public:
    explicit Runner(const PolicyTestScene& scene)
        : scene_(scene), groups_(groupsOf(scene.policy)), members_(groups_.groups().size()) {
        for (const auto* node : scene.registry.nodes()) {
            if (!node->publicKey) {
                continue;
            }
            for (const auto group : groups_.groupsOf(node->id.value(), kMemberKinds)) {
                members_[group].push_back(node);
            }
        }
        addExits();
    }

    PolicyTestResult run(const PolicyTest& test) const;

private:
    void addExits();
    StatusOr<Nodes> nodesOf(std::string_view text) const;
    bool hasTunnel(const NodeRecord& from, const NodeRecord& to) const {
        return scene_.reaches(from.id, to.id) && scene_.reaches(to.id, from.id);
    }
    bool accepts(
        const NodeRecord& from, const NodeRecord& to, const std::optional<IpPrefix>& there) const;
    bool reaches(const NodeRecord& from, const NodeRecord& to, const PolicyTest& test) const;

    void runPairs(
        const PolicyTest& test,
        const Nodes& sources,
        const Nodes& destinations,
        PolicyTestResult& result) const;
    void runNetwork(
        const PolicyTest& test,
        const Nodes& sources,
        const std::optional<Nodes>& through,
        PolicyTestResult& result) const;
    Leaders leadersTo(const IpPrefix& network, const std::optional<Nodes>& through) const;

    const PolicyTestScene& scene_;
    policy::detail::GroupIndex groups_;
    /// What routes lead to, by whom.
    std::vector<std::pair<NodeId, IpPrefix>> exits_;
    /// By group, of those that can have tunnels.
    std::vector<Nodes> members_;
};

void offend(const NodeRecord& from, const NodeId& to, PolicyTestResult& result) {
    if (result.offendingCount++ < kMaxOffendingPairs) {
        result.offending.emplace_back(from.id, to);
    }
}

void saysNothing(std::string reason, PolicyTestResult& result) {
    result.text = "says nothing: " + std::move(reason);
}

std::string pairText(const Pair& pair) {
    return fmt::format(
        "{} to {}",
        base::escapeForLine(pair.first.value()),
        base::escapeForLine(pair.second.value()));
}

void conclude(const PolicyTest& test, std::size_t pairs, PolicyTestResult& result) {
    const bool wants = test.must == Expectation::Reach;
    result.passed = result.offendingCount == 0;
    if (result.passed) {
        result.text = fmt::format(
            "{} {} {}", wants ? "all of" : "none of", pairs, pairs == 1 ? "pair" : "pairs");
        result.text += wants ? " can talk" : " can talk, as it must be";
        return;
    }
    result.text = fmt::format(
        "{} of {} {}: {}{}",
        result.offendingCount,
        pairs,
        wants ? "cannot talk" : "can talk",
        pairText(result.offending.front()),
        result.offendingCount > 1 ? fmt::format(" and {} more", result.offendingCount - 1) : "");
}

StatusOr<Nodes> Runner::nodesOf(std::string_view text) const {
    if (text == policy::kWildcard) {
        Nodes all;
        std::ranges::copy_if(
            scene_.registry.nodes(), std::back_inserter(all), [](const NodeRecord* node) {
                return node->publicKey.has_value();
            });
        return all;
    }
    if (text.starts_with(policy::kGroupMark)) {
        const auto group = groups_.find(text.substr(policy::kGroupMark.size()));
        if (!group) {
            return notFound("there is no {}", base::escapeForLine(text));
        }
        return members_[*group];
    }
    const auto* node = scene_.registry.node(NodeId(std::string(text)));
    if (node == nullptr) {
        return notFound("there is no node {}", base::escapeForLine(text));
    }
    return Nodes{node};
}

bool Runner::accepts(
    const NodeRecord& from, const NodeRecord& to, const std::optional<IpPrefix>& there) const {
    if (!there) {
        return false;
    }
    const auto& here = addressOf(from, there->family());
    return here && scene_.rules.accepts({from.id.value(), here, to.id.value(), there})
           && scene_.rules.accepts({to.id.value(), there, from.id.value(), here});
}

bool Runner::reaches(const NodeRecord& from, const NodeRecord& to, const PolicyTest& test) const {
    return hasTunnel(from, to) && (!test.family || accepts(from, to, addressOf(to, *test.family)));
}

void Runner::runPairs(
    const PolicyTest& test,
    const Nodes& sources,
    const Nodes& destinations,
    PolicyTestResult& result) const {
    if (sources.size() * destinations.size() > kMaxTestVerdicts) {
        saysNothing("it is about too many pairs; name groups instead of *", result);
        return;
    }
    std::size_t pairs = 0;
    for (const auto* from : sources) {
        for (const auto* to : destinations) {
            if (from == to) {
                continue;
            }
            ++pairs;
            if (reaches(*from, *to, test) != (test.must == Expectation::Reach)) {
                offend(*from, to->id, result);
            }
        }
    }
    if (pairs == 0) {
        saysNothing("its two ends are the same node", result);
        return;
    }
    conclude(test, pairs, result);
}

void Runner::addExits() {
    for (const auto* object : scene_.policy.ofKind(policy::ObjectKind::Route)) {
        const auto& route = std::get<storage::RouteRecord>(*object);
        for (const auto& destination : route.destinations) {
            if (!network::liesOutside(destination, scene_.registry)) {
                continue;
            }
            for (const auto& id : network::exitsOf(route, scene_.registry, groups_.groups())) {
                exits_.emplace_back(id, destination);
            }
        }
    }
}

Leaders Runner::leadersTo(const IpPrefix& network, const std::optional<Nodes>& through) const {
    Leaders leaders;
    const auto add = [&](const NodeId& id, const IpPrefix& offered) {
        const bool isAsked = !through || std::ranges::any_of(*through, [&id](const auto* node) {
            return node->id == id;
        });
        if (isAsked && offered.overlaps(network)) {
            leaders[id].push_back(offered.masked());
        }
    };
    for (const auto* node : scene_.registry.nodes()) {
        const auto& own = addressOf(*node, network.family());
        if (own && node->publicKey) {
            add(node->id, *own);
        }
    }
    for (const auto& [id, destination] : exits_) {
        add(id, destination);
    }
    return leaders;
}

void Runner::runNetwork(
    const PolicyTest& test,
    const Nodes& sources,
    const std::optional<Nodes>& through,
    PolicyTestResult& result) const {
    const auto leaders = leadersTo(*test.network, through);
    if (leaders.empty()) {
        saysNothing(fmt::format("nobody leads to {}", test.network->toString()), result);
        return;
    }
    const auto edges = detail::edgesIn(*test.network, scene_.rules);
    std::map<NodeId, std::vector<IpPrefix>> probes;
    std::size_t verdicts = 0;
    for (const auto& [id, networks] : leaders) {
        verdicts +=
            probes.emplace(id, detail::probesOf(test, networks, edges)).first->second.size();
    }
    if (verdicts > kMaxTestVerdicts / sources.size()) {
        saysNothing("it is about too many pairs; name groups instead of *", result);
        return;
    }
    std::size_t asked = 0;
    for (const auto* from : sources) {
        const auto led = std::ranges::find_if(probes, [&](const auto& leader) {
            const auto* node = scene_.registry.node(leader.first);
            return node != from && !leader.second.empty() && hasTunnel(*from, *node)
                   && std::ranges::any_of(leader.second, [&](const IpPrefix& probe) {
                          return accepts(*from, *node, probe);
                      });
        });
        // Who leads there alone needs nobody for it.
        if (leaders.size() == 1 && leaders.contains(from->id)) {
            continue;
        }
        ++asked;
        if ((led != probes.end()) != (test.must == Expectation::Reach)) {
            const auto other = std::ranges::find_if(
                leaders, [from](const auto& leader) { return leader.first != from->id; });
            offend(*from, led == probes.end() ? other->first : led->first, result);
        }
    }
    if (asked == 0) {
        saysNothing("its only end is the one that leads there", result);
        return;
    }
    conclude(test, asked, result);
}

PolicyTestResult Runner::run(const PolicyTest& test) const {
    PolicyTestResult result{.name = test.name};
    const auto sources = nodesOf(test.from);
    auto destinations = test.to.empty() ? StatusOr<Nodes>(Nodes()) : nodesOf(test.to);
    const auto& status = sources.ok() ? destinations.status() : sources.status();
    if (!status.ok()) {
        result.text = messageOf(status);
        return result;
    }
    const bool isToNobody = !test.to.empty() && destinations->empty();
    if (sources->empty() || isToNobody) {
        saysNothing(base::escapeForLine(isToNobody ? test.to : test.from) + " is nobody", result);
        return result;
    }
    if (!test.network) {
        runPairs(test, *sources, *destinations, result);
        return result;
    }
    const auto through =
        test.to.empty() ? std::nullopt : std::optional<Nodes>(*std::move(destinations));
    runNetwork(test, *sources, through, result);
    return result;
}

}  // namespace

std::vector<PolicyTestResult> run(
    const std::vector<PolicyTest>& tests, const PolicyTestScene& scene) {
    const Runner runner(scene);
    std::vector<PolicyTestResult> results;
    results.reserve(tests.size());
    for (const auto& test : tests) {
        if (scene.goesOn && !scene.goesOn()) {
            break;
        }
        results.push_back(runner.run(test));
    }
    return results;
}

}  // namespace weft::mesh::changes
