// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who may do what, and who may reach whom: plain values and pure decisions.
namespace weft::mesh::policy {

/// The numbers are those of the Webmesh API; others are kept as they came and match nothing.
enum class Verb : std::int32_t { Unknown = 0, Put = 1, Get = 2, Delete = 3, All = 999 };

enum class Resource : std::int32_t {
    Unknown = 0,
    Votes = 1,
    Roles = 2,
    RoleBindings = 3,
    Groups = 4,
    NetworkAcls = 5,
    Routes = 6,
    DataChannels = 7,
    Edges = 8,
    Observers = 9,
    PubSub = 10,
    All = 999
};

enum class SubjectKind : std::int32_t { Unknown = 0, Node = 1, User = 2, Group = 3, All = 999 };

/// Unknown counts as Deny.
enum class AclAction : std::int32_t { Unknown = 0, Accept = 1, Deny = 2 };

/// Stands for everything in lists of names, nodes and prefixes, and for everybody as a subject.
inline constexpr std::string_view kWildcard = "*";
/// In front of a group's name in the node lists of an ACL.
inline constexpr std::string_view kGroupMark = "group:";

/// Allows each of the verbs on each of the resources. Without names, or with `*` among them, it
/// speaks of all things of those kinds, otherwise of these alone.
struct Rule {
    std::vector<Resource> resources;
    std::vector<std::string> resourceNames;
    std::vector<Verb> verbs;

    friend bool operator==(const Rule&, const Rule&) = default;
};

struct Role {
    std::string name;
    std::vector<Rule> rules;

    friend bool operator==(const Role&, const Role&) = default;
};

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

/// The texts are kept as they came: `*`, node ids or `group:NAME`; `*` or prefixes.
struct NetworkAcl {
    std::string name;
    std::int32_t priority = 0;
    AclAction action = AclAction::Unknown;
    std::vector<std::string> sourceNodes;
    std::vector<std::string> destinationNodes;
    std::vector<std::string> sourceCidrs;
    std::vector<std::string> destinationCidrs;

    friend bool operator==(const NetworkAcl&, const NetworkAcl&) = default;
};

/// A deed that somebody wants to do. Without a name it is about all things of that kind.
struct Action {
    Verb verb = Verb::Unknown;
    Resource resource = Resource::Unknown;
    std::string resourceName{};

    friend bool operator==(const Action&, const Action&) = default;
};

/// What administrators write.
enum class ObjectKind : std::uint8_t { Role, RoleBinding, Group, NetworkAcl, Route, Edge };

/// Something that is wrong with what is stored, in words.
struct Problem {
    /// Its key below /registry/, as in "roles/operators".
    std::string object;
    std::string text;

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// Names as the command line has them: "put", "networkacls", "node"; "*" for All, and "unknown".
std::string_view nameOf(Verb verb);
std::string_view nameOf(Resource resource);
std::string_view nameOf(SubjectKind kind);
std::string_view nameOf(AclAction action);
/// nullopt for any other text; "unknown" is no name.
std::optional<Verb> verbNamed(std::string_view name);
std::optional<Resource> resourceNamed(std::string_view name);

/// The resource that a right to write such objects is about.
Resource resourceOf(ObjectKind kind);

/// "delete networkacls default-accept", for people; the name is escaped.
std::string describe(const Action& action);

}  // namespace weft::mesh::policy
