// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy_object.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Edits of a mesh's rules before they are made: values and pure decisions.
namespace weft::mesh::changes {

/// One object as it is and as it is to be: both are there for a change, one of them for an object
/// that is made or removed.
struct Edit {
    ObjectRef ref;
    std::optional<PolicyObject> before{};
    std::optional<PolicyObject> after{};

    friend bool operator==(const Edit&, const Edit&) = default;
};

/// The other way round.
Edit inverse(Edit edit);

/// Everything that administrators write, as it was at one moment. A value that shares its objects
/// with its copies. Edges have one form: from the end that sorts first.
class PolicySet {
public:
    using Objects = std::map<std::string, std::shared_ptr<const PolicyObject>, std::less<>>;

    PolicySet() = default;
    /// What `registry` holds. Records that do not read are left out and counted.
    static PolicySet of(const storage::Registry& registry);

    /// nullptr: there is none.
    const PolicyObject* find(const ObjectRef& ref) const;
    template <typename Object>
    const Object* find(std::string_view name) const;
    /// Makes or replaces.
    void put(PolicyObject object);
    /// Whether there was one.
    bool remove(const ObjectRef& ref);
    /// Sets what each edit wants, whatever is there.
    void apply(const std::vector<Edit>& edits);

    /// By key in the store, sorted.
    const Objects& objects() const { return objects_; }
    /// All of one kind, sorted by key.
    std::vector<const PolicyObject*> ofKind(policy::ObjectKind kind) const;
    std::size_t unreadable() const { return unreadable_; }
    /// SHA-256 in hex over all objects: the same for sets that are equal, and for no others.
    std::string fingerprint() const;

    friend bool operator==(const PolicySet& left, const PolicySet& right);

private:
    Objects objects_;
    std::size_t unreadable_ = 0;
};

template <typename Object>
const Object* PolicySet::find(std::string_view name) const {
    const auto kind = kindOf(PolicyObject(Object{}));
    const auto* object = find(ObjectRef{kind, std::string(name)});
    return object == nullptr ? nullptr : std::get_if<Object>(object);
}

/// What leads from `before` to `after`, sorted by key.
std::vector<Edit> difference(const PolicySet& before, const PolicySet& after);

/// An object in the form in which sets and stores have it.
PolicyObject canonical(PolicyObject object);

}  // namespace weft::mesh::changes
