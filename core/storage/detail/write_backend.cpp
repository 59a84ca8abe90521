// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/write_backend.h"

#include "core/storage/detail/store_clock.h"

#include <unordered_map>
#include <utility>

namespace weft::storage::detail {
namespace {

bool isLive(const std::optional<Entry>& entry, WallTime now) {
    return entry && (!entry->expiresAt || *entry->expiresAt > now);
}

StatusOr<bool> holds(WriteBackend& backend, const Compare& condition, WallTime now) {
    const bool needsValue = condition.kind == Compare::Kind::ValueIs;
    WEFT_ASSIGN_OR_RETURN(const auto entry, backend.find(condition.key, needsValue));
    const bool live = isLive(entry, now);
    switch (condition.kind) {
    case Compare::Kind::Exists:
        return live;
    case Compare::Kind::Absent:
        return !live;
    case Compare::Kind::RevisionIs:
        return (live ? entry->revision : 0) == condition.revision;
    case Compare::Kind::ValueIs:
        return live && entry->value == condition.value;
    }
    return internalError("a condition of an unknown kind");
}

Event deletion(std::string key, Revision revision) {
    return Event{Event::Kind::Delete, std::move(key), {}, revision};
}

/// Carries out the operations of one transaction, in order.
class Applier {
public:
    Applier(WriteBackend& backend, Revision revision, WallTime now, std::vector<Event>& events)
        : backend_(backend), revision_(revision), now_(now), events_(events) {}

    Status operator()(const Put& put) {
        WEFT_RETURN_IF_ERROR(backend_.put(put, revision_, StoreClock::expiry(now_, put.ttl)));
        events_.push_back(Event{Event::Kind::Put, put.key, put.value, revision_});
        return okStatus();
    }

    Status operator()(const Delete& erase) {
        WEFT_ASSIGN_OR_RETURN(const auto entry, backend_.find(erase.key, false));
        if (!entry) {
            return okStatus();
        }
        WEFT_RETURN_IF_ERROR(backend_.erase(erase.key));
        if (isLive(entry, now_)) {
            events_.push_back(deletion(erase.key, revision_));
        }
        return okStatus();
    }

    Status operator()(const DeletePrefix& erase) {
        WEFT_ASSIGN_OR_RETURN(auto keys, backend_.liveKeys(erase.prefix, now_));
        WEFT_RETURN_IF_ERROR(backend_.erasePrefix(erase.prefix));
        for (std::string& key : keys) {
            events_.push_back(deletion(std::move(key), revision_));
        }
        return okStatus();
    }

private:
    WriteBackend& backend_;
    Revision revision_;
    WallTime now_;
    std::vector<Event>& events_;
};

}  // namespace

StatusOr<CommitResult> applyTransaction(
    WriteBackend& backend,
    const Transaction& transaction,
    Revision next,
    WallTime now,
    std::vector<Event>& events) {
    CommitResult result{.applied = false, .revision = next - 1, .failedCondition = std::nullopt};
    for (std::size_t i = 0; i < transaction.conditions.size(); ++i) {
        WEFT_ASSIGN_OR_RETURN(const bool held, holds(backend, transaction.conditions[i], now));
        if (!held) {
            result.failedCondition = i;
            return result;
        }
    }
    Applier applier(backend, next, now, events);
    for (const Operation& operation : transaction.operations) {
        WEFT_RETURN_IF_ERROR(std::visit(applier, operation));
    }
    result.applied = true;
    result.revision = events.empty() ? next - 1 : next;
    return result;
}

StatusOr<CommitResult> applyReplacement(
    WriteBackend& backend,
    const std::vector<Put>& entries,
    Revision next,
    WallTime now,
    std::vector<Event>& events) {
    WEFT_ASSIGN_OR_RETURN(auto oldKeys, backend.liveKeys({}, now));
    WEFT_RETURN_IF_ERROR(backend.erasePrefix({}));
    // The place of the last entry with each key.
    std::unordered_map<std::string_view, std::size_t> places;
    places.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        places[entries[i].key] = i;
    }
    for (std::string& key : oldKeys) {
        if (!places.contains(key)) {
            events.push_back(deletion(std::move(key), next));
        }
    }
    Applier applier(backend, next, now, events);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (places[entries[i].key] == i) {
            WEFT_RETURN_IF_ERROR(applier(entries[i]));
        }
    }
    return CommitResult{
        .applied = true,
        .revision = events.empty() ? next - 1 : next,
        .failedCondition = std::nullopt};
}

}  // namespace weft::storage::detail
