// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/fault_line.h"

#include "core/mesh/policy/validate.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh::changes::detail {
namespace {

/// The first entry of a list that is wrong by itself. `bare` is the object without entries.
template <typename Object, typename Entry>
std::optional<std::size_t> lineInList(
    Object bare,
    std::vector<Entry> Object::*list,
    const Object& object,
    const YamlFields& fields,
    std::string_view name) {
    const auto* value = fields.find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < value->items.size() && at < (object.*list).size(); ++at) {
        bare.*list = {(object.*list)[at]};
        if (!policy::validate(bare).ok()) {
            return value->items[at].line;
        }
    }
    return std::nullopt;
}

class FaultLine {
public:
    explicit FaultLine(const YamlFields& fields) : fields_(fields) {}

    std::size_t operator()(const policy::Role& role) const {
        return lineInList(policy::Role{role.name, {}}, &policy::Role::rules, role, fields_, "rules")
            .value_or(fields_.line());
    }
    std::size_t operator()(const policy::RoleBinding& binding) const {
        if (!storage::validateId(binding.role).ok()) {
            return fields_.lineOf("role");
        }
        const policy::RoleBinding bare{binding.name, binding.role, {}};
        return lineInList(bare, &policy::RoleBinding::subjects, binding, fields_, "subjects")
            .value_or(fields_.line());
    }
    std::size_t operator()(const policy::Group& group) const {
        const policy::Group bare{group.name, {}};
        return lineInList(bare, &policy::Group::subjects, group, fields_, "subjects")
            .value_or(fields_.line());
    }
    std::size_t operator()(const policy::NetworkAcl& acl) const {
        using policy::NetworkAcl;
        policy::NetworkAcl bare;
        bare.name = acl.name;
        for (const auto& [list, name] :
             {std::pair(&NetworkAcl::sourceNodes, "sourceNodes"),
              std::pair(&NetworkAcl::destinationNodes, "destinationNodes"),
              std::pair(&NetworkAcl::sourceCidrs, "sourceCidrs"),
              std::pair(&NetworkAcl::destinationCidrs, "destinationCidrs")}) {
            if (const auto line = lineInList(bare, list, acl, fields_, name)) {
                return *line;
            }
        }
        return fields_.line();
    }
    std::size_t operator()(const storage::RouteRecord& route) const {
        if (!route.nextHopNode.empty() && !storage::validateId(route.nextHopNode).ok()) {
            return fields_.lineOf("nextHopNode");
        }
        return fields_.lineOf(route.destinations.empty() ? "destinationCidrs" : "node");
    }
    std::size_t operator()(const storage::EdgeRecord& edge) const {
        if (!storage::validateNodeId(edge.source.value()).ok()) {
            return fields_.lineOf("source");
        }
        const bool badTarget = !storage::validateNodeId(edge.target.value()).ok();
        return fields_.lineOf(badTarget || edge.source == edge.target ? "target" : "attributes");
    }

private:
    const YamlFields& fields_;
};

}  // namespace

std::size_t lineOfFault(const PolicyObject& object, const YamlFields& fields) {
    if (kindOf(object) != policy::ObjectKind::Edge
        && !storage::validateId(refOf(object).name).ok()) {
        return fields.lineOf("name");
    }
    return std::visit(FaultLine(fields), object);
}

}  // namespace weft::mesh::changes::detail
