// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::mesh::policy {

/// Groups count this deep: a member of the seventeenth group in a chain is none of the first's.
inline constexpr std::size_t kMaxGroupDepth = 16;

namespace detail {

/// Hashes texts of every kind alike, so that a lookup makes no copy.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <typename Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// Who is in which groups, also through groups in groups. Chains end after kMaxGroupDepth groups,
/// and a group that contains itself does so without effect. Immutable.
class GroupIndex {
public:
    using Number = std::uint32_t;

    GroupIndex() = default;
    /// Of two groups of one name the first counts.
    explicit GroupIndex(std::vector<Group> groups);

    /// Sorted by name; a number is a place in it.
    const std::vector<Group>& groups() const { return groups_; }
    std::optional<Number> find(std::string_view name) const;

    /// The groups that hold `name`, or everybody of its kind, in ascending order.
    std::vector<Number> groupsOf(std::string_view name, std::span<const SubjectKind> kinds) const;
    /// Those with such a subject, of whatever kind, or with `*`: how the reference expands groups.
    std::vector<Number> groupsListing(std::string_view name) const;
    /// The group itself and those that it is in.
    std::vector<Number> groupsAround(Number group) const;
    /// Those that have a group of that name as a subject.
    std::vector<Number> groupsNesting(std::string_view group) const;
    /// Every name that is a subject of a group.
    std::vector<std::string_view> subjectNames() const;

    /// Groups that are missing, contain themselves or lie too deep.
    void report(std::vector<Problem>& problems) const;

private:
    struct Membership {
        Number group = 0;
        SubjectKind kind = SubjectKind::Unknown;
    };

    void collect(
        std::string_view name,
        std::span<const SubjectKind> kinds,
        std::vector<Number>& level,
        std::vector<bool>& seen) const;
    std::vector<Number> climb(std::vector<Number> level, std::vector<bool> seen) const;
    std::vector<std::size_t> longestChains(std::vector<Number>& inCycles) const;

    std::vector<Group> groups_;
    /// By name of the subject, those of the kind Group too.
    TextMap<std::vector<Membership>> memberships_;
    /// The groups that each group is a subject of.
    std::vector<std::vector<Number>> parents_;
};

/// Whether a subject of the kind `kind` that is named like somebody, or `*`, means somebody who is
/// looked at as each of `kinds`.
bool meansKind(SubjectKind kind, bool byWildcard, std::span<const SubjectKind> kinds);

}  // namespace detail
}  // namespace weft::mesh::policy
