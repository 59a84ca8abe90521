// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/watch_hub.h"

#include <algorithm>
#include <utility>

namespace weft::storage::detail {

WatchHub::WatchHub(Revision current)
    : forgotten_(current), current_(current), announced_(current) {}

void WatchHub::announce(Revision revision) {
    const base::MutexLock lock(mutex_);
    announced_ = std::max(announced_, revision);
}

void WatchHub::publish(std::vector<Event> events, Revision revision) {
    auto commit = std::make_shared<Commit>();
    for (const Event& event : events) {
        commit->bytes += sizeof(Event) + event.key.size() + event.value.size();
    }
    commit->events = std::move(events);
    commit->revision = revision;

    const base::MutexLock lock(mutex_);
    for (const WatcherPtr& watcher : watchers_) {
        if (revision > watcher->after) {
            watcher->pending.push_back(commit);
        }
    }
    current_ = revision;
    announced_ = std::max(announced_, revision);
    historyEvents_ += commit->events.size();
    historyBytes_ += commit->bytes;
    history_.push_back(std::move(commit));
    while (historyEvents_ > kMaxHistoryEvents || historyBytes_ > kMaxHistoryBytes) {
        const CommitPtr& oldest = history_.front();
        historyEvents_ -= oldest->events.size();
        historyBytes_ -= oldest->bytes;
        forgotten_ = oldest->revision;
        history_.pop_front();
    }
}

StatusOr<WatchHandle> WatchHub::add(
    std::string_view prefix,
    std::optional<Revision> afterRevision,
    WatchCallback callback,
    bool& backlog) {
    auto watcher = std::make_shared<Watcher>();
    watcher->prefix = prefix;
    watcher->callback = std::move(callback);
    {
        const base::MutexLock lock(mutex_);
        if (watchers_.size() >= kMaxWatches) {
            return resourceExhausted("the store has {} watches, the most", kMaxWatches);
        }
        watcher->after = afterRevision.value_or(current_);
        if (watcher->after < forgotten_) {
            return outOfRange(
                "changes after revision {} are no longer kept, only those after {}",
                watcher->after,
                forgotten_);
        }
        if (watcher->after > announced_) {
            return outOfRange(
                "revision {} is ahead of the store, which is at {}", watcher->after, current_);
        }
        for (const CommitPtr& commit : history_) {
            if (commit->revision > watcher->after) {
                watcher->pending.push_back(commit);
            }
        }
        backlog = !watcher->pending.empty();
        watchers_.push_back(watcher);
    }
    WatchHandle handle;
    handle.startRevision = watcher->after;
    // The hub outlives the store here: a handle may be dropped after it.
    handle.subscription =
        Subscription([self = shared_from_this(), watcher] { self->cancel(watcher); });
    return handle;
}

void WatchHub::cancel(const WatcherPtr& watcher) {
    const base::MutexLock lock(mutex_);
    watcher->cancelled = true;
    watcher->pending.clear();
    std::erase(watchers_, watcher);
    while (running_ == watcher && runner_ != std::this_thread::get_id()) {
        idle_.wait(mutex_);
    }
}

WatchHub::WatcherPtr WatchHub::takeNext(std::deque<CommitPtr>& commits) {
    const base::MutexLock lock(mutex_);
    running_ = nullptr;
    idle_.notifyAll();
    const auto found = std::ranges::find_if(
        watchers_, [](const WatcherPtr& watcher) { return !watcher->pending.empty(); });
    if (found == watchers_.end()) {
        return nullptr;
    }
    running_ = *found;
    runner_ = std::this_thread::get_id();
    commits = std::exchange(running_->pending, {});
    return running_;
}

void WatchHub::deliver() {
    std::deque<CommitPtr> commits;
    while (const WatcherPtr watcher = takeNext(commits)) {
        call(*watcher, commits);
    }
}

void WatchHub::call(const Watcher& watcher, const std::deque<CommitPtr>& commits) {
    std::vector<Event> events;
    for (const CommitPtr& commit : commits) {
        for (const Event& event : commit->events) {
            if (event.key.starts_with(watcher.prefix)) {
                events.push_back(event);
            }
        }
    }
    if (!events.empty()) {
        watcher.callback(events);
    }
}

}  // namespace weft::storage::detail
