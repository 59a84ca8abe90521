// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/lint_scene.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

using policy::NetworkAcl;
using policy::ObjectKind;
using policy::SubjectKind;

constexpr std::array kMemberKinds{SubjectKind::Node, SubjectKind::User};

template <typename Object>
std::vector<Object> copiesOf(const PolicySet& policy, ObjectKind kind) {
    std::vector<Object> objects;
    for (const auto* object : policy.ofKind(kind)) {
        objects.push_back(std::get<Object>(*object));
    }
    return objects;
}

bool hasWildcard(const std::vector<std::string>& texts) {
    return std::ranges::find(texts, policy::kWildcard) != texts.end();
}

RuleSide sideOf(const std::vector<std::string>& cidrs) {
    RuleSide side;
    // They parse, or the engine would have left the rule out.
    if (auto list = policy::detail::CidrList::parse(cidrs); list.ok()) {
        side.list = *std::move(list);
    }
    if (hasWildcard(cidrs)) {
        return side;
    }
    for (const auto& cidr : cidrs) {
        if (const auto prefix = net::IpPrefix::parse(cidr); prefix.ok()) {
            side.prefixes.push_back(prefix->masked());
        }
    }
    return side;
}

std::vector<LintRule> rulesOf(const policy::NetworkRules& network) {
    std::vector<LintRule> rules;
    rules.reserve(network.rules().size());
    for (const auto& acl : network.rules()) {
        LintRule rule;
        rule.acl = &acl;
        rule.accepts = acl.action == policy::AclAction::Accept;
        rule.hasEmptyList = acl.sourceNodes.empty() || acl.destinationNodes.empty();
        rule.source = sideOf(acl.sourceCidrs);
        rule.destination = sideOf(acl.destinationCidrs);
        rules.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace

LintScene::LintScene(const LintSubject& subject)
    : subject_(subject)
    , nodes_(subject.registry.nodes())
    , groups_(std::make_shared<const policy::detail::GroupIndex>(
          copiesOf<policy::Group>(subject.policy, ObjectKind::Group)))
    , network_(copiesOf<NetworkAcl>(subject.policy, ObjectKind::NetworkAcl), groups_)
    , rules_(rulesOf(network_)) {
    for (const auto* node : nodes_) {
        numbers_.emplace(node->id.value(), numbers_.size());
    }
    nameOthers();
    const auto sets = groups_->groups().size() + 2 * rules_.size() + 1;
    const auto setBytes = (size() / NameSet::kWordBits + 1) * sizeof(std::uint64_t);
    hasSets_ = rules_.size() <= limits().comparedRules && setBytes <= limits().setBytes / sets;
    if (hasSets_) {
        addSets();
        noteShadows(rules_);
    }
}

void LintScene::nameOthers() {
    const auto add = [this](std::string_view name) {
        // Everybody else has the number behind the nodes.
        if (!isNode(name)
            && otherNumbers_.emplace(name, nodes_.size() + 1 + others_.size()).second) {
            others_.push_back(name);
        }
    };
    for (const auto& rule : rules_) {
        for (const auto* names : {&rule.acl->sourceNodes, &rule.acl->destinationNodes}) {
            std::ranges::for_each(*names, add);
        }
    }
    std::ranges::for_each(groups_->subjectNames(), add);
}

void LintScene::addSets() {
    groupNames_.assign(groups_->groups().size(), NameSet(size()));
    const auto addTo = [this](std::string_view name, std::size_t number) {
        for (const auto group : groups_->groupsOf(name, kMemberKinds)) {
            groupNames_[group].add(number);
        }
    };
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
        addTo(nodes_[at]->id.value(), at);
    }
    addTo(policy::kWildcard, nodes_.size());
    for (std::size_t at = 0; at < others_.size(); ++at) {
        addTo(others_[at], nodes_.size() + 1 + at);
    }
    known_ = NameSet(size());
    known_.addAllBelow(nodes_.size() + 1);
    for (auto& rule : rules_) {
        rule.source.names = namesOf(rule.acl->sourceNodes);
        rule.destination.names = namesOf(rule.acl->destinationNodes);
        rule.isLive =
            rule.source.names.intersects(known_) && rule.destination.names.intersects(known_);
    }
}

NameSet LintScene::namesOf(const std::vector<std::string>& texts) const {
    NameSet names(size());
    if (texts.empty() || hasWildcard(texts)) {
        names.addAllBelow(size());
        return names;
    }
    for (const std::string_view text : texts) {
        if (!text.starts_with(policy::kGroupMark)) {
            const auto node = numbers_.find(text);
            names.add(node != numbers_.end() ? node->second : otherNumbers_.at(text));
        } else if (const auto group = groups_->find(text.substr(policy::kGroupMark.size()))) {
            names |= groupNames_[*group];
        }
    }
    return names;
}

bool LintScene::decidesForSomebody(std::size_t at) const {
    if (!rules_[at].isLive) {
        return false;
    }
    auto rule = rules_[at];
    rule.source.names &= known_;
    rule.destination.names &= known_;
    return shadowsOf(rule, std::span(rules_).first(at), EmptyLists::Everybody).empty();
}

bool LintScene::isEverythingDeniedAbove(std::int32_t priority) const {
    LintRule all;
    all.accepts = true;
    all.source.names = namesOf({});
    all.destination.names = namesOf({});
    const auto end = std::ranges::find_if(
        rules_, [priority](const LintRule& rule) { return rule.acl->priority <= priority; });
    return !shadowsOf(all, {rules_.begin(), end}, EmptyLists::Everybody).empty();
}

}  // namespace weft::mesh::changes::detail
