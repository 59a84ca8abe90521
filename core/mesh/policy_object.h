// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy/model.h"
#include "core/storage/key_value_store.h"
#include "core/storage/registry/records.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weft::mesh {

/// Objects of one kind, edges apart; one more is refused.
inline constexpr std::size_t kMaxPolicyObjects = 50'000;

inline constexpr std::array kObjectKinds = {
    policy::ObjectKind::Role,
    policy::ObjectKind::RoleBinding,
    policy::ObjectKind::Group,
    policy::ObjectKind::NetworkAcl,
    policy::ObjectKind::Route,
    policy::ObjectKind::Edge};

/// What administrators write, in the order of policy::ObjectKind.
using PolicyObject = std::variant<
    policy::Role,
    policy::RoleBinding,
    policy::Group,
    policy::NetworkAcl,
    storage::RouteRecord,
    storage::EdgeRecord>;

struct ObjectRef {
    policy::ObjectKind kind = policy::ObjectKind::Role;
    /// An edge: one of its ends.
    std::string name;
    /// The other end of an edge; empty for all else.
    std::string target{};

    friend bool operator==(const ObjectRef&, const ObjectRef&) = default;
};

struct StoredObject {
    PolicyObject object;
    /// The revision that wrote it.
    storage::Revision revision = 0;
};

/// What a write did.
struct WriteReport {
    storage::Revision revision = 0;
    /// What else was changed or deleted, in words.
    std::vector<std::string> alsoChanged;
};

policy::ObjectKind kindOf(const PolicyObject& object);
ObjectRef refOf(const PolicyObject& object);
/// "role", "rolebinding", "group", "networkacl", "route", "edge".
std::string_view kindName(policy::ObjectKind kind);
/// The name, or "left/right" for an edge.
std::string nameOf(const ObjectRef& ref);

/// The key of an object; of an edge, the direction that sorts first.
std::string keyOf(const ObjectRef& ref);
std::string_view prefixOf(policy::ObjectKind kind);
/// What a key of the store is about; nullopt: nothing that administrators write. `keyOf` of it may
/// be another key: each edge has two.
std::optional<ObjectRef> refOfKey(std::string_view key);
/// protojson as stored.
std::string encode(const PolicyObject& object);
/// Errors: kDataLoss.
StatusOr<PolicyObject> decode(policy::ObjectKind kind, std::string_view json);

/// A refusal of a write that was based on another revision than the present one, which travels
/// along: 0 when the object is gone.
Status staleWrite(const ObjectRef& ref, storage::Revision current);
/// What a stale write collided with; nullopt for every other status.
std::optional<storage::Revision> currentRevisionOf(const Status& status);

}  // namespace weft::mesh
