// SPDX-License-Identifier: Apache-2.0
// Pairs of nodes of which one may reach the other and is not reached by it: no tunnel comes of it.
#include "core/base/text.h"
#include "core/mesh/changes/detail/lint_checks.h"
#include "core/mesh/policy/reachability.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

/// The pairs of nodes that a rule matches in one family of addresses.
struct Product {
    NameSet sources;
    NameSet destinations;
};

class OneSided {
public:
    explicit OneSided(const LintScene& scene)
        : scene_(scene), size_(scene.nodes().size()), starts_(size_) {
        collect();
    }

    void run(FindingList& findings) {
        const std::span rules(scene_.rules());
        if (starts_.isEmpty()) {
            return;
        }
        for (std::size_t begin = 0; begin < rules.size();) {
            auto end = begin;
            while (end < rules.size() && rules[end].acl->priority == rules[begin].acl->priority) {
                ++end;
            }
            const auto equals = rules.subspan(begin, end - begin);
            // The rule for the way back gets this priority and whatever name is free: a denial of
            // the same priority may come before it.
            std::ranges::for_each(equals, [this](const LintRule& rule) { noteDenial(rule); });
            for (const auto& rule : equals) {
                check(rule, findings);
            }
            begin = end;
        }
    }

private:
    void collect();
    NameSet matching(
        const NameSet& nodes, const LintRule& rule, const RuleSide& side, net::Family family) const;
    std::array<Product, 2> productsOf(const LintRule& rule) const;
    void noteDenial(const LintRule& rule);
    void check(const LintRule& rule, FindingList& findings) const;
    NameSet nodesOf(const NameSet& names) const;

    const LintScene& scene_;
    std::size_t size_;
    /// The class of each node.
    std::vector<policy::Reachability::Number> classes_;
    /// By class: whom its nodes may reach and are not reached by.
    std::vector<NameSet> ends_;
    /// The nodes that have such ends.
    NameSet starts_;
    /// By node that has such ends: by whom a rule that was looked at denies to be reached.
    std::vector<NameSet> deniedBack_;
};

void OneSided::collect() {
    // Nodes of one class reach the same ones and are reached by the same ones.
    policy::Reachability reachability(scene_.network(), {});
    std::vector<NameSet> members;
    classes_.reserve(size_);
    for (std::size_t at = 0; at < size_; ++at) {
        const auto* node = scene_.nodes()[at];
        classes_.push_back(
            reachability.classify({node->id.value(), node->privateIpv4, node->privateIpv6}));
        if (classes_.back() >= members.size()) {
            members.emplace_back(size_);
        }
        // A placeholder has no tunnels in any case.
        if (node->publicKey) {
            members[classes_.back()].add(at);
        }
    }
    ends_.assign(members.size(), NameSet(size_));
    const auto count = static_cast<policy::Reachability::Number>(members.size());
    for (policy::Reachability::Number from = 0; from < count; ++from) {
        for (policy::Reachability::Number to = 0; to < from; ++to) {
            const bool there = reachability.classesMayReach(from, to);
            if (there == reachability.classesMayReach(to, from)) {
                continue;
            }
            const auto start = there ? from : to;
            const auto& reached = members[there ? to : from];
            if (!reached.isEmpty()) {
                ends_[start] |= reached;
                starts_ |= members[start];
            }
        }
    }
    deniedBack_.resize(size_);
    starts_.forEach([this](std::size_t start) { deniedBack_[start] = NameSet(size_); });
}

NameSet OneSided::nodesOf(const NameSet& names) const {
    NameSet nodes(size_);
    names.forEach([&](std::size_t number) {
        if (number < size_) {
            nodes.add(number);
        }
    });
    return nodes;
}

NameSet OneSided::matching(
    const NameSet& nodes, const LintRule& rule, const RuleSide& side, net::Family family) const {
    NameSet matched(size_);
    nodes.forEach([&](std::size_t number) {
        const auto* node = scene_.nodes()[number];
        const auto& address = family == net::Family::V4 ? node->privateIpv4 : node->privateIpv6;
        if (side.list.matches(address, policy::Dialect::Seed, !rule.accepts)) {
            matched.add(number);
        }
    });
    return matched;
}

std::array<Product, 2> OneSided::productsOf(const LintRule& rule) const {
    const Product all{nodesOf(rule.source.names), nodesOf(rule.destination.names)};
    if (rule.source.isOpen() && rule.destination.isOpen()) {
        return {all, Product{NameSet(size_), NameSet(size_)}};
    }
    const auto productIn = [&](net::Family family) {
        return Product{
            matching(all.sources, rule, rule.source, family),
            matching(all.destinations, rule, rule.destination, family)};
    };
    return {productIn(net::Family::V4), productIn(net::Family::V6)};
}

void OneSided::noteDenial(const LintRule& rule) {
    if (rule.accepts || !rule.isLive) {
        return;
    }
    for (const auto& product : productsOf(rule)) {
        auto denied = product.destinations;
        denied &= starts_;
        denied.forEach([&](std::size_t number) { deniedBack_[number] |= product.sources; });
    }
}

void OneSided::check(const LintRule& rule, FindingList& findings) const {
    if (!rule.accepts || !rule.isLive || !rule.shadowedBy.empty()) {
        return;
    }
    const auto products = productsOf(rule);
    std::vector<std::string> pairs;
    std::size_t count = 0;
    starts_.forEach([&](std::size_t start) {
        NameSet ends(size_);
        for (const auto& product : products) {
            if (product.sources.has(start)) {
                ends |= product.destinations;
            }
        }
        ends &= ends_[classes_[start]];
        ends -= deniedBack_[start];
        count += ends.count();
        ends.forEach([&](std::size_t end) {
            if (pairs.size() < kMaxNamedInFinding) {
                pairs.push_back(fmt::format(
                    "{} to {}",
                    scene_.nodes()[start]->id.value(),
                    scene_.nodes()[end]->id.value()));
            }
        });
    });
    if (count == 0) {
        return;
    }
    const auto& acl = *rule.acl;
    Finding finding{
        .severity = Severity::Warning,
        .code = "one-sided",
        .ref = refOf(acl),
        .text = fmt::format(
            "rule {} is one-sided: nothing accepts the way back, so no tunnel comes of {} of nodes "
            "({})",
            base::escapeForLine(acl.name),
            counted(count, "pair"),
            listed(pairs, count))};
    auto name = freeName(scene_.policy(), policy::ObjectKind::NetworkAcl, acl.name + "-back");
    if (!name.empty()) {
        auto back = acl;
        back.name = std::move(name);
        std::swap(back.sourceNodes, back.destinationNodes);
        std::swap(back.sourceCidrs, back.destinationCidrs);
        finding.fixText = "add the rule " + base::escapeForLine(back.name) + " for the way back";
        finding.fix = {additionOf(std::move(back))};
    }
    findings.add(std::move(finding));
}

}  // namespace

void lintOneSided(const LintScene& scene, FindingList& findings) {
    if (!scene.hasSets() || !scene.network().isCompiled()
        || scene.nodes().size() > scene.limits().pairedNodes) {
        findings.noteIncomplete();
        return;
    }
    OneSided(scene).run(findings);
}

}  // namespace weft::mesh::changes::detail
