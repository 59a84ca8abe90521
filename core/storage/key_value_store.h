// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/base/subscription.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weft::storage {

/// Grows by one with each committed transaction that changed something. 0 is the empty store.
using Revision = std::uint64_t;

inline constexpr std::size_t kMaxKeyBytes = 4096;
inline constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;
/// Holds for the conditions of a transaction as well.
inline constexpr std::size_t kMaxTransactionOperations = 65536;
/// All keys and values of one transaction together.
inline constexpr std::size_t kMaxTransactionBytes = std::size_t{64} << 20;
/// All keys and values of one `replaceAll` together, and how many entries that may be.
inline constexpr std::size_t kMaxReplaceBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxReplaceEntries = std::size_t{4} << 20;
/// Watches of one store at the same time.
inline constexpr std::size_t kMaxWatches = 4096;

struct Entry {
    std::string key;
    std::string value;
    /// The revision that wrote this value.
    Revision revision = 0;
    /// Absolute end of life; nullopt lives on.
    std::optional<WallTime> expiresAt;
};

/// One condition of a transaction on one key.
struct Compare {
    enum class Kind {
        Exists,
        Absent,
        RevisionIs,  ///< `revision`; 0 is the same as Absent
        ValueIs,     ///< `value`
    };
    Kind kind = Kind::Exists;
    std::string key;
    Revision revision = 0;
    std::string value;
};

struct Put {
    std::string key;
    std::string value;
    /// From the commit on; nullopt or zero lives on. Negative is refused.
    std::optional<Duration> ttl;
};

/// Deleting a key that is not there is no error and changes nothing.
struct Delete {
    std::string key;
};

/// Every key that starts with `prefix`. An empty prefix is refused.
struct DeletePrefix {
    std::string prefix;
};

using Operation = std::variant<Put, Delete, DeletePrefix>;

/// All or nothing: when every condition holds, all operations happen in order at one revision.
struct Transaction {
    std::vector<Compare> conditions;
    std::vector<Operation> operations;
};

struct CommitResult {
    /// False when a condition did not hold; nothing was changed then.
    bool applied = false;
    /// The store's revision after the commit (applied), or the one that was compared with.
    Revision revision = 0;
    /// The index of the first condition that did not hold.
    std::optional<std::size_t> failedCondition;
};

/// One change as a watcher sees it.
struct Event {
    enum class Kind { Put, Delete };
    Kind kind = Kind::Put;
    std::string key;
    /// Empty for Delete.
    std::string value;
    Revision revision = 0;
};

/// All events of one or several commits, in order; never part of a revision.
using WatchCallback = std::function<void(const std::vector<Event>&)>;

struct WatchHandle {
    /// Dropping it ends the watch.
    Subscription subscription;
    /// Every change after this revision reaches the callback, and none up to it.
    Revision startRevision = 0;
};

struct Listing {
    std::vector<Entry> entries;
    /// The revision at which all of them were read.
    Revision revision = 0;
};

/// The database of a mesh: ordered keys, values, prefixes. Keys are non-empty UTF-8, order is
/// byte-wise.
///
/// A commit that was reported as applied is durable (engines that have a disk) and visible to every
/// later read. Expired entries are invisible to reads at once; their removal emits no event.
///
/// Errors of all calls: kInvalidArgument    a key or value breaks a limit; the text names it
///                      kUnavailable        the store is closed or stopped after a failed write
///                      kResourceExhausted  disk full, or the commit queue is full; nothing changed
///                      kDataLoss           stored bytes are bad
/// Thread: any.
class KeyValueStore {
public:
    KeyValueStore() = default;
    KeyValueStore(const KeyValueStore&) = delete;
    KeyValueStore& operator=(const KeyValueStore&) = delete;
    /// Finishes what was accepted, then closes.
    virtual ~KeyValueStore() = default;

    /// "sqlite", "memory": for status and messages.
    virtual std::string engineName() const = 0;
    /// Whether this engine can take voters and observers on other machines.
    virtual bool supportsVoters() const = 0;

    /// Errors besides the common ones: kNotFound "key not found: KEY".
    virtual StatusOr<Entry> get(std::string_view key) const = 0;
    /// All entries below `prefix` in order, at one revision. Empty prefix: everything.
    virtual StatusOr<Listing> list(std::string_view prefix) const = 0;
    /// The keys alone.
    virtual StatusOr<std::vector<std::string>> listKeys(std::string_view prefix) const = 0;
    virtual Revision revision() const = 0;

    /// Queues the transaction; `done` runs on the engine's writer thread after it is durable, or
    /// with an error; watchers have been called with the change before. `done` must not block and
    /// must not drop the store. What is refused at once (a broken limit, a full queue, a closed
    /// store) runs `done` inside the call.
    virtual void commit(Transaction transaction, Callback<CommitResult> done) = 0;

    /// Replaces everything by `entries` in one commit; of several with the same key the last
    /// counts. It is what restoring a snapshot needs, so kMaxReplaceEntries and kMaxReplaceBytes
    /// hold instead of a transaction's limits. `done` as for `commit`.
    virtual void replaceAll(std::vector<Put> entries, Callback<CommitResult> done) = 0;

    /// Watches all keys below `prefix` (empty: everything). The callback runs on the engine's
    /// writer thread after the commit is durable, in order; it must not block. With
    /// `afterRevision` the changes after that revision are delivered first.
    /// Errors: kOutOfRange when those changes are no longer kept: list, then watch from there.
    virtual StatusOr<WatchHandle> watch(
        std::string_view prefix, std::optional<Revision> afterRevision, WatchCallback callback) = 0;

    /// Removes entries whose time has come from the disk, and returns how many. Reads never see
    /// them, so this only saves space. Engines call it by themselves as well.
    virtual StatusOr<std::size_t> removeExpired() = 0;

    /// `commit` and wait. Never from the writer thread.
    StatusOr<CommitResult> commitAndWait(Transaction transaction);
    /// One unconditional put, durable on return.
    Status put(std::string key, std::string value, std::optional<Duration> ttl = std::nullopt);
    /// One unconditional delete, durable on return.
    Status erase(std::string key);
};

/// Checks limits and UTF-8 of a whole transaction before it is queued.
Status validate(const Transaction& transaction);
Status validateKey(std::string_view key);
/// Empty is fine here.
Status validatePrefix(std::string_view prefix);
/// Key, value and time to live.
Status validatePut(const Put& put);
/// What `replaceAll` takes.
Status validateReplacement(const std::vector<Put>& entries);

}  // namespace weft::storage
