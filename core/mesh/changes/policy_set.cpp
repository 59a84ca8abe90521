// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_set.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::changes {
namespace {

using policy::ObjectKind;

std::optional<PolicyObject> copied(const std::shared_ptr<const PolicyObject>& object) {
    return object == nullptr ? std::nullopt : std::optional(*object);
}

bool same(
    const std::shared_ptr<const PolicyObject>& left,
    const std::shared_ptr<const PolicyObject>& right) {
    return left == right || *left == *right;
}

}  // namespace

PolicyObject canonical(PolicyObject object) {
    if (auto* edge = std::get_if<storage::EdgeRecord>(&object);
        edge != nullptr && edge->target < edge->source) {
        std::swap(edge->source, edge->target);
    }
    return object;
}

Edit inverse(Edit edit) {
    std::swap(edit.before, edit.after);
    return edit;
}

PolicySet PolicySet::of(const storage::Registry& registry) {
    PolicySet set;
    for (const auto kind :
         {ObjectKind::Role, ObjectKind::RoleBinding, ObjectKind::Group, ObjectKind::NetworkAcl}) {
        registry.forEachRaw(
            prefixOf(kind), [&set, kind](std::string_view /*key*/, const std::string& json) {
                auto object = decode(kind, json);
                if (object.ok()) {
                    set.put(*std::move(object));
                } else {
                    ++set.unreadable_;
                }
            });
    }
    for (const auto* route : registry.routes()) {
        set.put(*route);
    }
    for (const auto* edge : registry.edges()) {
        set.put(*edge);
    }
    set.unreadable_ += registry.notWhollyRead(storage::kRoutesPrefix).size()
                       + registry.notWhollyRead(storage::kEdgesPrefix).size();
    return set;
}

const PolicyObject* PolicySet::find(const ObjectRef& ref) const {
    const auto found = objects_.find(keyOf(ref));
    return found == objects_.end() ? nullptr : found->second.get();
}

void PolicySet::put(PolicyObject object) {
    auto shared = std::make_shared<const PolicyObject>(canonical(std::move(object)));
    auto key = keyOf(refOf(*shared));
    objects_.insert_or_assign(std::move(key), std::move(shared));
}

bool PolicySet::remove(const ObjectRef& ref) {
    return objects_.erase(keyOf(ref)) != 0;
}

void PolicySet::apply(const std::vector<Edit>& edits) {
    for (const auto& edit : edits) {
        if (edit.after) {
            put(*edit.after);
        } else {
            remove(edit.ref);
        }
    }
}

std::vector<const PolicyObject*> PolicySet::ofKind(ObjectKind kind) const {
    const auto prefix = prefixOf(kind);
    std::vector<const PolicyObject*> objects;
    for (auto each = objects_.lower_bound(prefix);
         each != objects_.end() && each->first.starts_with(prefix);
         ++each) {
        objects.push_back(each->second.get());
    }
    return objects;
}

std::string PolicySet::fingerprint() const {
    std::string all;
    for (const auto& [key, object] : objects_) {
        const auto text = encode(*object);
        all += fmt::format("{} {} {}{}", key.size(), text.size(), key, text);
    }
    return base::hexEncode(crypto::asString(crypto::sha256(all)));
}

bool operator==(const PolicySet& left, const PolicySet& right) {
    return std::ranges::equal(
        left.objects_, right.objects_, [](const auto& one, const auto& other) {
            return one.first == other.first && same(one.second, other.second);
        });
}

std::vector<Edit> difference(const PolicySet& before, const PolicySet& after) {
    std::vector<Edit> edits;
    const auto add = [&edits](
                         const std::shared_ptr<const PolicyObject>& was,
                         const std::shared_ptr<const PolicyObject>& is) {
        edits.push_back({refOf(was == nullptr ? *is : *was), copied(was), copied(is)});
    };
    auto was = before.objects().begin();
    auto is = after.objects().begin();
    while (was != before.objects().end() || is != after.objects().end()) {
        if (is == after.objects().end()
            || (was != before.objects().end() && was->first < is->first)) {
            add((was++)->second, nullptr);
        } else if (was == before.objects().end() || is->first < was->first) {
            add(nullptr, (is++)->second);
        } else {
            if (!same(was->second, is->second)) {
                add(was->second, is->second);
            }
            ++was;
            ++is;
        }
    }
    return edits;
}

}  // namespace weft::mesh::changes
