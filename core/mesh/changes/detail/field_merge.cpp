// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/field_merge.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::changes::detail {
namespace {

bool letsInAll(const Texts& list) {
    return list.empty() || std::ranges::find(list, policy::kWildcard) != list.end();
}

bool isEverybody(const Subjects& subjects) {
    const policy::Subject everybody{std::string(policy::kWildcard), policy::SubjectKind::All};
    return std::ranges::find(subjects, everybody) != subjects.end();
}

/// By entries, unless the meaning of the whole list changes on the way: two lists that narrow
/// "everything" in different ways would together let in what neither of them does.
template <typename List, typename Meaning>
std::optional<List> mergedAlike(
    const List& base, const List& ours, const List& theirs, Meaning meaning) {
    if (auto one = mergedValue(base, ours, theirs)) {
        return one;
    }
    if (meaning(base) != meaning(ours) || meaning(base) != meaning(theirs)) {
        return std::nullopt;
    }
    auto merged = mergedList(base, ours, theirs);
    return merged && meaning(*merged) == meaning(base) ? std::move(merged) : std::nullopt;
}

template <typename Map>
std::optional<std::string> entryOf(const Map& map, const std::string& name) {
    const auto found = map.find(name);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<Texts> mergedOpenList(const Texts& base, const Texts& ours, const Texts& theirs) {
    return mergedAlike(base, ours, theirs, letsInAll);
}

std::optional<Subjects> mergedSubjects(
    const Subjects& base, const Subjects& ours, const Subjects& theirs) {
    return mergedAlike(base, ours, theirs, isEverybody);
}

std::optional<Rules> mergedRules(const Rules& base, const Rules& ours, const Rules& theirs) {
    if (auto one = mergedValue(base, ours, theirs)) {
        return one;
    }
    const auto before = asSet(base);
    auto mine = asSet(ours);
    auto other = asSet(theirs);
    const bool bothRemoved = std::ranges::any_of(before, [&](const policy::Rule& rule) {
        return !mine.contains(rule) && !other.contains(rule);
    });
    const auto isOld = [&before](const policy::Rule& rule) { return before.contains(rule); };
    std::erase_if(mine, isOld);
    std::erase_if(other, isOld);
    // What both took away was most likely changed by both: the two new forms would add up.
    return bothRemoved && mine != other ? std::nullopt : mergedList(base, ours, theirs);
}

std::optional<Attributes> mergedAttributes(
    const Attributes& base, const Attributes& ours, const Attributes& theirs) {
    std::set<std::string> names;
    for (const auto* side : {&base, &ours, &theirs}) {
        for (const auto& [name, value] : *side) {
            names.insert(name);
        }
    }
    Attributes merged;
    for (const auto& name : names) {
        auto value = mergedValue(entryOf(base, name), entryOf(ours, name), entryOf(theirs, name));
        if (!value) {
            return std::nullopt;
        }
        if (*value) {
            merged.emplace(name, *std::move(*value));
        }
    }
    return merged;
}

}  // namespace weft::mesh::changes::detail
