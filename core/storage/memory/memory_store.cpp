// SPDX-License-Identifier: Apache-2.0
#include "core/storage/memory/memory_store.h"

#include "core/base/text.h"
#include "core/storage/detail/key_range.h"

#include <utility>

namespace weft::storage {
namespace {

using Entries = std::map<std::string, Entry, std::less<>>;
using Iterator = Entries::const_iterator;

std::pair<Iterator, Iterator> rangeOf(const Entries& entries, std::string_view prefix) {
    const auto end = detail::endOfPrefix(prefix);
    return {entries.lower_bound(prefix), end ? entries.lower_bound(*end) : entries.end()};
}

bool isLive(const Entry& entry, WallTime now) {
    return !entry.expiresAt || *entry.expiresAt > now;
}

}  // namespace

/// The entries that readers see, and beside them what the open batch would make of them: a batch
/// becomes visible at once and only as a whole.
class MemoryStore::Table final : public detail::WriteBackend {
public:
    Status begin() override { return okStatus(); }

    Status finish(Revision revision) override {
        const base::MutexLock lock(mutex_);
        for (auto& [key, entry] : changes_) {
            if (entry) {
                entries_.insert_or_assign(key, *std::move(entry));
            } else {
                entries_.erase(key);
            }
        }
        changes_.clear();
        revision_ = revision;
        return okStatus();
    }

    void rollback() override { changes_.clear(); }

    StatusOr<std::optional<Entry>> find(std::string_view key, bool /*withValue*/) override {
        if (const auto changed = changes_.find(key); changed != changes_.end()) {
            return changed->second;
        }
        const base::MutexLock lock(mutex_);
        const auto found = entries_.find(key);
        return found == entries_.end() ? std::optional<Entry>() : found->second;
    }

    Status put(
        const Put& put, Revision revision, const std::optional<WallTime>& expiresAt) override {
        changes_.insert_or_assign(put.key, Entry{put.key, put.value, revision, expiresAt});
        return okStatus();
    }

    Status erase(std::string_view key) override {
        changes_.insert_or_assign(std::string(key), std::nullopt);
        return okStatus();
    }

    StatusOr<std::vector<std::string>> liveKeys(std::string_view prefix, WallTime now) override {
        std::vector<std::string> keys;
        for (const auto& [key, entry] : merged(prefix)) {
            if (isLive(entry, now)) {
                keys.push_back(key);
            }
        }
        return keys;
    }

    Status erasePrefix(std::string_view prefix) override {
        for (const auto& [key, entry] : merged(prefix)) {
            changes_.insert_or_assign(key, std::nullopt);
        }
        return okStatus();
    }

    StatusOr<std::size_t> eraseExpired(WallTime now, std::size_t most) override {
        std::size_t count = 0;
        const base::MutexLock lock(mutex_);
        for (const auto& [key, entry] : entries_) {
            if (count < most && !isLive(entry, now) && !changes_.contains(key)) {
                changes_.emplace(key, std::nullopt);
                ++count;
            }
        }
        return count;
    }

    StatusOr<Entry> get(std::string_view key, WallTime now) const {
        const base::MutexLock lock(mutex_);
        const auto found = entries_.find(key);
        if (found == entries_.end() || !isLive(found->second, now)) {
            return notFound("key not found: {}", key);
        }
        return found->second;
    }

    Listing list(std::string_view prefix, WallTime now) const {
        const base::MutexLock lock(mutex_);
        Listing listing;
        listing.revision = revision_;
        const auto [first, last] = rangeOf(entries_, prefix);
        for (auto at = first; at != last; ++at) {
            if (isLive(at->second, now)) {
                listing.entries.push_back(at->second);
            }
        }
        return listing;
    }

private:
    /// What is below `prefix` as the open batch sees it.
    Entries merged(std::string_view prefix) const {
        Entries result;
        {
            const base::MutexLock lock(mutex_);
            const auto [first, last] = rangeOf(entries_, prefix);
            result.insert(first, last);
        }
        for (const auto& [key, entry] : changes_) {
            if (!key.starts_with(prefix)) {
                continue;
            }
            if (entry) {
                result.insert_or_assign(key, *entry);
            } else {
                result.erase(key);
            }
        }
        return result;
    }

    mutable base::Mutex mutex_;
    Entries entries_ WEFT_GUARDED_BY(mutex_);
    Revision revision_ WEFT_GUARDED_BY(mutex_) = 0;
    /// Writer thread only. nullopt: erased.
    std::map<std::string, std::optional<Entry>, std::less<>> changes_;
};

std::unique_ptr<MemoryStore> MemoryStore::create(const base::Clock& clock) {
    return std::unique_ptr<MemoryStore>(new MemoryStore(clock));
}

MemoryStore::MemoryStore(const base::Clock& clock)
    : clock_(clock)
    , table_(std::make_unique<Table>())
    , committer_(*table_, clock_, 0, "weft-store") {}

MemoryStore::~MemoryStore() = default;

StatusOr<Entry> MemoryStore::get(std::string_view key) const {
    WEFT_RETURN_IF_ERROR(validateKey(key));
    return table_->get(key, clock_.now());
}

StatusOr<Listing> MemoryStore::list(std::string_view prefix) const {
    WEFT_RETURN_IF_ERROR(validatePrefix(prefix));
    return table_->list(prefix, clock_.now());
}

StatusOr<std::vector<std::string>> MemoryStore::listKeys(std::string_view prefix) const {
    WEFT_ASSIGN_OR_RETURN(auto listing, list(prefix));
    std::vector<std::string> keys;
    keys.reserve(listing.entries.size());
    for (Entry& entry : listing.entries) {
        keys.push_back(std::move(entry.key));
    }
    return keys;
}

Revision MemoryStore::revision() const {
    return committer_.revision();
}

void MemoryStore::commit(Transaction transaction, Callback<CommitResult> done) {
    committer_.commit(std::move(transaction), std::move(done));
}

void MemoryStore::replaceAll(std::vector<Put> entries, Callback<CommitResult> done) {
    committer_.replaceAll(std::move(entries), std::move(done));
}

StatusOr<WatchHandle> MemoryStore::watch(
    std::string_view prefix, std::optional<Revision> afterRevision, WatchCallback callback) {
    return committer_.watch(prefix, afterRevision, std::move(callback));
}

StatusOr<std::size_t> MemoryStore::removeExpired() {
    return committer_.removeExpired();
}

}  // namespace weft::storage
