// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"
#include "core/mesh/types.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh {

/// Edits in one change.
inline constexpr std::size_t kMaxChangeEdits = 1000;
/// Of a note, and of the other texts about who made a change.
inline constexpr std::size_t kMaxChangeNoteBytes = 512;
/// The objects of one change as they are kept; a larger change is made and cannot be taken back.
inline constexpr std::size_t kMaxChangeRecordBytes = std::size_t{512} << 10;
/// The history: past these the oldest change is forgotten.
inline constexpr std::size_t kMaxChangeRecords = 500;
inline constexpr std::size_t kMaxChangeHistoryBytes = std::size_t{4} << 20;
/// How long a change may wait for its confirmation.
inline constexpr std::chrono::seconds kMaxRevertAfter{3600};

/// What a change did to one object. The texts are protojson as stored.
struct ChangedObject {
    ObjectRef ref;
    /// Empty: there was none.
    std::string before{};
    /// Empty: removed.
    std::string after{};

    friend bool operator==(const ChangedObject&, const ChangedObject&) = default;
};

/// One change of the rules of a mesh, as its history has it.
struct ChangeRecord {
    /// Counts up from 1.
    std::uint64_t id = 0;
    WallTime time;
    std::string identity{};
    /// As in AuditEvent.
    std::string proof{};
    std::string proxiedBy{};
    std::string source{};
    /// "put", "delete", "remove", "apply", "revert", "auto-revert".
    std::string verb{};
    std::string note{};
    std::vector<ChangedObject> objects{};
    /// The change that this one takes back; 0: none.
    std::uint64_t reverts = 0;
    /// They were too large to be kept.
    bool withoutObjects = false;
    /// In words: what could not be taken back.
    std::vector<std::string> leftAlone{};

    friend bool operator==(const ChangeRecord&, const ChangeRecord&) = default;
};

/// A change that is taken back unless somebody confirms it.
struct PendingChange {
    std::uint64_t id = 0;
    WallTime revertAt;
    std::string identity{};
    std::chrono::seconds revertAfter{0};

    friend bool operator==(const PendingChange&, const PendingChange&) = default;
};

}  // namespace weft::mesh
