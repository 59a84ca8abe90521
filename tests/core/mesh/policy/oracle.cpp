// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/policy/oracle.h"

#include <algorithm>
#include <set>

#include <arpa/inet.h>

namespace weft::mesh::policy::oracle {
namespace {

const Group* groupNamed(const World& world, const std::string& name) {
    for (const auto& group : world.groups) {
        if (group.name == name) {
            return &group;
        }
    }
    return nullptr;
}

/// Adds who is in a group itself to `members`, and the groups in it to `groups`.
void lookInto(const Group& group, std::vector<Subject>& members, std::set<std::string>& groups) {
    for (const auto& subject : group.subjects) {
        if (subject.kind == SubjectKind::Group) {
            groups.insert(subject.name);
        } else {
            members.push_back(subject);
        }
    }
}

/// Everybody in a group, by walking down from it: sixteen groups at most stand in a row.
std::vector<Subject> membersOf(const World& world, const std::string& name) {
    std::vector<Subject> members;
    std::set<std::string> seen;
    std::set<std::string> now{name};
    for (int storey = 1; storey <= 16; ++storey) {
        std::set<std::string> next;
        for (const auto& each : now) {
            const auto* group = groupNamed(world, each);
            if (group != nullptr && seen.insert(each).second) {
                lookInto(*group, members, next);
            }
        }
        now = next;
    }
    return members;
}

bool isSubject(const Subject& subject, const std::string& who) {
    const bool kind = subject.kind == SubjectKind::Node || subject.kind == SubjectKind::User
                      || subject.kind == SubjectKind::All;
    return kind && (subject.name == who || subject.name == "*");
}

bool isBound(const World& world, const RoleBinding& binding, const std::string& who) {
    for (const auto& subject : binding.subjects) {
        if (isSubject(subject, who)) {
            return true;
        }
        if (subject.kind != SubjectKind::Group) {
            continue;
        }
        for (const auto& member : membersOf(world, subject.name)) {
            if (isSubject(member, who)) {
                return true;
            }
        }
    }
    return false;
}

bool isVerb(int number) {
    return (number >= 1 && number <= 3) || number == 999;
}

bool isResource(int number) {
    return (number >= 1 && number <= 10) || number == 999;
}

bool ruleAllows(const Rule& rule, const Action& action) {
    bool verb = false;
    for (const auto listed : rule.verbs) {
        verb = verb || listed == action.verb || listed == Verb::All;
    }
    bool resource = false;
    for (const auto listed : rule.resources) {
        resource = resource || listed == action.resource || listed == Resource::All;
    }
    bool name = rule.resourceNames.empty();
    for (const auto& listed : rule.resourceNames) {
        if (listed == "*") {
            name = true;
        }
        if (!action.resourceName.empty() && listed == action.resourceName) {
            name = true;
        }
        const bool isFolder = !listed.empty() && listed.back() == '/';
        if (action.resource == Resource::PubSub && isFolder
            && action.resourceName.compare(0, listed.size(), listed) == 0) {
            name = true;
        }
    }
    return verb && resource && name;
}

struct Cidr {
    int family = 0;
    std::array<unsigned char, 16> bytes{};
    int length = 0;

    int bit(int at) const {
        return (bytes.at(static_cast<std::size_t>(at / 8)) >> (7 - at % 8)) & 1;
    }
};

std::optional<Cidr> cidrOf(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash + 1 == text.size() || text.size() > slash + 4) {
        return std::nullopt;
    }
    Cidr cidr;
    const auto address = text.substr(0, slash);
    cidr.family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
    if (inet_pton(cidr.family, address.c_str(), cidr.bytes.data()) != 1) {
        return std::nullopt;
    }
    for (const char digit : text.substr(slash + 1)) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        cidr.length = cidr.length * 10 + (digit - '0');
    }
    return cidr.length <= (cidr.family == AF_INET ? 32 : 128) ? std::optional(cidr) : std::nullopt;
}

/// Whether the first `bits` bits are the same, in one family.
bool agree(const Cidr& left, const Cidr& right, int bits) {
    if (left.family != right.family) {
        return false;
    }
    for (int at = 0; at < bits; ++at) {
        if (left.bit(at) != right.bit(at)) {
            return false;
        }
    }
    return true;
}

bool isUnspecified(const Cidr& cidr) {
    return cidr.bytes == std::array<unsigned char, 16>{};
}

bool cidrsMatchAsReference(const std::vector<std::string>& listed, const std::string& text) {
    const auto wanted = cidrOf(text);
    if (listed.empty() || !wanted) {
        return true;
    }
    return std::ranges::any_of(listed, [&](const auto& each) {
        if (each == "*") {
            return true;
        }
        const auto cidr = cidrOf(each);
        return isUnspecified(*cidr) || agree(*cidr, *wanted, cidr->length);
    });
}

bool cidrsMatchStrictly(
    const std::vector<std::string>& listed, const std::string& text, bool denies) {
    if (listed.empty()) {
        return true;
    }
    const auto wanted = cidrOf(text);
    return std::ranges::any_of(listed, [&](const auto& each) {
        if (each == "*" || !wanted) {
            return each == "*" || denies;
        }
        const auto cidr = cidrOf(each);
        // A denial wants one address in common, an acceptance all of them.
        return denies ? agree(*cidr, *wanted, std::min(cidr->length, wanted->length))
                      : cidr->length <= wanted->length && agree(*cidr, *wanted, cidr->length);
    });
}

/// Whether the group of that name holds the node, as each of the two readings counts.
bool groupMatches(
    const World& world, const std::string& name, const std::string& node, Reading reading) {
    if (reading == Reading::Strict) {
        const auto members = membersOf(world, name);
        return std::ranges::any_of(
            members, [&](const auto& member) { return isSubject(member, node); });
    }
    const auto* group = groupNamed(world, name);
    return group != nullptr && std::ranges::any_of(group->subjects, [&](const auto& subject) {
               return subject.name == node || subject.name == "*";
           });
}

bool nodesMatch(
    const World& world,
    const std::vector<std::string>& listed,
    const std::string& node,
    Reading reading) {
    if (listed.empty()) {
        return reading == Reading::Strict;
    }
    return std::ranges::any_of(listed, [&](const auto& each) {
        return each == "*" || each == node
               || (each.compare(0, 6, "group:") == 0
                   && groupMatches(world, each.substr(6), node, reading));
    });
}

bool matches(const World& world, const NetworkAcl& acl, const TextFlow& flow, Reading reading) {
    const bool denies = acl.action != AclAction::Accept;
    const auto cidrs = [&](const std::vector<std::string>& listed, const std::string& text) {
        return reading == Reading::Strict ? cidrsMatchStrictly(listed, text, denies)
                                          : cidrsMatchAsReference(listed, text);
    };
    return nodesMatch(world, acl.sourceNodes, flow.sourceNode, reading)
           && nodesMatch(world, acl.destinationNodes, flow.destinationNode, reading)
           && cidrs(acl.sourceCidrs, flow.source) && cidrs(acl.destinationCidrs, flow.destination);
}

bool isReadable(const NetworkAcl& acl) {
    for (const auto* list : {&acl.sourceCidrs, &acl.destinationCidrs}) {
        for (const auto& text : *list) {
            if (text != "*" && !cidrOf(text)) {
                return false;
            }
        }
    }
    return true;
}

const NetworkAcl* decidingAcl(const World& world, const TextFlow& flow, Reading reading) {
    const NetworkAcl* best = nullptr;
    for (const auto& acl : world.acls) {
        if (!isReadable(acl) || !matches(world, acl, flow, reading)) {
            continue;
        }
        if (best == nullptr || acl.priority > best->priority
            || (acl.priority == best->priority && acl.name < best->name)) {
            best = &acl;
        }
    }
    return best;
}

/// Whether one of the roles of that name allows it.
bool roleAllows(const World& world, const std::string& name, const Action& action) {
    for (const auto& role : world.roles) {
        for (const auto& rule : role.rules) {
            if (role.name == name && ruleAllows(rule, action)) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

bool allows(const World& world, const std::string& who, const Action& action) {
    if (world.rbacDisabled) {
        return true;
    }
    if (who.empty() || !isVerb(static_cast<int>(action.verb))
        || !isResource(static_cast<int>(action.resource))) {
        return false;
    }
    return std::ranges::any_of(world.bindings, [&](const auto& binding) {
        return isBound(world, binding, who) && roleAllows(world, binding.role, action);
    });
}

std::optional<std::string> decidingRule(const World& world, const TextFlow& flow, Reading reading) {
    const auto* acl = decidingAcl(world, flow, reading);
    return acl == nullptr ? std::nullopt : std::optional(acl->name);
}

bool accepts(const World& world, const TextFlow& flow, Reading reading) {
    const auto* acl = decidingAcl(world, flow, reading);
    return acl != nullptr && acl->action == AclAction::Accept;
}

}  // namespace weft::mesh::policy::oracle
