// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_options.h"

#include "app/cli/output.h"
#include "core/api/policy_words.h"
#include "core/net/network.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace weft::cli {
namespace {

StatusOr<std::int32_t> integer(const Parsed& parsed, std::string_view name) {
    if (!parsed.has(name)) {
        return 0;
    }
    const std::string given = parsed.text(name);
    std::int32_t value = 0;
    const char* const end = given.data() + given.size();
    const auto [stopped, error] = std::from_chars(given.data(), end, value);
    if (error != std::errc{} || stopped != end) {
        return invalidArgument("--{}: \"{}\" is not a whole number of 32 bits", name, given);
    }
    return value;
}

Status checkPrefixes(const Parsed& parsed, std::string_view name, bool wildcard) {
    for (const std::string& text : parsed.list(name)) {
        const bool isAll = wildcard && text == "*";
        if (const auto network = net::parseNetwork(text); !isAll && !network.ok()) {
            return annotate(network.status(), "--{}", name);
        }
    }
    return okStatus();
}

void addSubjects(
    const Parsed& parsed,
    std::string_view option,
    api::SubjectKind kind,
    std::vector<api::Subject>& subjects) {
    for (std::string& name : parsed.list(option)) {
        const bool isEverybody = name == "*";
        subjects.push_back({std::move(name), isEverybody ? api::SubjectKind::All : kind});
    }
}

std::vector<api::Subject> subjectsOf(const Parsed& parsed) {
    std::vector<api::Subject> subjects;
    addSubjects(parsed, "node", api::SubjectKind::Node, subjects);
    addSubjects(parsed, "user", api::SubjectKind::User, subjects);
    addSubjects(parsed, "group", api::SubjectKind::Group, subjects);
    return subjects;
}

StatusOr<api::PolicyObject> roleOf(const Parsed& parsed) {
    api::RoleRule rule;
    for (const std::string& word : parsed.list("verb")) {
        WEFT_ASSIGN_OR_RETURN(const auto verb, api::parsePolicyVerb(word));
        rule.verbs.push_back(verb);
    }
    for (const std::string& word : parsed.list("resource")) {
        WEFT_ASSIGN_OR_RETURN(const auto resource, api::parsePolicyResource(word));
        rule.resources.push_back(resource);
    }
    rule.resourceNames = parsed.list("resource-name");
    if (rule.verbs.empty() || rule.resources.empty()) {
        return invalidArgument("a role needs --verb and --resource: give both, or --file");
    }
    return api::Role{parsed.text("NAME"), {std::move(rule)}};
}

StatusOr<api::PolicyObject> bindingOf(const Parsed& parsed) {
    api::RoleBinding binding{parsed.text("NAME"), parsed.text("role"), subjectsOf(parsed)};
    if (binding.role.empty() || binding.subjects.empty()) {
        return invalidArgument(
            "a role binding needs --role and somebody who gets it: give --node, --user or --group, "
            "or --file");
    }
    return binding;
}

StatusOr<api::PolicyObject> groupOf(const Parsed& parsed) {
    api::Group group{parsed.text("NAME"), subjectsOf(parsed)};
    if (group.subjects.empty()) {
        return invalidArgument("a group needs a member: give --node, --user or --group, or --file");
    }
    return group;
}

StatusOr<api::PolicyObject> aclOf(const Parsed& parsed) {
    if (parsed.has("accept") == parsed.has("deny")) {
        return invalidArgument("an access rule either lets pass or stops: give --accept or --deny");
    }
    api::NetworkAcl acl;
    acl.name = parsed.text("NAME");
    WEFT_ASSIGN_OR_RETURN(acl.priority, integer(parsed, "priority"));
    acl.action = parsed.has("accept") ? api::AclAction::Accept : api::AclAction::Deny;
    WEFT_RETURN_IF_ERROR(checkPrefixes(parsed, "src-cidr", true));
    WEFT_RETURN_IF_ERROR(checkPrefixes(parsed, "dst-cidr", true));
    acl.sourceNodes = parsed.list("src-node");
    acl.destinationNodes = parsed.list("dst-node");
    acl.sourceCidrs = parsed.list("src-cidr");
    acl.destinationCidrs = parsed.list("dst-cidr");
    // The mesh takes no rule that says nothing, and stores an empty list of nodes as any.
    if (acl.sourceNodes.empty()) {
        acl.sourceNodes = {"*"};
    }
    if (acl.destinationNodes.empty()) {
        acl.destinationNodes = {"*"};
    }
    return acl;
}

StatusOr<api::PolicyObject> routeOf(const Parsed& parsed) {
    api::Route route{
        parsed.text("NAME"), parsed.text("node"), parsed.list("cidr"), parsed.text("next-hop")};
    if (route.node.empty() || route.destinationCidrs.empty()) {
        return invalidArgument("a route needs --node and --cidr: give both, or --file");
    }
    WEFT_RETURN_IF_ERROR(checkPrefixes(parsed, "cidr", false));
    return route;
}

StatusOr<api::PolicyObject> edgeOf(const Parsed& parsed) {
    api::MeshEdge edge;
    edge.source = parsed.text("from");
    edge.target = parsed.text("to");
    if (edge.source.empty() || edge.target.empty()) {
        return invalidArgument("an edge needs --from and --to: give both, or --file");
    }
    WEFT_ASSIGN_OR_RETURN(edge.weight, integer(parsed, "weight"));
    if (parsed.has("ice")) {
        edge.attributes[api::kEdgeAttributeIce] = "true";
    }
    if (parsed.has("libp2p")) {
        edge.attributes[api::kEdgeAttributeLibp2p] = "true";
    }
    return edge;
}

}  // namespace

StatusOr<api::PolicyObject> objectOf(api::PolicyKind kind, const Parsed& parsed) {
    if (kind != api::PolicyKind::Edge && parsed.text("NAME").empty()) {
        return invalidArgument("NAME is missing: give it, or --file");
    }
    switch (kind) {
    case api::PolicyKind::Role:
        return roleOf(parsed);
    case api::PolicyKind::RoleBinding:
        return bindingOf(parsed);
    case api::PolicyKind::Group:
        return groupOf(parsed);
    case api::PolicyKind::NetworkAcl:
        return aclOf(parsed);
    case api::PolicyKind::Route:
        return routeOf(parsed);
    case api::PolicyKind::Edge:
        break;
    }
    return edgeOf(parsed);
}

StatusOr<api::ObjectRef> refOf(api::PolicyKind kind, const Parsed& parsed) {
    if (kind != api::PolicyKind::Edge) {
        if (parsed.text("NAME").empty()) {
            return invalidArgument("NAME is missing: give it, or --file");
        }
        return api::ObjectRef{kind, parsed.text("NAME"), {}};
    }
    api::ObjectRef ref{kind, parsed.text("from"), parsed.text("to")};
    if (ref.name.empty() || ref.target.empty()) {
        return invalidArgument("an edge is named by its ends: give --from and --to");
    }
    return ref;
}

StatusOr<std::uint64_t> changeIdOf(const std::string& text) {
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc{} || end != text.data() + text.size() || id == 0) {
        return invalidArgument(
            "{} is no number of a change: weftctl policy history lists them", safe(text));
    }
    return id;
}

StatusOr<api::ObjectRef> objectNamed(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash + 1 == text.size()) {
        return invalidArgument(
            "{} is no object: write KIND/NAME, as in group/laptops or edge/alpha/beta", safe(text));
    }
    api::ObjectRef ref;
    WEFT_ASSIGN_OR_RETURN(ref.kind, api::parsePolicyKind(text.substr(0, slash)));
    ref.name = text.substr(slash + 1);
    const auto second = ref.name.find('/');
    if (ref.kind == api::PolicyKind::Edge) {
        if (second == std::string::npos) {
            return invalidArgument("{} names one end of an edge: write edge/A/B", safe(text));
        }
        ref.target = ref.name.substr(second + 1);
        ref.name.resize(second);
    }
    return ref;
}

StatusOr<std::vector<api::ObjectRef>> objectsNamed(const std::vector<std::string>& texts) {
    std::vector<api::ObjectRef> refs;
    for (const auto& text : texts) {
        WEFT_ASSIGN_OR_RETURN(auto ref, objectNamed(text));
        refs.push_back(std::move(ref));
    }
    return refs;
}

StatusOr<std::chrono::seconds> revertAfterOf(const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto after, parsed.duration("auto-revert", Duration::zero()));
    return std::chrono::ceil<std::chrono::seconds>(after);
}

}  // namespace weft::cli
