// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::storage::detail {

/// What an engine does for the Committer: one open batch at a time, all of it kept or none.
/// Thread: the writer thread, `health` any.
class WriteBackend {
public:
    WriteBackend() = default;
    WriteBackend(const WriteBackend&) = delete;
    WriteBackend& operator=(const WriteBackend&) = delete;
    virtual ~WriteBackend() = default;

    /// Once, before the first batch.
    virtual void prepare() {}

    virtual Status begin() = 0;
    /// Makes the batch durable, and visible at once or from `flush` on (`hasDeferred`). On an error
    /// nothing of it is visible.
    virtual Status finish(Revision revision) = 0;
    virtual void rollback() = 0;

    /// What is stored, expired or not. The value is left empty unless `withValue`.
    virtual StatusOr<std::optional<Entry>> find(std::string_view key, bool withValue) = 0;
    virtual Status put(
        const Put& put, Revision revision, const std::optional<WallTime>& expiresAt) = 0;
    virtual Status erase(std::string_view key) = 0;
    /// All keys below `prefix` that live at `now`, in order.
    virtual StatusOr<std::vector<std::string>> liveKeys(std::string_view prefix, WallTime now) = 0;
    /// Deletes all keys below `prefix`, expired or not. Empty: everything.
    virtual Status erasePrefix(std::string_view prefix) = 0;
    /// Deletes up to `most` entries whose time has come; returns how many.
    virtual StatusOr<std::size_t> eraseExpired(WallTime now, std::size_t most) = 0;

    /// After the answers of a batch were given.
    virtual void housekeeping() {}

    /// Whether there are batches that reads do not see before `flush`. Never false from the moment
    /// when `finish` of such a batch returns. Thread: any.
    virtual bool hasDeferred() const { return false; }
    /// On an error the batches stay durable, and invisible until a later call goes well.
    virtual Status flush() { return okStatus(); }
    /// When nothing has come for a while: `flush`, and give back what many batches needed.
    virtual void settle() {}

    /// Why the engine can go on no more; ok while it can.
    virtual Status health() const { return okStatus(); }
};

/// Applies one transaction at `next`: checks the conditions in order, then changes. `events` gets
/// what watchers shall see; it stays empty when nothing changed, and the revision is not used then.
StatusOr<CommitResult> applyTransaction(
    WriteBackend& backend,
    const Transaction& transaction,
    Revision next,
    WallTime now,
    std::vector<Event>& events);

/// The same for a replacement of everything.
StatusOr<CommitResult> applyReplacement(
    WriteBackend& backend,
    const std::vector<Put>& entries,
    Revision next,
    WallTime now,
    std::vector<Event>& events);

}  // namespace weft::storage::detail
