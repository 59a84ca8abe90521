// SPDX-License-Identifier: Apache-2.0
#include "core/api/policy_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace weft::api {
namespace {

/// The first word of a value is the one that is written.
template <typename Value>
struct Word {
    Value value;
    std::string_view text;
};

constexpr std::array kKinds = std::to_array<Word<PolicyKind>>({
    {PolicyKind::Role, "role"},
    {PolicyKind::RoleBinding, "rolebinding"},
    {PolicyKind::Group, "group"},
    {PolicyKind::NetworkAcl, "acl"},
    {PolicyKind::Route, "route"},
    {PolicyKind::Edge, "edge"},
    {PolicyKind::Role, "roles"},
    {PolicyKind::RoleBinding, "rolebindings"},
    {PolicyKind::RoleBinding, "binding"},
    {PolicyKind::RoleBinding, "bindings"},
    {PolicyKind::Group, "groups"},
    {PolicyKind::NetworkAcl, "acls"},
    {PolicyKind::NetworkAcl, "networkacl"},
    {PolicyKind::NetworkAcl, "networkacls"},
    {PolicyKind::Route, "routes"},
    {PolicyKind::Edge, "edges"},
});

constexpr std::array kVerbs = std::to_array<Word<PolicyVerb>>({
    {PolicyVerb::Put, "put"},
    {PolicyVerb::Get, "get"},
    {PolicyVerb::Delete, "delete"},
    {PolicyVerb::All, "*"},
    {PolicyVerb::All, "all"},
    {PolicyVerb::Put, "verb_put"},
    {PolicyVerb::Get, "verb_get"},
    {PolicyVerb::Delete, "verb_delete"},
    {PolicyVerb::All, "verb_all"},
});

constexpr std::array kResources = std::to_array<Word<PolicyResource>>({
    {PolicyResource::Votes, "votes"},
    {PolicyResource::Roles, "roles"},
    {PolicyResource::RoleBindings, "rolebindings"},
    {PolicyResource::Groups, "groups"},
    {PolicyResource::NetworkAcls, "networkacls"},
    {PolicyResource::Routes, "routes"},
    {PolicyResource::DataChannels, "datachannels"},
    {PolicyResource::Edges, "edges"},
    {PolicyResource::Observers, "observers"},
    {PolicyResource::PubSub, "pubsub"},
    {PolicyResource::All, "*"},
    {PolicyResource::All, "all"},
    {PolicyResource::NetworkAcls, "acls"},
    {PolicyResource::Votes, "resource_votes"},
    {PolicyResource::Roles, "resource_roles"},
    {PolicyResource::RoleBindings, "resource_role_bindings"},
    {PolicyResource::Groups, "resource_groups"},
    {PolicyResource::NetworkAcls, "resource_network_acls"},
    {PolicyResource::Routes, "resource_routes"},
    {PolicyResource::DataChannels, "resource_data_channels"},
    {PolicyResource::Edges, "resource_edges"},
    {PolicyResource::Observers, "resource_observers"},
    {PolicyResource::PubSub, "resource_pubsub"},
    {PolicyResource::All, "resource_all"},
});

constexpr std::array kSubjects = std::to_array<Word<SubjectKind>>({
    {SubjectKind::Node, "node"},
    {SubjectKind::User, "user"},
    {SubjectKind::Group, "group"},
    {SubjectKind::All, "*"},
    {SubjectKind::All, "all"},
    {SubjectKind::Node, "subject_node"},
    {SubjectKind::User, "subject_user"},
    {SubjectKind::Group, "subject_group"},
    {SubjectKind::All, "subject_all"},
});

constexpr std::array kActions = std::to_array<Word<AclAction>>({
    {AclAction::Accept, "accept"},
    {AclAction::Deny, "deny"},
    {AclAction::Accept, "action_accept"},
    {AclAction::Deny, "action_deny"},
});

template <typename Value, std::size_t Count>
std::string_view wordOf(const std::array<Word<Value>, Count>& words, Value value) {
    const auto found = std::ranges::find(words, value, &Word<Value>::value);
    return found == words.end() ? "unknown" : found->text;
}

std::string lowered(std::string_view text) {
    std::string low;
    for (const char c : text) {
        low.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return low;
}

template <typename Value, std::size_t Count>
StatusOr<Value> parsed(
    const std::array<Word<Value>, Count>& words, std::string_view what, std::string_view text) {
    const auto found = std::ranges::find(words, lowered(text), &Word<Value>::text);
    if (found != words.end()) {
        return found->value;
    }
    std::string known;
    for (const auto& word : words) {
        if (wordOf(words, word.value) == word.text) {
            known += (known.empty() ? "" : ", ") + std::string(word.text);
        }
    }
    return invalidArgument(R"(there is no {} "{}"; there are: {})", what, text, known);
}

}  // namespace

std::string_view wordFor(PolicyKind kind) {
    return wordOf(kKinds, kind);
}

std::string_view wordFor(PolicyVerb verb) {
    return wordOf(kVerbs, verb);
}

std::string_view wordFor(PolicyResource resource) {
    return wordOf(kResources, resource);
}

std::string_view wordFor(SubjectKind kind) {
    return wordOf(kSubjects, kind);
}

std::string_view wordFor(AclAction action) {
    return wordOf(kActions, action);
}

std::string_view wordFor(AddressFamily family) {
    return family == AddressFamily::Ipv4 ? "IPv4" : "IPv6";
}

StatusOr<PolicyKind> parsePolicyKind(std::string_view text) {
    return parsed(kKinds, "kind", text);
}

StatusOr<PolicyVerb> parsePolicyVerb(std::string_view text) {
    return parsed(kVerbs, "verb", text);
}

StatusOr<PolicyResource> parsePolicyResource(std::string_view text) {
    return parsed(kResources, "resource", text);
}

StatusOr<SubjectKind> parseSubjectKind(std::string_view text) {
    return parsed(kSubjects, "kind of subject", text);
}

StatusOr<AclAction> parseAclAction(std::string_view text) {
    return parsed(kActions, "action", text);
}

std::string describe(const ObjectRef& ref) {
    if (ref.kind == PolicyKind::Edge) {
        return fmt::format("edge {} - {}", ref.name, ref.target);
    }
    return fmt::format("{} {}", wordFor(ref.kind), ref.name);
}

std::string describe(const Subject& subject) {
    switch (subject.kind) {
    case SubjectKind::Group:
        return "group:" + subject.name;
    case SubjectKind::User:
        return "user " + subject.name;
    default:
        return subject.name;
    }
}

}  // namespace weft::api
