// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_record.h"
#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/policy/rules.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh::detail {

using ChangedObjects = std::vector<ChangedObject>;

/// Objects that are to be written together: each is compared with what is stored, checked against
/// what will be there, and written in one transaction. In this order: the adds, check, write.
class ChangeWrites {
public:
    struct Options {
        /// What is not as expected is left alone and reported, instead of refused.
        bool skip = false;
    };

    /// Both outlive it.
    ChangeWrites(const MeshView& view, const storage::KeyValueStore& store, Options options)
        : view_(view), store_(store), options_(options) {}

    /// Errors: kInvalidArgument, those of the store.
    Status addEdit(const changes::Edit& edit);
    /// Brings the object back to how it was before.
    Status addReversal(const ChangedObject& object);

    /// Whether the present state is the one that is expected, and `caller` may; nullptr: this very
    /// program, whose rights nobody asks.
    Status check(const Caller* caller);
    ChangedObjects write(storage::Transaction& transaction) const;

    const std::vector<std::string>& leftAlone() const { return leftAlone_; }

private:
    struct Write {
        ObjectRef ref;
        /// nullopt: there is none. Of an edge either direction stands for both.
        std::optional<PolicyObject> present{};
        /// As stored; empty: nothing.
        std::string text{};
        /// Of the keys that it is written to, one or for an edge two.
        std::vector<storage::Compare> conditions{};
        std::optional<PolicyObject> wanted{};
        /// What is stored in place of the encoded object; empty: the object.
        std::string verbatim{};
        /// It brings something back to how it was.
        bool reverses = false;
        /// Whether the present state is the one that it was made for.
        bool expected = false;
    };

    StatusOr<Write> read(const ObjectRef& ref) const;
    Status refuseUnexpected();
    void prepareRules();
    Status checkEach(const Caller* caller);
    Status checkOne(const Caller* caller, Write& write);
    Status checkCaller(const Caller& caller, Write& write);
    Status checkReferences(const Write& write) const;
    Status checkNotNamed(const ObjectRef& gone) const;
    /// Of what is not written.
    std::optional<ObjectRef> keptThatNames(const ObjectRef& gone) const;
    Status checkRoom() const;
    const Write* writeOf(const std::string& key) const;

    const MeshView& view_;
    const storage::KeyValueStore& store_;
    const Options options_;
    std::vector<Write> writes_;
    std::vector<storage::Compare> needs_;
    std::vector<std::string> leftAlone_;
    std::shared_ptr<const policy::RoleRules> after_;
    bool changesRoles_ = false;
};

}  // namespace weft::mesh::detail
