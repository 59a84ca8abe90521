// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/rules.h"
#include "core/storage/registry/registry.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace weft::mesh::detail {

/// The roles of a registry, compiled when they are asked for after a change. Records are parsed
/// again only when they changed: an edit among ten thousand costs what that one record costs.
/// Records that do not parse grant nothing.
/// Thread: confined to the loop of the registry.
class RulesCache {
public:
    /// Something below /registry/ that is policy has changed.
    void invalidate() { rules_.reset(); }
    std::shared_ptr<const policy::RoleRules> rules(const storage::Registry& registry);

private:
    template <typename Object>
    struct Parsed {
        std::string json;
        std::optional<Object> object;
    };
    template <typename Object>
    using Table = std::map<std::string, Parsed<Object>, std::less<>>;
    template <typename Object, typename Decode>
    static std::vector<Object> refresh(
        const storage::Registry& registry,
        std::string_view prefix,
        Decode decode,
        Table<Object>& table);

    Table<policy::Role> roles_;
    Table<policy::RoleBinding> bindings_;
    Table<policy::Group> groups_;
    std::shared_ptr<const policy::RoleRules> rules_;
};

}  // namespace weft::mesh::detail
