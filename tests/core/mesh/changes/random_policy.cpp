// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/changes/random_policy.h"

#include "core/mesh/changes/contents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::changes::tests {
namespace {

/// What YAML reads as another type, what file systems trip over, what terminals act on.
constexpr std::array<std::string_view, 26> kOddNames = {
    "no",
    "yes",
    "1e3",
    "null",
    "~",
    "true",
    "0x10",
    "- a",
    "a # b",
    "[x",
    "{x}",
    "&a",
    "!a",
    "con",
    "com1.x",
    "..",
    ".hidden",
    "-r",
    "A",
    "a",
    "%41",
    "a b",
    "tr\xC3\xA8s",
    "tre\xCC\x80s",
    "\x01\x04\x7F\xE2\x80\x8B\xF3\xA0\x80\x81",
    "a\nb\t"};

/// Each entry once.
template <typename Entry>
void addTo(std::vector<Entry>& list, const std::vector<Entry>& more) {
    for (const auto& entry : more) {
        if (std::ranges::find(list, entry) == list.end()) {
            list.push_back(entry);
        }
    }
}

template <typename Entry>
void changeList(std::vector<Entry>& list, const std::vector<Entry>& more, std::size_t choice) {
    if (choice == 0 && list.size() > 1) {
        list.erase(list.begin());
    } else {
        addTo(list, more);
    }
}

}  // namespace

std::string RandomPolicy::name() {
    switch (below(8)) {
    case 0:
    case 1:
        return std::string(kOddNames.at(below(kOddNames.size())));
    case 2:
        return std::string(1 + below(240), 'x');
    case 3:
        return std::string(126, static_cast<char>('A' + below(26))) + "\xC3\xA9";
    default:
        return "n" + std::to_string(below(40));
    }
}

policy::Subject RandomPolicy::subject() {
    constexpr std::array kKinds = {
        policy::SubjectKind::Node, policy::SubjectKind::User, policy::SubjectKind::Group};
    return {"m" + name(), kKinds.at(below(kKinds.size()))};
}

std::vector<policy::Subject> RandomPolicy::subjects() {
    if (oneIn(8)) {
        return {{"*", policy::SubjectKind::All}};
    }
    std::vector<policy::Subject> subjects{subject()};
    for (auto more = below(4); more > 0; --more) {
        addTo(subjects, {subject()});
    }
    return subjects;
}

policy::Rule RandomPolicy::rule() {
    using policy::Resource;
    using policy::Verb;
    constexpr std::array kResources = {
        Resource::Votes, Resource::Groups, Resource::NetworkAcls, Resource::All};
    constexpr std::array kVerbs = {Verb::Put, Verb::Get, Verb::Delete, Verb::All};
    policy::Rule rule{{kResources.at(below(4))}, {}, {kVerbs.at(below(4))}};
    for (auto more = below(3); more > 0; --more) {
        rule.resourceNames.push_back(name());
    }
    return rule;
}

std::vector<std::string> RandomPolicy::nodes() {
    std::vector<std::string> nodes{oneIn(4) ? "*" : (oneIn(2) ? "group:" : "") + name()};
    for (auto more = below(3); more > 0; --more) {
        addTo(nodes, {name()});
    }
    return nodes;
}

std::vector<std::string> RandomPolicy::cidrs() {
    std::vector<std::string> cidrs;
    for (auto more = below(4); more > 0; --more) {
        addTo(cidrs, {"10." + std::to_string(below(250)) + ".0.0/16"});
    }
    return cidrs;
}

PolicyObject RandomPolicy::object() {
    switch (below(6)) {
    case 0: {
        policy::Role role{name(), {rule()}};
        for (auto more = below(3); more > 0; --more) {
            addTo(role.rules, {rule()});
        }
        return role;
    }
    case 1:
        return policy::RoleBinding{name(), name(), subjects()};
    case 2:
        return policy::Group{name(), subjects()};
    case 3:
        return policy::NetworkAcl{
            name(),
            static_cast<std::int32_t>(below(2000)) - 1000,
            static_cast<policy::AclAction>(below(3)),
            nodes(),
            nodes(),
            cidrs(),
            cidrs()};
    case 4:
        return storage::RouteRecord{
            name(),
            oneIn(3) ? "group:" + name() : name(),
            {*net::IpPrefix::parse("10.1.2.3/8"), *net::IpPrefix::parse("fd00::/8")},
            oneIn(2) ? name() : ""};
    default:
        break;
    }
    storage::EdgeRecord edge{storage::NodeId(name()), storage::NodeId("other" + name()), 0};
    edge.weight = static_cast<std::int32_t>(below(9));
    for (auto more = below(4); more > 0; --more) {
        edge.attributes[name()] = name();
    }
    if (oneIn(4)) {
        edge.attributes[std::string(512, '\x02')] = "long";
    }
    return canonical(edge);
}

PolicySet RandomPolicy::set(std::size_t objects) {
    PolicySet set;
    while (set.objects().size() < objects) {
        const auto made = object();
        EXPECT_TRUE(validate(made).ok()) << encode(made) << messageOf(validate(made));
        set.put(normalised(made));
    }
    return set;
}

PolicyObject RandomPolicy::changed(const PolicyObject& object) {
    auto changed = object;
    const auto choice = below(3);
    if (auto* role = std::get_if<policy::Role>(&changed)) {
        changeList(role->rules, {rule()}, choice);
    } else if (auto* binding = std::get_if<policy::RoleBinding>(&changed)) {
        if (choice == 2) {
            binding->role = name();
        } else {
            changeList(binding->subjects, subjects(), choice);
        }
    } else if (auto* group = std::get_if<policy::Group>(&changed)) {
        changeList(group->subjects, {subject(), subject()}, choice);
    } else if (auto* acl = std::get_if<policy::NetworkAcl>(&changed)) {
        acl->priority += static_cast<std::int32_t>(below(2));
        changeList(acl->sourceNodes, nodes(), choice);
        changeList(acl->destinationCidrs, cidrs(), below(3));
    } else if (auto* route = std::get_if<storage::RouteRecord>(&changed)) {
        const auto more = net::IpPrefix::parse("10." + std::to_string(below(99)) + ".0.0/16");
        changeList(route->destinations, {*more}, choice);
    } else if (auto* edge = std::get_if<storage::EdgeRecord>(&changed)) {
        edge->weight += static_cast<std::int32_t>(below(2));
        edge->attributes[name()] = name();
    }
    return normalised(changed);
}

std::vector<Edit> RandomPolicy::edits(const PolicySet& set, std::size_t count) {
    auto after = set;
    std::vector<const PolicyObject*> all;
    for (const auto& [key, object] : set.objects()) {
        all.push_back(object.get());
    }
    for (std::size_t made = 0; made < count && !all.empty(); ++made) {
        const auto& one = *all[below(all.size())];
        if (oneIn(8)) {
            after.remove(refOf(one));
        } else if (oneIn(8)) {
            after.put(normalised(object()));
        } else {
            after.put(changed(one));
        }
    }
    return difference(set, after);
}

}  // namespace weft::mesh::changes::tests
