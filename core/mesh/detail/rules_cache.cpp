// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/rules_cache.h"

#include "core/mesh/policy/records.h"

#include <utility>

namespace weft::mesh::detail {

template <typename Object, typename Decode>
std::vector<Object> RulesCache::refresh(
    const storage::Registry& registry,
    std::string_view prefix,
    Decode decode,
    Table<Object>& table) {
    Table<Object> fresh;
    std::vector<Object> objects;
    for (auto& [key, json] : registry.rawBelow(prefix)) {
        auto old = table.extract(key);
        if (old.empty() || old.mapped().json != json) {
            Parsed<Object> parsed;
            auto decoded = decode(json);
            // What stands under another name than its own is nobody's.
            if (decoded.ok() && decoded->name == std::string_view(key).substr(prefix.size())) {
                parsed.object = *std::move(decoded);
            }
            parsed.json = std::move(json);
            fresh.emplace_hint(fresh.end(), std::move(key), std::move(parsed));
        } else {
            fresh.insert(fresh.end(), std::move(old));
        }
        if (const auto& object = std::prev(fresh.end())->second.object) {
            objects.push_back(*object);
        }
    }
    table = std::move(fresh);
    return objects;
}

std::shared_ptr<const policy::RoleRules> RulesCache::rules(const storage::Registry& registry) {
    if (rules_ == nullptr) {
        policy::RoleRules::Contents contents;
        contents.roles = refresh(registry, storage::kRolesPrefix, &policy::decodeRole, roles_);
        contents.bindings =
            refresh(registry, storage::kRoleBindingsPrefix, &policy::decodeRoleBinding, bindings_);
        contents.groups = refresh(registry, storage::kGroupsPrefix, &policy::decodeGroup, groups_);
        contents.rbacDisabled = registry.rbacDisabled();
        rules_ = std::make_shared<const policy::RoleRules>(std::move(contents));
    }
    return rules_;
}

}  // namespace weft::mesh::detail
