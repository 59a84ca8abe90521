// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/group_index.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft::mesh::policy::detail {

bool meansKind(SubjectKind kind, bool byWildcard, std::span<const SubjectKind> kinds) {
    const auto has = [&kinds](SubjectKind wanted) {
        return std::ranges::find(kinds, wanted) != kinds.end();
    };
    switch (kind) {
    case SubjectKind::Node:
    case SubjectKind::User:
        return has(kind);
    case SubjectKind::All:
        // The name of a group is none of a node or a user.
        return byWildcard || has(SubjectKind::Node) || has(SubjectKind::User);
    default:
        return false;
    }
}

GroupIndex::GroupIndex(std::vector<Group> groups) : groups_(std::move(groups)) {
    std::ranges::stable_sort(groups_, {}, &Group::name);
    const auto areTwins = [](const Group& one, const Group& other) {
        return one.name == other.name;
    };
    groups_.erase(std::unique(groups_.begin(), groups_.end(), areTwins), groups_.end());
    parents_.resize(groups_.size());
    for (Number number = 0; number < groups_.size(); ++number) {
        for (const auto& subject : groups_[number].subjects) {
            memberships_[subject.name].push_back({number, subject.kind});
            if (subject.kind != SubjectKind::Group) {
                continue;
            }
            if (const auto child = find(subject.name)) {
                parents_[*child].push_back(number);
            }
        }
    }
}

std::optional<GroupIndex::Number> GroupIndex::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(groups_, name, {}, &Group::name);
    if (found == groups_.end() || found->name != name) {
        return std::nullopt;
    }
    return static_cast<Number>(found - groups_.begin());
}

void GroupIndex::collect(
    std::string_view name,
    std::span<const SubjectKind> kinds,
    std::vector<Number>& level,
    std::vector<bool>& seen) const {
    const auto found = memberships_.find(name);
    if (found == memberships_.end()) {
        return;
    }
    for (const auto& membership : found->second) {
        if (!seen[membership.group] && meansKind(membership.kind, name == kWildcard, kinds)) {
            seen[membership.group] = true;
            level.push_back(membership.group);
        }
    }
}

std::vector<GroupIndex::Number> GroupIndex::climb(
    std::vector<Number> level, std::vector<bool> seen) const {
    auto all = level;
    const auto isNew = [&seen](Number group) {
        const bool known = seen[group];
        seen[group] = true;
        return !known;
    };
    for (std::size_t depth = 1; depth < kMaxGroupDepth && !level.empty(); ++depth) {
        std::vector<Number> above;
        for (const auto group : level) {
            std::ranges::copy_if(parents_[group], std::back_inserter(above), isNew);
        }
        all.insert(all.end(), above.begin(), above.end());
        level = std::move(above);
    }
    std::ranges::sort(all);
    return all;
}

std::vector<GroupIndex::Number> GroupIndex::groupsOf(
    std::string_view name, std::span<const SubjectKind> kinds) const {
    std::vector<Number> level;
    std::vector<bool> seen(groups_.size());
    collect(name, kinds, level, seen);
    collect(kWildcard, kinds, level, seen);
    return climb(std::move(level), std::move(seen));
}

std::vector<GroupIndex::Number> GroupIndex::groupsListing(std::string_view name) const {
    std::vector<Number> all;
    for (const auto wanted : {name, kWildcard}) {
        if (const auto found = memberships_.find(wanted); found != memberships_.end()) {
            for (const auto& membership : found->second) {
                all.push_back(membership.group);
            }
        }
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::vector<GroupIndex::Number> GroupIndex::groupsAround(Number group) const {
    std::vector<bool> seen(groups_.size());
    seen[group] = true;
    return climb({group}, std::move(seen));
}

std::vector<GroupIndex::Number> GroupIndex::groupsNesting(std::string_view group) const {
    std::vector<Number> nesting;
    if (const auto found = memberships_.find(group); found != memberships_.end()) {
        for (const auto& membership : found->second) {
            if (membership.kind == SubjectKind::Group) {
                nesting.push_back(membership.group);
            }
        }
    }
    return nesting;
}

std::vector<std::string_view> GroupIndex::subjectNames() const {
    std::vector<std::string_view> names;
    names.reserve(memberships_.size());
    for (const auto& [name, memberships] : memberships_) {
        names.emplace_back(name);
    }
    return names;
}

std::vector<std::size_t> GroupIndex::longestChains(std::vector<Number>& inCycles) const {
    // From the innermost groups outwards; what is never free of inner groups lies on a cycle or
    // around one.
    std::vector<std::size_t> waitingFor(groups_.size());
    for (const auto& parents : parents_) {
        for (const auto parent : parents) {
            ++waitingFor[parent];
        }
    }
    std::vector<std::size_t> chain(groups_.size(), 1);
    std::vector<Number> ready;
    for (Number group = 0; group < groups_.size(); ++group) {
        if (waitingFor[group] == 0) {
            ready.push_back(group);
        }
    }
    while (!ready.empty()) {
        const auto group = ready.back();
        ready.pop_back();
        for (const auto parent : parents_[group]) {
            chain[parent] = std::max(chain[parent], chain[group] + 1);
            if (--waitingFor[parent] == 0) {
                ready.push_back(parent);
            }
        }
    }
    for (Number group = 0; group < groups_.size(); ++group) {
        if (waitingFor[group] != 0) {
            inCycles.push_back(group);
        }
    }
    return chain;
}

void GroupIndex::report(std::vector<Problem>& problems) const {
    const auto say = [&](Number group, std::string text) {
        problems.push_back({.object = "groups/" + groups_[group].name, .text = std::move(text)});
    };
    for (Number group = 0; group < groups_.size(); ++group) {
        for (const auto& subject : groups_[group].subjects) {
            if (subject.kind == SubjectKind::Group && !find(subject.name)) {
                say(group,
                    fmt::format("its group {} does not exist", base::escapeForLine(subject.name)));
            }
        }
    }
    std::vector<Number> inCycles;
    const auto chains = longestChains(inCycles);
    for (const auto group : inCycles) {
        say(group, "groups in it contain each other in a circle; the circle is cut");
    }
    for (Number group = 0; group < groups_.size(); ++group) {
        // Told once for each tower, not for each storey above the limit.
        if (chains[group] == kMaxGroupDepth + 1) {
            say(group,
                fmt::format(
                    "groups nest deeper than {}; who is only deeper does not count",
                    kMaxGroupDepth));
        }
    }
}

}  // namespace weft::mesh::policy::detail
