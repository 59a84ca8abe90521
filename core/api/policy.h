// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weft::api {

/// The kinds of objects that say who may do what in a mesh, and how it hangs together.
enum class PolicyKind : std::uint8_t { Role, RoleBinding, Group, NetworkAcl, Route, Edge };

enum class PolicyVerb : std::uint8_t { Unknown, Put, Get, Delete, All };

/// What a rule of a role is about.
enum class PolicyResource : std::uint8_t {
    Unknown,
    Votes,
    Roles,
    RoleBindings,
    Groups,
    NetworkAcls,
    Routes,
    DataChannels,
    Edges,
    Observers,
    PubSub,
    All,
};

enum class SubjectKind : std::uint8_t { Unknown, Node, User, Group, All };

/// Unknown counts as Deny.
enum class AclAction : std::uint8_t { Unknown, Accept, Deny };

struct RoleRule {
    std::vector<PolicyResource> resources;
    /// Empty, or one of them `*`: every name.
    std::vector<std::string> resourceNames;
    std::vector<PolicyVerb> verbs;

    friend bool operator==(const RoleRule&, const RoleRule&) = default;
};

struct Role {
    std::string name;
    std::vector<RoleRule> rules;

    friend bool operator==(const Role&, const Role&) = default;
};

/// `*` of the kind All is everybody.
struct Subject {
    std::string name;
    SubjectKind kind = SubjectKind::Unknown;

    friend bool operator==(const Subject&, const Subject&) = default;
};

struct RoleBinding {
    std::string name;
    std::string role;
    std::vector<Subject> subjects;

    friend bool operator==(const RoleBinding&, const RoleBinding&) = default;
};

struct Group {
    std::string name;
    std::vector<Subject> subjects;

    friend bool operator==(const Group&, const Group&) = default;
};

/// A rule for what nodes may send each other. A higher priority is asked first.
struct NetworkAcl {
    std::string name;
    std::int32_t priority = 0;
    AclAction action = AclAction::Unknown;
    /// Node ids, "group:NAME" or `*`. An empty list is stored as `*`.
    std::vector<std::string> sourceNodes;
    std::vector<std::string> destinationNodes;
    /// Prefixes or `*`. An empty list restricts nothing.
    std::vector<std::string> sourceCidrs;
    std::vector<std::string> destinationCidrs;

    friend bool operator==(const NetworkAcl&, const NetworkAcl&) = default;
};

/// Networks that a node offers to the others.
struct Route {
    std::string name;
    std::string node;
    std::vector<std::string> destinationCidrs;
    /// Stored and not used.
    std::string nextHopNode;

    friend bool operator==(const Route&, const Route&) = default;
};

/// A connection between two nodes as it is stored: it goes both ways.
struct MeshEdge {
    std::string source;
    std::string target;
    std::int32_t weight = 0;
    /// "EDGE_ATTRIBUTE_ICE": "true". A put adds to them and takes none away.
    std::map<std::string, std::string> attributes;

    friend bool operator==(const MeshEdge&, const MeshEdge&) = default;
};

inline constexpr const char* kEdgeAttributeNative = "EDGE_ATTRIBUTE_NATIVE";
inline constexpr const char* kEdgeAttributeIce = "EDGE_ATTRIBUTE_ICE";
inline constexpr const char* kEdgeAttributeLibp2p = "EDGE_ATTRIBUTE_LIBP2P";

/// In the order of PolicyKind.
using PolicyObject = std::variant<Role, RoleBinding, Group, NetworkAcl, Route, MeshEdge>;

/// Which object. An edge is named by its two ends, in either order.
struct ObjectRef {
    PolicyKind kind = PolicyKind::Role;
    /// Of an edge: the source.
    std::string name;
    /// Of an edge only.
    std::string target;

    friend bool operator==(const ObjectRef&, const ObjectRef&) = default;
};

PolicyKind kindOf(const PolicyObject& object);
ObjectRef refOf(const PolicyObject& object);
/// Whether both name the same object.
bool sameObject(const ObjectRef& one, const ObjectRef& other);

/// The base of a write that must create: it fails with kAborted when the object is there already.
inline constexpr std::uint64_t kMustNotExist = 0;

struct StoredObject {
    PolicyObject object;
    /// Of its last change: the base to hand over with a write.
    std::uint64_t revision = 0;
    /// The mesh stands on it: nobody can delete it, nor change it (but for the group of the
    /// voters).
    bool isSystem = false;

    friend bool operator==(const StoredObject&, const StoredObject&) = default;
};

/// Everything that says who may do what, at one moment.
struct PolicyState {
    /// Of the mesh's database.
    std::uint64_t revision = 0;
    /// Sorted by kind and name.
    std::vector<StoredObject> objects;
    /// Objects that do not count because they are broken, and what is wrong with the others.
    std::vector<Problem> problems;
    /// The mesh was made without roles: every member may do everything.
    bool rolesDisabled = false;

    const StoredObject* find(const ObjectRef& ref) const;

    friend bool operator==(const PolicyState&, const PolicyState&) = default;
};

/// What a write did.
struct WriteReport {
    std::uint64_t revision = 0;
    /// What a delete took with it or left without effect, in words: "route nas-auto was deleted".
    std::vector<std::string> alsoChanged;

    friend bool operator==(const WriteReport&, const WriteReport&) = default;
};

/// What else changes when the object goes, in words: "binding ops gives nothing any more". Foresees
/// from `state` alone; the report of the delete tells what came of it.
std::vector<std::string> consequencesOfRemoval(const PolicyState& state, const ObjectRef& ref);
/// The same for a node that is removed from the mesh.
std::vector<std::string> consequencesOfNodeRemoval(
    const PolicyState& state, const std::string& nodeId);

}  // namespace weft::api
