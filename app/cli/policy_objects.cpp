// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_objects.h"

#include "core/api/policy_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::cli {
namespace {

namespace policy = mesh::policy;

/// Both sides of an enumeration, in pairs.
template <typename One, typename Other, std::size_t N>
using Pairs = std::array<std::pair<One, Other>, N>;

constexpr Pairs<api::PolicyVerb, policy::Verb, 5> kVerbs{{
    {api::PolicyVerb::Unknown, policy::Verb::Unknown},
    {api::PolicyVerb::Put, policy::Verb::Put},
    {api::PolicyVerb::Get, policy::Verb::Get},
    {api::PolicyVerb::Delete, policy::Verb::Delete},
    {api::PolicyVerb::All, policy::Verb::All},
}};
constexpr Pairs<api::PolicyResource, policy::Resource, 12> kResources{{
    {api::PolicyResource::Unknown, policy::Resource::Unknown},
    {api::PolicyResource::Votes, policy::Resource::Votes},
    {api::PolicyResource::Roles, policy::Resource::Roles},
    {api::PolicyResource::RoleBindings, policy::Resource::RoleBindings},
    {api::PolicyResource::Groups, policy::Resource::Groups},
    {api::PolicyResource::NetworkAcls, policy::Resource::NetworkAcls},
    {api::PolicyResource::Routes, policy::Resource::Routes},
    {api::PolicyResource::DataChannels, policy::Resource::DataChannels},
    {api::PolicyResource::Edges, policy::Resource::Edges},
    {api::PolicyResource::Observers, policy::Resource::Observers},
    {api::PolicyResource::PubSub, policy::Resource::PubSub},
    {api::PolicyResource::All, policy::Resource::All},
}};
constexpr Pairs<api::SubjectKind, policy::SubjectKind, 5> kSubjects{{
    {api::SubjectKind::Unknown, policy::SubjectKind::Unknown},
    {api::SubjectKind::Node, policy::SubjectKind::Node},
    {api::SubjectKind::User, policy::SubjectKind::User},
    {api::SubjectKind::Group, policy::SubjectKind::Group},
    {api::SubjectKind::All, policy::SubjectKind::All},
}};
constexpr Pairs<api::AclAction, policy::AclAction, 3> kActions{{
    {api::AclAction::Unknown, policy::AclAction::Unknown},
    {api::AclAction::Accept, policy::AclAction::Accept},
    {api::AclAction::Deny, policy::AclAction::Deny},
}};

template <typename One, typename Other, std::size_t N>
Other across(const Pairs<One, Other, N>& pairs, One value) {
    const auto* found =
        std::ranges::find(pairs, value, [](const auto& pair) { return pair.first; });
    return found == pairs.end() ? pairs.front().second : found->second;
}
template <typename One, typename Other, std::size_t N>
One back(const Pairs<One, Other, N>& pairs, Other value) {
    const auto* found =
        std::ranges::find(pairs, value, [](const auto& pair) { return pair.second; });
    return found == pairs.end() ? pairs.front().first : found->first;
}
template <typename One, typename Other, std::size_t N>
std::vector<Other> allAcross(const Pairs<One, Other, N>& pairs, const std::vector<One>& values) {
    std::vector<Other> all;
    std::ranges::transform(
        values, std::back_inserter(all), [&](One value) { return across(pairs, value); });
    return all;
}
template <typename One, typename Other, std::size_t N>
std::vector<One> allBack(const Pairs<One, Other, N>& pairs, const std::vector<Other>& values) {
    std::vector<One> all;
    std::ranges::transform(
        values, std::back_inserter(all), [&](Other value) { return back(pairs, value); });
    return all;
}

std::vector<policy::Subject> subjectsOf(const std::vector<api::Subject>& subjects) {
    std::vector<policy::Subject> all;
    all.reserve(subjects.size());
    for (const auto& subject : subjects) {
        all.push_back({subject.name, across(kSubjects, subject.kind)});
    }
    return all;
}
std::vector<api::Subject> subjectsOf(const std::vector<policy::Subject>& subjects) {
    std::vector<api::Subject> all;
    all.reserve(subjects.size());
    for (const auto& subject : subjects) {
        all.push_back({subject.name, back(kSubjects, subject.kind)});
    }
    return all;
}

struct ToMesh {
    using Result = StatusOr<mesh::PolicyObject>;

    Result operator()(const api::Role& role) const {
        policy::Role made{role.name, {}};
        for (const auto& rule : role.rules) {
            made.rules.push_back(
                {allAcross(kResources, rule.resources),
                 rule.resourceNames,
                 allAcross(kVerbs, rule.verbs)});
        }
        return made;
    }
    Result operator()(const api::RoleBinding& binding) const {
        return policy::RoleBinding{binding.name, binding.role, subjectsOf(binding.subjects)};
    }
    Result operator()(const api::Group& group) const {
        return policy::Group{group.name, subjectsOf(group.subjects)};
    }
    Result operator()(const api::NetworkAcl& acl) const {
        return policy::NetworkAcl{
            acl.name,
            acl.priority,
            across(kActions, acl.action),
            acl.sourceNodes,
            acl.destinationNodes,
            acl.sourceCidrs,
            acl.destinationCidrs};
    }
    Result operator()(const api::Route& route) const {
        storage::RouteRecord made{route.name, route.node, {}, route.nextHopNode};
        for (const auto& text : route.destinationCidrs) {
            WEFT_ASSIGN_OR_RETURN(const auto prefix, net::IpPrefix::parse(text));
            made.destinations.push_back(prefix);
        }
        return made;
    }
    Result operator()(const api::MeshEdge& edge) const {
        return storage::EdgeRecord{
            storage::NodeId(edge.source),
            storage::NodeId(edge.target),
            edge.weight,
            edge.attributes};
    }
};

struct ToApi {
    using Result = api::PolicyObject;

    Result operator()(const policy::Role& role) const {
        api::Role made{role.name, {}};
        for (const auto& rule : role.rules) {
            made.rules.push_back(
                {allBack(kResources, rule.resources),
                 rule.resourceNames,
                 allBack(kVerbs, rule.verbs)});
        }
        return made;
    }
    Result operator()(const policy::RoleBinding& binding) const {
        return api::RoleBinding{binding.name, binding.role, subjectsOf(binding.subjects)};
    }
    Result operator()(const policy::Group& group) const {
        return api::Group{group.name, subjectsOf(group.subjects)};
    }
    Result operator()(const policy::NetworkAcl& acl) const {
        return api::NetworkAcl{
            acl.name,
            acl.priority,
            back(kActions, acl.action),
            acl.sourceNodes,
            acl.destinationNodes,
            acl.sourceCidrs,
            acl.destinationCidrs};
    }
    Result operator()(const storage::RouteRecord& route) const {
        api::Route made{route.name, route.node, {}, route.nextHopNode};
        for (const auto& prefix : route.destinations) {
            made.destinationCidrs.push_back(prefix.toString());
        }
        return made;
    }
    Result operator()(const storage::EdgeRecord& edge) const {
        return api::MeshEdge{
            edge.source.value(), edge.target.value(), edge.weight, edge.attributes};
    }
};

}  // namespace

StatusOr<mesh::PolicyObject> toMesh(const api::PolicyObject& object) {
    auto made = std::visit(ToMesh{}, object);
    return made.ok() ? std::move(made)
                     : StatusOr<mesh::PolicyObject>(
                         annotate(made.status(), "{}", describe(refOf(object))));
}

StatusOr<mesh::changes::PolicySet> toMesh(const api::PolicyState& state) {
    mesh::changes::PolicySet set;
    for (const auto& stored : state.objects) {
        WEFT_ASSIGN_OR_RETURN(auto object, toMesh(stored.object));
        set.put(std::move(object));
    }
    return set;
}

mesh::ObjectRef toMesh(const api::ObjectRef& ref) {
    // The kinds stand in one order everywhere.
    return {mesh::kObjectKinds.at(static_cast<std::size_t>(ref.kind)), ref.name, ref.target};
}

StatusOr<mesh::changes::Edit> toMesh(const api::PolicyEdit& edit) {
    mesh::changes::Edit made{toMesh(edit.ref), {}, {}};
    if (edit.before) {
        WEFT_ASSIGN_OR_RETURN(made.before, toMesh(*edit.before));
    }
    if (edit.after) {
        WEFT_ASSIGN_OR_RETURN(made.after, toMesh(*edit.after));
    }
    return made;
}

StatusOr<std::vector<mesh::changes::Edit>> toMesh(const std::vector<api::PolicyEdit>& edits) {
    std::vector<mesh::changes::Edit> all;
    all.reserve(edits.size());
    for (const auto& edit : edits) {
        WEFT_ASSIGN_OR_RETURN(auto made, toMesh(edit));
        all.push_back(std::move(made));
    }
    return all;
}

api::PolicyObject toApi(const mesh::PolicyObject& object) {
    return std::visit(ToApi{}, object);
}

api::ObjectRef toApi(const mesh::ObjectRef& ref) {
    return {static_cast<api::PolicyKind>(ref.kind), ref.name, ref.target};
}

api::PolicyEdit toApi(const mesh::changes::Edit& edit) {
    api::PolicyEdit made{toApi(edit.ref), {}, {}};
    if (edit.before) {
        made.before = toApi(*edit.before);
    }
    if (edit.after) {
        made.after = toApi(*edit.after);
    }
    return made;
}

std::vector<api::PolicyEdit> toApi(const std::vector<mesh::changes::Edit>& edits) {
    std::vector<api::PolicyEdit> all;
    all.reserve(edits.size());
    for (const auto& edit : edits) {
        all.push_back(toApi(edit));
    }
    return all;
}

}  // namespace weft::cli
