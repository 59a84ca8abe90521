// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/draft_edits.h"

#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace weft::mesh::changes {
namespace {

/// By key, so that an edge is the same from either end.
using ByKey = std::map<std::string, Edit, std::less<>>;

std::vector<Edit> valuesOf(const ByKey& edits) {
    std::vector<Edit> values;
    values.reserve(edits.size());
    for (const auto& [key, edit] : edits) {
        values.push_back(edit);
    }
    return values;
}

bool names(const std::vector<ObjectRef>& refs, const std::string& key) {
    return std::ranges::any_of(refs, [&key](const auto& ref) { return keyOf(ref) == key; });
}

std::string inWords(const ObjectRef& ref) {
    return fmt::format("{} {}", kindName(ref.kind), nameOf(ref));
}

Status checkDecisions(const Merge& merged, const std::vector<ObjectRef>& refs) {
    for (const auto& ref : refs) {
        const bool isOne = std::ranges::any_of(merged.conflicts, [&ref](const auto& conflict) {
            return keyOf(conflict.ref) == keyOf(ref);
        });
        if (!isOne) {
            return notFound("there is no conflict about {}", inWords(ref));
        }
    }
    return okStatus();
}

StatusOr<std::optional<PolicyObject>> checkedObject(
    const ObjectRef& ref, std::optional<PolicyObject> object) {
    if (!object) {
        return object;
    }
    if (keyOf(refOf(*object)) != keyOf(ref)) {
        return invalidArgument("an edit of {} holds {}", inWords(ref), inWords(refOf(*object)));
    }
    return std::optional(canonical(*std::move(object)));
}

Status undo(PolicySet& rules, const PastObject& object) {
    if (object.before.empty()) {
        rules.remove(object.ref);
        return okStatus();
    }
    auto before = decode(object.ref.kind, object.before);
    if (!before.ok()) {
        return failedPrecondition("{} as it was does not read", inWords(object.ref));
    }
    rules.put(*std::move(before));
    return okStatus();
}

Status undo(PolicySet& rules, const PastChange& change) {
    if (change.withoutObjects) {
        return failedPrecondition(
            "change {} was too large to be kept, so that what was before is not known", change.id);
    }
    for (const auto& object : change.objects) {
        WEFT_RETURN_IF_ERROR(annotate(undo(rules, object), "change {}", change.id));
    }
    return okStatus();
}

std::vector<std::string> fieldsIn(const Edit& edit) {
    std::vector<std::string> fields;
    for (const auto& change : changesOf(edit)) {
        fields.push_back(change.field);
    }
    std::ranges::sort(fields);
    return fields;
}

}  // namespace

StatusOr<Edit> checked(Edit edit) {
    if (!edit.before && !edit.after) {
        return invalidArgument("an edit of {} says nothing", inWords(edit.ref));
    }
    WEFT_ASSIGN_OR_RETURN(edit.before, checkedObject(edit.ref, std::move(edit.before)));
    WEFT_ASSIGN_OR_RETURN(edit.after, checkedObject(edit.ref, std::move(edit.after)));
    if (edit.after) {
        if (const auto valid = validate(*edit.after); !valid.ok()) {
            return annotate(valid, "{}", inWords(edit.ref));
        }
        edit.after = canonical(normalised(*std::move(edit.after)));
    }
    edit.ref = refOf(edit.after ? *edit.after : *edit.before);
    return edit;
}

std::vector<Edit> combine(const std::vector<Edit>& draft, const std::vector<Edit>& more) {
    ByKey edits;
    for (const auto* list : {&draft, &more}) {
        for (const auto& edit : *list) {
            auto [place, isNew] = edits.try_emplace(keyOf(edit.ref), edit);
            if (isNew) {
                continue;
            }
            // Made of what the draft wants, it goes on from there; of anything else, it was made by
            // somebody who had that in view, and stands for itself.
            if (edit.before != place->second.after) {
                place->second.before = edit.before;
            }
            place->second.after = edit.after;
        }
    }
    std::erase_if(edits, [](const auto& item) { return item.second.before == item.second.after; });
    return valuesOf(edits);
}

StatusOr<std::vector<Edit>> rebase(
    const std::vector<Edit>& draft, const PolicySet& present, const Decisions& decisions) {
    const auto merged = merge(draft, present);
    WEFT_RETURN_IF_ERROR(checkDecisions(merged, decisions.keepMine));
    WEFT_RETURN_IF_ERROR(checkDecisions(merged, decisions.takeTheirs));
    ByKey edits;
    for (const auto& edit : merged.edits) {
        edits.emplace(keyOf(edit.ref), edit);
    }
    for (const auto& conflict : merged.conflicts) {
        const auto key = keyOf(conflict.ref);
        if (names(decisions.takeTheirs, key)) {
            continue;
        }
        const auto& base = names(decisions.keepMine, key) ? conflict.theirs : conflict.base;
        edits.emplace(key, Edit{conflict.ref, base, conflict.ours});
    }
    return valuesOf(edits);
}

std::vector<Edit> forced(const Merge& merge) {
    ByKey edits;
    for (const auto& edit : merge.edits) {
        edits.emplace(keyOf(edit.ref), edit);
    }
    for (const auto& conflict : merge.conflicts) {
        edits.emplace(keyOf(conflict.ref), Edit{conflict.ref, conflict.theirs, conflict.ours});
    }
    return valuesOf(edits);
}

std::string textOf(const Conflict& conflict) {
    const auto name = inWords(conflict.ref);
    if (!conflict.theirs) {
        return fmt::format("{} is changed here, and was deleted meanwhile", name);
    }
    if (!conflict.ours) {
        return fmt::format("{} is deleted here, and was changed meanwhile", name);
    }
    if (!conflict.base) {
        return fmt::format("{} is made here, and somebody else made it otherwise", name);
    }
    const auto mine = fieldsIn({conflict.ref, conflict.base, conflict.ours});
    const auto theirs = fieldsIn({conflict.ref, conflict.base, conflict.theirs});
    std::vector<std::string> both;
    std::ranges::set_intersection(mine, theirs, std::back_inserter(both));
    if (both.empty()) {
        return fmt::format("{} was changed meanwhile, and both changes make no sense", name);
    }
    return fmt::format(
        "{} was changed meanwhile in the same place: {}", name, fmt::join(both, ", "));
}

StatusOr<PolicySet> rulesAfter(
    PolicySet present, const std::vector<PastChange>& history, std::uint64_t id) {
    for (const auto& change : history) {
        if (change.id == id) {
            return present;
        }
        WEFT_RETURN_IF_ERROR(undo(present, change));
    }
    if (history.empty()) {
        return notFound("the history has no change {}: it is empty", id);
    }
    return notFound(
        "the history has no change {}: it goes from {} to {}",
        id,
        history.back().id,
        history.front().id);
}

}  // namespace weft::mesh::changes
