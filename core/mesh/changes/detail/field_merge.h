// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// Three-way merges of one field. nullopt: the two changes do not go together.
namespace weft::mesh::changes::detail {

template <typename Value>
std::optional<Value> mergedValue(const Value& base, const Value& ours, const Value& theirs) {
    // Spelled out, because a value may be an optional itself.
    if (ours == base || ours == theirs) {
        return std::optional<Value>(std::in_place, theirs);
    }
    return theirs == base ? std::optional<Value>(std::in_place, ours) : std::nullopt;
}

/// Some order of entries, for sets of them.
struct EntryOrder {
    template <typename Entry>
    bool operator()(const Entry& left, const Entry& right) const {
        return left < right;
    }
    bool operator()(const policy::Subject& left, const policy::Subject& right) const {
        return std::tie(left.kind, left.name) < std::tie(right.kind, right.name);
    }
    bool operator()(const policy::Rule& left, const policy::Rule& right) const {
        return std::tie(left.resources, left.resourceNames, left.verbs)
               < std::tie(right.resources, right.resourceNames, right.verbs);
    }
};

template <typename Entry>
std::set<Entry, EntryOrder> asSet(const std::vector<Entry>& entries) {
    return {entries.begin(), entries.end()};
}

/// Entries come and go on both sides. In the order of `theirs`; what only we added comes last.
template <typename Entry>
std::optional<std::vector<Entry>> mergedList(
    const std::vector<Entry>& base,
    const std::vector<Entry>& ours,
    const std::vector<Entry>& theirs) {
    if (auto one = mergedValue(base, ours, theirs)) {
        return one;
    }
    const auto before = asSet(base);
    const auto mine = asSet(ours);
    auto there = asSet(theirs);
    std::vector<Entry> merged;
    for (const auto& entry : theirs) {
        if (mine.contains(entry) || !before.contains(entry)) {
            merged.push_back(entry);
        }
    }
    for (const auto& entry : ours) {
        if (!before.contains(entry) && there.insert(entry).second) {
            merged.push_back(entry);
        }
    }
    return merged;
}

using Texts = std::vector<std::string>;

/// A list that lets in everything when it is empty or holds `*`.
std::optional<Texts> mergedOpenList(const Texts& base, const Texts& ours, const Texts& theirs);

using Subjects = std::vector<policy::Subject>;
std::optional<Subjects> mergedSubjects(
    const Subjects& base, const Subjects& ours, const Subjects& theirs);

using Rules = std::vector<policy::Rule>;
std::optional<Rules> mergedRules(const Rules& base, const Rules& ours, const Rules& theirs);

using Attributes = std::map<std::string, std::string>;
std::optional<Attributes> mergedAttributes(
    const Attributes& base, const Attributes& ours, const Attributes& theirs);

}  // namespace weft::mesh::changes::detail
