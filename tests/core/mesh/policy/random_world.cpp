// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/policy/random_world.h"

#include <array>
#include <string_view>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kNodes = 6;
constexpr std::size_t kRoles = 4;

}  // namespace

std::string RandomWorld::node() {
    return oneIn(20) ? std::string() : "n" + std::to_string(below(kNodes));
}

std::string RandomWorld::groupName() {
    // Two of them are seldom there.
    return "g" + std::to_string(below(6));
}

std::string RandomWorld::subjectName() {
    if (oneIn(12)) {
        return "*";
    }
    return oneIn(12) ? groupName() : "n" + std::to_string(below(kNodes));
}

Subject RandomWorld::subject() {
    static constexpr std::array kKinds{
        SubjectKind::Node,
        SubjectKind::User,
        SubjectKind::All,
        SubjectKind::Group,
        SubjectKind::Group,
        SubjectKind::Unknown};
    const auto kind = kKinds.at(below(kKinds.size()));
    const bool isGroup = kind == SubjectKind::Group && !oneIn(10);
    return {.name = isGroup ? groupName() : subjectName(), .kind = kind};
}

std::string RandomWorld::resourceName() {
    static constexpr std::array<std::string_view, 9> kNames{
        "a", "b", "/a", "/a/", "/a/b", "/a/b/", "*", "/", "c"};
    return std::string(kNames.at(below(kNames.size())));
}

Rule RandomWorld::rule() {
    static constexpr std::array kVerbs{1, 1, 2, 3, 999, 999, 999, 0, 7};
    static constexpr std::array kResources{1, 2, 6, 8, 10, 10, 10, 999, 999, 0, 11};
    Rule rule;
    for (auto left = 1 + below(2); left-- > 0;) {
        rule.verbs.push_back(static_cast<Verb>(kVerbs.at(below(kVerbs.size()))));
    }
    for (auto left = oneIn(10) ? 0 : 1 + below(2); left-- > 0;) {
        rule.resources.push_back(static_cast<Resource>(kResources.at(below(kResources.size()))));
    }
    for (auto left = below(3); left-- > 0;) {
        rule.resourceNames.push_back(resourceName());
    }
    return rule;
}

Action RandomWorld::action() {
    const auto some = rule();
    Action action{.verb = some.verbs.front()};
    action.resource = some.resources.empty() ? Resource::PubSub : some.resources.front();
    action.resourceName = oneIn(4) ? std::string() : resourceName();
    return action;
}

std::string RandomWorld::hostCidr(bool v4) {
    const auto last = std::to_string(1 + below(4));
    const auto middle = std::to_string(below(3));
    return v4 ? "10." + middle + ".0." + last + "/32" : "fd0" + middle + "::" + last + "/128";
}

std::string RandomWorld::listedCidr() {
    static constexpr std::array<std::string_view, 14> kListed{
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.0.9/24",
        "10.0.0.1/32",
        "0.0.0.0/0",
        "0.0.0.0/7",
        "fd00::/8",
        "fd01::/16",
        "fd00::1/128",
        "::/0",
        "11.0.0.0/8",
        "*",
        "::ffff:10.0.0.0/104",
        "10.0.0.2/31"};
    return oneIn(40) ? std::string("10.0.0.0") : std::string(kListed.at(below(kListed.size())));
}

std::string RandomWorld::cidr() {
    static constexpr std::array<std::string_view, 8> kOther{
        "",
        "invalid Prefix",
        "10.0.0.1",
        "10.0.0.0/8",
        "10.1.0.0/12",
        "fd00::/7",
        "0.0.0.0/0",
        "::/0"};
    return oneIn(3) ? std::string(kOther.at(below(kOther.size()))) : hostCidr(oneIn(2));
}

std::vector<std::string> RandomWorld::nodeList() {
    std::vector<std::string> list;
    if (oneIn(12)) {
        return list;
    }
    do {
        if (oneIn(4)) {
            list.emplace_back("*");
        } else {
            list.push_back(oneIn(2) ? "group:" + groupName() : "n" + std::to_string(below(kNodes)));
        }
    } while (oneIn(2));
    return list;
}

std::vector<std::string> RandomWorld::cidrList() {
    std::vector<std::string> list;
    for (auto left = oneIn(2) ? 0 : 1 + below(2); left-- > 0;) {
        list.push_back(listedCidr());
    }
    return list;
}

NetworkAcl RandomWorld::acl(std::size_t number) {
    static constexpr std::array kActions{1, 1, 2, 2, 0, 5};
    return {
        .name = "a" + std::to_string(number),
        .priority = static_cast<std::int32_t>(below(4)) - 2,
        .action = static_cast<AclAction>(kActions.at(below(kActions.size()))),
        .sourceNodes = nodeList(),
        .destinationNodes = nodeList(),
        .sourceCidrs = cidrList(),
        .destinationCidrs = cidrList()};
}

oracle::World RandomWorld::world() {
    oracle::World world;
    world.rbacDisabled = oneIn(50);
    for (std::size_t at = 0; at < kRoles; ++at) {
        Role role{.name = "r" + std::to_string(at), .rules = {}};
        for (auto left = oneIn(10) ? 0 : 1 + below(3); left-- > 0;) {
            role.rules.push_back(rule());
        }
        world.roles.push_back(role);
    }
    for (std::size_t at = below(8); at-- > 0;) {
        RoleBinding binding{// The last role is missing.
                            .name = "b" + std::to_string(at),
                            .role = "r" + std::to_string(below(kRoles + 1)),
                            .subjects = {}};
        for (auto left = below(5); left-- > 0;) {
            binding.subjects.push_back(subject());
        }
        world.bindings.push_back(binding);
    }
    // Sometimes a long row of groups, at whose end somebody stands.
    const auto tower = oneIn(20) ? 12 + below(8) : 0;
    for (std::size_t at = 0; at < 4 + tower; ++at) {
        Group group{.name = "g" + std::to_string(at), .subjects = {}};
        if (at + 1 < 4 + tower && tower > 0) {
            group.subjects.push_back({"g" + std::to_string(at + 1), SubjectKind::Group});
        }
        for (auto left = below(3); left-- > 0;) {
            group.subjects.push_back(subject());
        }
        world.groups.push_back(group);
    }
    for (std::size_t at = below(7); at-- > 0;) {
        world.acls.push_back(acl(at));
    }
    return world;
}

}  // namespace weft::mesh::policy
