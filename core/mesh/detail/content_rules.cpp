// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/content_rules.h"

#include "core/base/text.h"
#include "core/mesh/detail/limits.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;
using policy::Protection;
using policy::Verb;
using storage::Compare;

void mustExist(std::string key, storage::Transaction& transaction) {
    transaction.conditions.push_back({Compare::Kind::Exists, std::move(key), 0, {}});
}

/// Checks the contents and what they refer to, puts the form that is stored into `object`, and adds
/// the conditions that it needs.
class ContentRules {
public:
    ContentRules(
        const MeshView& view,
        const RulesAfter& after,
        const Caller& caller,
        storage::Transaction& transaction)
        : view_(view), after_(after), caller_(caller), transaction_(transaction) {}

    Status operator()(policy::Role& role) const {
        WEFT_RETURN_IF_ERROR(validate(role));
        role = normalised(std::move(role));
        return mayGrant(view_, caller_, role);
    }

    Status operator()(policy::RoleBinding& binding) const {
        WEFT_RETURN_IF_ERROR(validate(binding));
        binding = normalised(std::move(binding));
        const auto* role = after_.rules == nullptr ? nullptr : after_.rules->role(binding.role);
        if (role == nullptr) {
            return failedPrecondition(
                "there is no role {}: create it first", base::escapeForLine(binding.role));
        }
        if (!after_.changesRoles) {
            mustExist(keyOf({ObjectKind::Role, binding.role}), transaction_);
        }
        return mayGrant(view_, caller_, *role);
    }

    Status operator()(policy::Group& group) const {
        WEFT_RETURN_IF_ERROR(validate(group));
        group = normalised(std::move(group));
        if (after_.rules == nullptr || onlyRemoves(group)) {
            return okStatus();
        }
        // Who is added gets what bindings give to the group.
        for (const auto* role : after_.rules->rolesOfGroup(group.name)) {
            WEFT_RETURN_IF_ERROR(mayGrant(view_, caller_, *role));
        }
        return okStatus();
    }

    Status operator()(policy::NetworkAcl& acl) const {
        WEFT_RETURN_IF_ERROR(validate(acl));
        acl = normalised(std::move(acl));
        return okStatus();
    }

    Status operator()(storage::RouteRecord& route) const {
        const auto node = std::string_view(route.node);
        const bool isGroup = node.starts_with(policy::kGroupMark);
        WEFT_RETURN_IF_ERROR(annotate(
            storage::validateId(isGroup ? node.substr(policy::kGroupMark.size()) : node),
            "{} of the route",
            isGroup ? "group" : "node"));
        if (!route.nextHopNode.empty()) {
            WEFT_RETURN_IF_ERROR(
                annotate(storage::validateId(route.nextHopNode), "next hop of the route"));
        }
        if (route.destinations.empty()) {
            return invalidArgument("route {} has no destination", route.name);
        }
        // Whoever may write routes may offer the way to everywhere, where no join may: it is used
        // by consent alone, and takes no address from the mesh.
        auto narrow = route.destinations;
        std::erase_if(narrow, [](const net::IpPrefix& each) { return each.isDefaultRoute(); });
        return validateRoutes(narrow, infoOf(view_.registry));
    }

    Status operator()(storage::EdgeRecord& edge) const {
        for (const auto& end : {edge.source, edge.target}) {
            if (view_.registry.node(end) == nullptr) {
                return failedPrecondition(
                    "there is no node {} that the edge could end at",
                    base::escapeForLine(end.value()));
            }
            mustExist(storage::nodeKey(end), transaction_);
        }
        if (edge.attributes.size() > kMaxEdgeAttributes) {
            return invalidArgument("an edge has at most {} attributes", kMaxEdgeAttributes);
        }
        for (const auto& [name, value] : edge.attributes) {
            if (name.size() > kMaxTextBytes || value.size() > kMaxTextBytes || !base::isUtf8(name)
                || !base::isUtf8(value)) {
                return invalidArgument(
                    "the attributes of an edge are texts of at most {} bytes", kMaxTextBytes);
            }
        }
        return okStatus();
    }

private:
    bool onlyRemoves(const policy::Group& group) const {
        const auto* json = view_.registry.raw(keyOf({ObjectKind::Group, group.name}));
        const auto before = json == nullptr ? StatusOr<policy::Group>(notFound("none"))
                                            : policy::decodeGroup(*json);
        return before.ok() && std::ranges::all_of(group.subjects, [&before](const auto& subject) {
                   return std::ranges::find(before->subjects, subject) != before->subjects.end();
               });
    }

    const MeshView& view_;
    const RulesAfter& after_;
    const Caller& caller_;
    storage::Transaction& transaction_;
};

}  // namespace

Status authoriseWrite(const MeshView& view, const ObjectRef& ref, Verb verb, const Caller& caller) {
    const auto resource = policy::resourceOf(ref.kind);
    if (ref.kind == ObjectKind::Edge) {
        return authorise(view, caller, {{verb, resource, ref.name}, {verb, resource, ref.target}});
    }
    return authorise(view, caller, {{verb, resource, ref.name}});
}

Status validateNames(const ObjectRef& ref) {
    if (ref.kind == ObjectKind::Edge) {
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(ref.name), "source of the edge"));
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(ref.target), "target of the edge"));
        if (ref.name == ref.target) {
            return invalidArgument("an edge links two nodes, not {} with itself", ref.name);
        }
        return okStatus();
    }
    return annotate(storage::validateId(ref.name), "name of the {}", kindName(ref.kind));
}

Status checkProtection(const ObjectRef& ref, bool removing) {
    const auto protection = policy::protectionOf(ref.kind, ref.name);
    if (protection == Protection::Sealed || (protection == Protection::KeepExisting && removing)) {
        return invalidArgument(
            "the {} {} belongs to the mesh itself and cannot be {}",
            kindName(ref.kind),
            ref.name,
            removing ? "removed" : "changed");
    }
    return okStatus();
}

Status checkContents(
    const MeshView& view,
    const RulesAfter& after,
    const Caller& caller,
    PolicyObject& object,
    storage::Transaction& transaction) {
    return std::visit(ContentRules(view, after, caller, transaction), object);
}

}  // namespace weft::mesh::detail
