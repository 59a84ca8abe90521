// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/policy.h"
#include "core/base/clock.h"
#include "core/base/status.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weft::tests {

/// The rules of a mesh in memory. Keeps revisions, protects system objects and notes each write, as
/// a real mesh does; judges by names alone: prefixes and nested groups are left out.
/// A change of a FakePolicy, and what it did.
struct FakeChange {
    api::Change change;
    std::vector<api::PolicyEdit> edits;
};

struct FakePolicy {
    api::PolicyState state;
    std::vector<api::RemovedNode> removed;
    /// Newest first.
    std::vector<api::AuditEvent> audit;
    /// Newest first.
    std::vector<FakeChange> history{};
    api::KeptPolicyTests tests{};
    /// How it stands with each change. Who is pending is done from the second question on.
    std::vector<api::NodePropagation> propagation{};
    /// How often each change was asked about.
    std::map<std::uint64_t, std::size_t> asked{};

    /// Adds without asking anything.
    void add(api::PolicyObject object, bool isSystem = false);
    StatusOr<api::WriteReport> put(
        const api::PolicyObject& object, std::optional<std::uint64_t> base, WallTime now);
    StatusOr<api::WriteReport> remove(
        const api::ObjectRef& ref, std::optional<std::uint64_t> base, WallTime now);
    StatusOr<api::WriteReport> removeNode(
        const std::string& nodeId, const std::string& reason, WallTime now);
    Status readmitNode(const std::string& nodeId, WallTime now);
    api::AccessAnswer check(const api::AccessQuestion& question) const;
    api::AccessExplanation explain(const std::string& from, const std::string& to) const;
    std::vector<api::AuditEvent> events(const api::AuditFilter& filter) const;

private:
    api::DirectionVerdict direction(const std::string& from, const std::string& to) const;
    bool contains(const std::vector<std::string>& nodes, const std::string& node) const;
    bool isMember(const std::string& group, const std::string& name) const;
    void note(
        const std::string& verb, const api::ObjectRef& ref, const Status& outcome, WallTime now);
};

/// Who makes the changes of a FakePolicy.
inline constexpr const char* kFakeAdministrator = "laptop";

/// An event with the fields that all have.
api::AuditEvent fakeAuditEvent(
    WallTime at, std::string who, std::string proof, std::string verb, const api::ObjectRef& ref);

/// What a new mesh has that the first of `peers` made; with at least eight of them also some
/// objects of each kind that people made.
FakePolicy fakePolicy(const std::vector<api::Peer>& peers, WallTime now);

/// A group for each name, whose one member has that name.
void addGroups(FakePolicy& policy, std::span<const std::string> names);

/// `count` objects of each kind but edges, for lists that are long.
FakePolicy crowdedFakePolicy(std::size_t count, WallTime now);

}  // namespace weft::tests
