// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft::storage {

/// The largest snapshot that `decodeSnapshot` reads.
inline constexpr std::size_t kMaxSnapshotBytes = std::size_t{256} << 20;

enum class SnapshotForm {
    Map,   ///< `RaftSnapshot.kv` as a map, API v0.4.2: what we write
    List,  ///< a list of items, API v0.6
};

/// Everything in `store` at one revision as a `v1.RaftSnapshot` message (not compressed). Entries
/// carry the life that is left to them at `now`.
StatusOr<std::string> encodeSnapshot(
    const KeyValueStore& store, WallTime now, SnapshotForm form = SnapshotForm::Map);

/// Reads either form; told apart element by element. An element whose life has already ended is
/// left out. Errors: kInvalidArgument    not a snapshot, or an entry breaks a limit of the store
///                   kResourceExhausted  larger than kMaxSnapshotBytes or kMaxReplaceEntries
StatusOr<std::vector<Put>> decodeSnapshot(std::string_view bytes);

/// Replaces the whole content of `store` by the snapshot's in one transaction.
/// Errors: those of decodeSnapshot and commit; then nothing has changed.
Status restoreSnapshot(KeyValueStore& store, std::string_view bytes);

}  // namespace weft::storage
