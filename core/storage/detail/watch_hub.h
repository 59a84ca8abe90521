// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace weft::storage::detail {

/// How much of the past is kept in memory for watches that start after an earlier revision. The
/// oldest commits go first; a commit that is larger than that is not kept at all.
inline constexpr std::size_t kMaxHistoryEvents = 8192;
inline constexpr std::size_t kMaxHistoryBytes = std::size_t{2} << 20;

/// The watches of one store and its recent events.
/// Thread: `publish`, `deliver` the writer thread, the rest any.
class WatchHub : public std::enable_shared_from_this<WatchHub> {
public:
    explicit WatchHub(Revision current);

    /// Says that revisions up to this one may become visible to readers before `publish` tells of
    /// them, so that a watch may start after them.
    void announce(Revision revision) WEFT_EXCLUDES(mutex_);

    /// Takes over the events of one commit.
    void publish(std::vector<Event> events, Revision revision) WEFT_EXCLUDES(mutex_);

    /// Runs the callbacks that have something to hear.
    void deliver() WEFT_EXCLUDES(mutex_);

    /// `deliver` must follow soon on the writer thread when `backlog` became true.
    StatusOr<WatchHandle> add(
        std::string_view prefix,
        std::optional<Revision> afterRevision,
        WatchCallback callback,
        bool& backlog) WEFT_EXCLUDES(mutex_);

private:
    struct Commit {
        std::vector<Event> events;
        Revision revision = 0;
        std::size_t bytes = 0;
    };
    using CommitPtr = std::shared_ptr<const Commit>;

    struct Watcher {
        std::string prefix;
        /// Hears what is later than this.
        Revision after = 0;
        WatchCallback callback;
        std::deque<CommitPtr> pending;
        bool cancelled = false;
    };
    using WatcherPtr = std::shared_ptr<Watcher>;

    void cancel(const WatcherPtr& watcher) WEFT_EXCLUDES(mutex_);
    WatcherPtr takeNext(std::deque<CommitPtr>& commits) WEFT_EXCLUDES(mutex_);
    static void call(const Watcher& watcher, const std::deque<CommitPtr>& commits);

    base::Mutex mutex_;
    base::ConditionVariable idle_;
    std::vector<WatcherPtr> watchers_ WEFT_GUARDED_BY(mutex_);
    /// The watcher whose callback runs now, and where.
    WatcherPtr running_ WEFT_GUARDED_BY(mutex_);
    std::thread::id runner_ WEFT_GUARDED_BY(mutex_);

    std::deque<CommitPtr> history_ WEFT_GUARDED_BY(mutex_);
    std::size_t historyEvents_ WEFT_GUARDED_BY(mutex_) = 0;
    std::size_t historyBytes_ WEFT_GUARDED_BY(mutex_) = 0;
    /// Everything after this revision is in `history_`.
    Revision forgotten_ WEFT_GUARDED_BY(mutex_);
    Revision current_ WEFT_GUARDED_BY(mutex_);
    Revision announced_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::storage::detail
