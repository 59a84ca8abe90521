// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_record.h"
#include "core/mesh/detail/mesh_view.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// Changes by id, which is padded so that they sort.
inline constexpr std::string_view kChangesPrefix = "/weft/v1/changes/";
inline constexpr std::string_view kPendingChangeKey = "/weft/v1/pending-change";

std::string changeKey(std::uint64_t id);
std::optional<std::uint64_t> idOfChangeKey(std::string_view key);
std::string encodeChange(const ChangeRecord& record);
std::string encodePending(const PendingChange& pending);
/// Errors: kDataLoss.
StatusOr<ChangeRecord> decodeChange(std::string_view json);
StatusOr<PendingChange> decodePending(std::string_view json);

/// nullopt: none waits. A record that does not read counts as none.
std::optional<PendingChange> pendingChange(const SharedRecords& shared);
/// nullopt: it is not kept, or does not read.
std::optional<ChangeRecord> changeOf(const SharedRecords& shared, std::uint64_t id);

/// A record of what `caller` does.
ChangeRecord changeBy(const Caller& caller, std::string_view verb, WallTime now);
/// Gives the record the next id and adds it to the transaction, which fails when somebody else
/// took that id; forgets the oldest ones. A record without objects is not kept.
void keepChange(const MeshView& view, ChangeRecord& record, storage::Transaction& transaction);

/// What `transaction` does to the objects of administrators, each edge once. Deletes of whole
/// prefixes are left out.
StatusOr<std::vector<ChangedObject>> changedObjects(
    const storage::KeyValueStore& store, const storage::Transaction& transaction);

}  // namespace weft::mesh::detail
