// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/detail/group_index.h"
#include "core/mesh/policy/model.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::policy {

/// Somebody who wants to do something. A caller is looked at as a node and as a user, because a
/// certificate's name is both. As a Group it is asked what everybody in that group may do.
struct Principal {
    std::string id;
    std::vector<SubjectKind> kinds{SubjectKind::Node, SubjectKind::User};
};

struct Decision {
    bool allowed = false;
    /// What allowed the last of the deeds; empty when nothing needed to.
    std::string binding{};
    std::string role{};
    /// The group through which the binding reaches the principal; empty when it names it.
    std::string group{};
    /// In words, for people: why not, or why everything is allowed.
    std::string reason{};
};

/// A role that somebody has.
struct Grant {
    std::string binding;
    std::string role;
    /// As in Decision.
    std::string group;

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// The roles and bindings of one moment. Without any, nobody may do anything.
///
/// A rule allows a deed when verb and resource are listed (or ALL) and the name is: a rule without
/// names, or with `*`, speaks of all names; a deed without a name needs such a rule. For keys of
/// Publish and Subscribe a name that ends with a slash stands for all that begins with it.
/// Immutable. Thread: any.
class RoleRules {
public:
    struct Contents {
        std::vector<Role> roles{};
        std::vector<RoleBinding> bindings{};
        std::vector<Group> groups{};
        bool rbacDisabled = false;
    };

    RoleRules() : RoleRules(Contents{}) {}
    /// Of two objects of one name the first counts.
    explicit RoleRules(Contents contents);
    RoleRules(
        std::vector<Role> roles,
        std::vector<RoleBinding> bindings,
        std::shared_ptr<const detail::GroupIndex> groups,
        bool rbacDisabled);

    /// Whether `principal` may do all of it. With the rules switched off everybody may do anything.
    Decision decide(const Principal& principal, std::span<const Action> actions) const;
    Decision decide(const Principal& principal, const Action& action) const;

    /// Whether it has every right that `role` gives: nobody gives away more than that.
    bool holds(const Principal& principal, const Role& role) const;
    /// Whether a binding gives it this role, whatever the role allows.
    bool hasRole(const Principal& principal, std::string_view role) const;
    /// By name of the binding; bindings of missing roles are left out.
    std::vector<Grant> grantsOf(const Principal& principal) const;
    /// The roles that a new member of the group gets, sorted, also while there is no such group.
    /// Whoever adds one gives them away.
    std::vector<const Role*> rolesOfGroup(std::string_view group) const;

    const Role* role(std::string_view name) const;
    const RoleBinding* binding(std::string_view name) const;
    bool rbacDisabled() const { return rbacDisabled_; }
    /// Bindings of missing roles or groups, in order.
    const std::vector<Problem>& problems() const { return problems_; }

private:
    static constexpr std::uint32_t kNone = 0xffff'ffff;
    /// Whom a binding reaches how: by name, or by a group.
    struct Reached {
        std::uint32_t binding = 0;
        std::uint32_t group = kNone;

        friend auto operator<=>(const Reached&, const Reached&) = default;
    };
    struct Named {
        std::uint32_t binding = 0;
        SubjectKind kind = SubjectKind::Unknown;
    };

    void index();
    void indexSubject(std::uint32_t binding, const Subject& subject);
    const std::vector<std::uint32_t>& bindingsOfGroup(std::string_view group) const;
    std::vector<Reached> reaching(const Principal& principal) const;
    void reachingByName(const Principal& principal, std::vector<Reached>& reached) const;
    const Reached* allowing(const std::vector<Reached>& reached, const Action& action) const;
    std::string refusal(
        const Principal& principal,
        const std::vector<Reached>& reached,
        const Action& action) const;

    std::vector<Role> roles_;
    std::vector<RoleBinding> bindings_;
    /// The place of each binding's role, or kNone.
    std::vector<std::uint32_t> roleOf_;
    std::shared_ptr<const detail::GroupIndex> groups_;
    bool rbacDisabled_ = false;
    detail::TextMap<std::vector<Named>> byName_;
    /// The bindings that name a group, which may be missing, by its name.
    detail::TextMap<std::vector<std::uint32_t>> byGroup_;
    std::vector<Problem> problems_;
};

}  // namespace weft::mesh::policy
