// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/merge.h"

#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/detail/field_merge.h"

#include <map>
#include <string>
#include <utility>

namespace weft::mesh::changes {
namespace {

template <typename Object>
struct Sides {
    const Object& base;
    const Object& ours;
    const Object& theirs;
};

/// Merges field by field into an object; false once two changes do not go together.
template <typename Object>
class Fields {
public:
    explicit Fields(const Sides<Object>& sides) : sides_(sides), merged_(sides.theirs) {}

    template <typename Value>
    Fields& value(Value Object::*field) {
        return take(field, detail::mergedValue<Value>);
    }
    template <typename Entry>
    Fields& list(std::vector<Entry> Object::*field) {
        return take(field, detail::mergedList<Entry>);
    }
    template <typename Field, typename Merged>
    Fields& take(Field Object::*field, Merged merged) {
        auto value = merged(sides_.base.*field, sides_.ours.*field, sides_.theirs.*field);
        agrees_ = agrees_ && value.has_value();
        if (value) {
            merged_.*field = *std::move(value);
        }
        return *this;
    }

    std::optional<PolicyObject> done() {
        return agrees_ ? std::optional<PolicyObject>(std::move(merged_)) : std::nullopt;
    }

private:
    Sides<Object> sides_;
    Object merged_;
    bool agrees_ = true;
};

using MergedObject = std::optional<PolicyObject>;

MergedObject mergedObject(const Sides<policy::Role>& sides) {
    return Fields(sides).take(&policy::Role::rules, detail::mergedRules).done();
}

MergedObject mergedObject(const Sides<policy::RoleBinding>& sides) {
    return Fields(sides)
        .value(&policy::RoleBinding::role)
        .take(&policy::RoleBinding::subjects, detail::mergedSubjects)
        .done();
}

MergedObject mergedObject(const Sides<policy::Group>& sides) {
    return Fields(sides).take(&policy::Group::subjects, detail::mergedSubjects).done();
}

MergedObject mergedObject(const Sides<policy::NetworkAcl>& sides) {
    using policy::NetworkAcl;
    return Fields(sides)
        .value(&NetworkAcl::priority)
        .value(&NetworkAcl::action)
        .take(&NetworkAcl::sourceNodes, detail::mergedOpenList)
        .take(&NetworkAcl::destinationNodes, detail::mergedOpenList)
        .take(&NetworkAcl::sourceCidrs, detail::mergedOpenList)
        .take(&NetworkAcl::destinationCidrs, detail::mergedOpenList)
        .done();
}

MergedObject mergedObject(const Sides<storage::RouteRecord>& sides) {
    using storage::RouteRecord;
    return Fields(sides)
        .value(&RouteRecord::node)
        .list(&RouteRecord::destinations)
        .value(&RouteRecord::nextHopNode)
        .done();
}

MergedObject mergedObject(const Sides<storage::EdgeRecord>& sides) {
    using storage::EdgeRecord;
    return Fields(sides)
        .value(&EdgeRecord::weight)
        .take(&EdgeRecord::attributes, detail::mergedAttributes)
        .done();
}

/// All three are of one kind and name.
MergedObject mergedObject(
    const PolicyObject& base, const PolicyObject& ours, const PolicyObject& theirs) {
    const auto merged = std::visit(
        [&](const auto& known) -> MergedObject {
            using Object = std::decay_t<decltype(known)>;
            const auto* mine = std::get_if<Object>(&ours);
            const auto* other = std::get_if<Object>(&theirs);
            if (mine == nullptr || other == nullptr) {
                return std::nullopt;
            }
            return mergedObject(Sides<Object>{known, *mine, *other});
        },
        base);
    return merged && validate(*merged).ok() ? merged : std::nullopt;
}

std::optional<PolicyObject> canonicalCopy(const std::optional<PolicyObject>& object) {
    return object ? std::optional(canonical(*object)) : std::nullopt;
}

std::map<std::string, Edit> byKey(const std::vector<Edit>& edits) {
    std::map<std::string, Edit> each;
    for (const auto& edit : edits) {
        const Edit one{edit.ref, canonicalCopy(edit.before), canonicalCopy(edit.after)};
        const auto [place, isFirst] = each.try_emplace(keyOf(edit.ref), one);
        if (!isFirst) {
            place->second.after = one.after;
        }
    }
    return each;
}

void mergeOne(const Edit& edit, const PolicyObject* present, Merge& merge) {
    const auto theirs = present == nullptr ? std::nullopt : std::optional(*present);
    if (edit.before == edit.after || theirs == edit.after) {
        return;
    }
    if (theirs == edit.before) {
        merge.edits.push_back(edit);
        return;
    }
    std::optional<PolicyObject> merged;
    if (edit.before && edit.after && theirs) {
        merged = mergedObject(*edit.before, *edit.after, *theirs);
    }
    if (!merged) {
        merge.conflicts.push_back({edit.ref, edit.before, edit.after, theirs});
    } else if (merged != theirs) {
        merge.edits.push_back({edit.ref, theirs, std::move(merged)});
    }
}

}  // namespace

Merge merge(const std::vector<Edit>& ours, const PolicySet& present) {
    Merge merge;
    for (const auto& [key, edit] : byKey(ours)) {
        mergeOne(edit, present.find(edit.ref), merge);
    }
    return merge;
}

}  // namespace weft::mesh::changes
