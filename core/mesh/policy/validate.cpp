// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/validate.h"

#include "core/base/text.h"
#include "core/net/ip_prefix.h"
#include "core/storage/registry/records.h"

#include <algorithm>
#include <string>

namespace weft::mesh::policy {
namespace {

template <typename List>
Status checkCount(const List& list, std::size_t most, std::string_view what) {
    if (list.size() > most) {
        return invalidArgument("{} {} are too many; at most {} are taken", list.size(), what, most);
    }
    return okStatus();
}

Status checkName(std::string_view kind, const std::string& name) {
    return annotate(storage::validateId(name), "name of the {}", kind);
}

Status checkVerbs(const Rule& rule) {
    if (rule.verbs.empty()) {
        return invalidArgument("it has no verb");
    }
    WEFT_RETURN_IF_ERROR(checkCount(rule.verbs, kMaxVerbs, "verbs"));
    for (const auto verb : rule.verbs) {
        if (nameOf(verb) == nameOf(Verb::Unknown)) {
            return invalidArgument("its verb {} is none", static_cast<int>(verb));
        }
    }
    return okStatus();
}

Status checkResources(const Rule& rule) {
    if (rule.resources.empty()) {
        return invalidArgument("it has no resource");
    }
    WEFT_RETURN_IF_ERROR(checkCount(rule.resources, kMaxResources, "resources"));
    for (const auto resource : rule.resources) {
        if (nameOf(resource) == nameOf(Resource::Unknown)) {
            return invalidArgument("its resource {} is none", static_cast<int>(resource));
        }
    }
    return okStatus();
}

Status checkResourceNames(const Rule& rule) {
    WEFT_RETURN_IF_ERROR(checkCount(rule.resourceNames, kMaxResourceNames, "resource names"));
    for (const auto& name : rule.resourceNames) {
        if (name.empty()) {
            return invalidArgument("a resource name is empty; leave the list empty for all names");
        }
        if (name.size() > kMaxResourceNameBytes) {
            return invalidArgument("a resource name has more than {} bytes", kMaxResourceNameBytes);
        }
        if (!base::isUtf8(name)) {
            return invalidArgument("a resource name is not UTF-8");
        }
    }
    return okStatus();
}

Status checkRule(const Rule& rule) {
    WEFT_RETURN_IF_ERROR(checkVerbs(rule));
    WEFT_RETURN_IF_ERROR(checkResources(rule));
    return checkResourceNames(rule);
}

bool isEverybody(const Subject& subject) {
    return subject.kind == SubjectKind::All && subject.name == kWildcard;
}

Status checkSubject(const Subject& subject, bool inGroup) {
    if (isEverybody(subject)) {
        return okStatus();
    }
    if (nameOf(subject.kind) == nameOf(SubjectKind::Unknown)) {
        return invalidArgument(
            "the subject {} has the type {}, which is none",
            base::escapeForLine(subject.name),
            static_cast<int>(subject.kind));
    }
    if (subject.name == kWildcard) {
        return invalidArgument("the subject * needs the type ALL, not {}", nameOf(subject.kind));
    }
    // The members of groups become nodes of access rules, so that the reference asks for node ids.
    const bool wantsNodeId = inGroup && subject.kind != SubjectKind::Group;
    const auto status =
        wantsNodeId ? storage::validateNodeId(subject.name) : storage::validateId(subject.name);
    return annotate(status, "subject {}", base::escapeForLine(subject.name));
}

Status checkSubjects(const std::vector<Subject>& subjects, bool inGroup) {
    if (subjects.empty()) {
        return invalidArgument("it has no subject");
    }
    WEFT_RETURN_IF_ERROR(checkCount(subjects, kMaxSubjects, "subjects"));
    for (const auto& subject : subjects) {
        WEFT_RETURN_IF_ERROR(checkSubject(subject, inGroup));
    }
    return okStatus();
}

Status checkNodes(const std::vector<std::string>& nodes) {
    WEFT_RETURN_IF_ERROR(checkCount(nodes, kMaxAclNodes, "nodes"));
    for (const auto& node : nodes) {
        if (node == kWildcard) {
            continue;
        }
        const auto text = std::string_view(node);
        const bool isGroup = text.starts_with(kGroupMark);
        WEFT_RETURN_IF_ERROR(annotate(
            storage::validateId(isGroup ? text.substr(kGroupMark.size()) : text),
            "{}",
            base::escapeForLine(node)));
    }
    return okStatus();
}

Status checkCidrs(const std::vector<std::string>& cidrs) {
    WEFT_RETURN_IF_ERROR(checkCount(cidrs, kMaxAclCidrs, "prefixes"));
    for (const auto& cidr : cidrs) {
        if (cidr != kWildcard) {
            WEFT_RETURN_IF_ERROR(net::IpPrefix::parse(cidr).status());
        }
    }
    return okStatus();
}

void reduceToEverybody(std::vector<Subject>& subjects) {
    if (std::ranges::any_of(subjects, isEverybody)) {
        subjects = {{.name = std::string(kWildcard), .kind = SubjectKind::All}};
    }
}

template <typename Value>
void reduceToAll(std::vector<Value>& values) {
    if (std::ranges::find(values, Value::All) != values.end()) {
        values = {Value::All};
    }
}

}  // namespace

Status validate(const Role& role) {
    WEFT_RETURN_IF_ERROR(checkName("role", role.name));
    if (role.rules.empty()) {
        return invalidArgument("role {} has no rule", base::escapeForLine(role.name));
    }
    WEFT_RETURN_IF_ERROR(annotate(
        checkCount(role.rules, kMaxRules, "rules"), "role {}", base::escapeForLine(role.name)));
    for (std::size_t at = 0; at < role.rules.size(); ++at) {
        WEFT_RETURN_IF_ERROR(annotate(
            checkRule(role.rules[at]), "role {}, rule {}", base::escapeForLine(role.name), at + 1));
    }
    return okStatus();
}

Status validate(const RoleBinding& binding) {
    WEFT_RETURN_IF_ERROR(checkName("role binding", binding.name));
    WEFT_RETURN_IF_ERROR(annotate(
        checkName("role", binding.role), "role binding {}", base::escapeForLine(binding.name)));
    return annotate(
        checkSubjects(binding.subjects, false),
        "role binding {}",
        base::escapeForLine(binding.name));
}

Status validate(const Group& group) {
    WEFT_RETURN_IF_ERROR(checkName("group", group.name));
    WEFT_RETURN_IF_ERROR(
        annotate(checkSubjects(group.subjects, true), "group {}", base::escapeForLine(group.name)));
    const Subject self{.name = group.name, .kind = SubjectKind::Group};
    if (std::ranges::find(group.subjects, self) != group.subjects.end()) {
        return invalidArgument("group {} contains itself", base::escapeForLine(group.name));
    }
    return okStatus();
}

Status validate(const NetworkAcl& acl) {
    WEFT_RETURN_IF_ERROR(checkName("access rule", acl.name));
    if (acl.action != AclAction::Accept && acl.action != AclAction::Deny
        && acl.action != AclAction::Unknown) {
        return invalidArgument(
            "access rule {} has the action {}, which is none",
            base::escapeForLine(acl.name),
            static_cast<int>(acl.action));
    }
    if (acl.sourceNodes.empty() && acl.destinationNodes.empty() && acl.sourceCidrs.empty()
        && acl.destinationCidrs.empty()) {
        return invalidArgument(
            "access rule {} names no source and no destination; write * for all nodes",
            base::escapeForLine(acl.name));
    }
    WEFT_RETURN_IF_ERROR(annotate(
        checkNodes(acl.sourceNodes),
        "access rule {}, source nodes",
        base::escapeForLine(acl.name)));
    WEFT_RETURN_IF_ERROR(annotate(
        checkNodes(acl.destinationNodes),
        "access rule {}, destination nodes",
        base::escapeForLine(acl.name)));
    WEFT_RETURN_IF_ERROR(annotate(
        checkCidrs(acl.sourceCidrs),
        "access rule {}, source prefixes",
        base::escapeForLine(acl.name)));
    return annotate(
        checkCidrs(acl.destinationCidrs),
        "access rule {}, destination prefixes",
        base::escapeForLine(acl.name));
}

Role normalised(Role role) {
    for (auto& rule : role.rules) {
        reduceToAll(rule.verbs);
        reduceToAll(rule.resources);
    }
    return role;
}

RoleBinding normalised(RoleBinding binding) {
    reduceToEverybody(binding.subjects);
    return binding;
}

Group normalised(Group group) {
    reduceToEverybody(group.subjects);
    return group;
}

NetworkAcl normalised(NetworkAcl acl) {
    for (auto* nodes : {&acl.sourceNodes, &acl.destinationNodes}) {
        if (nodes->empty()) {
            nodes->emplace_back(kWildcard);
        }
    }
    return acl;
}

Protection protectionOf(ObjectKind kind, std::string_view name) {
    switch (kind) {
    case ObjectKind::Role:
        return name == kAdminRole || name == kVotersRole ? Protection::Sealed : Protection::None;
    case ObjectKind::RoleBinding:
        return name == kAdminBinding || name == kVotersBinding ? Protection::Sealed
                                                               : Protection::None;
    case ObjectKind::Group:
        return name == kVotersGroup ? Protection::KeepExisting : Protection::None;
    case ObjectKind::NetworkAcl:
        // Without it a mesh that denies by default cuts its servers off from each other.
        return name == kServersAcl ? Protection::Sealed : Protection::None;
    case ObjectKind::Route:
    case ObjectKind::Edge:
        break;
    }
    return Protection::None;
}

bool isSystemObject(ObjectKind kind, std::string_view name) {
    return protectionOf(kind, name) != Protection::None;
}

}  // namespace weft::mesh::policy
