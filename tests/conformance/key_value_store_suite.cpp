// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/key_value_store_suite.h"

#include <fmt/format.h>

#include <chrono>

namespace weft::tests {

void KeyValueStoreSuite::SetUp() {
    store_ = GetParam().create(folder_, clock_);
    ASSERT_NE(store_, nullptr);
}

std::unique_ptr<storage::KeyValueStore> KeyValueStoreSuite::another() {
    return GetParam().create(otherFolder_, clock_);
}

void KeyValueStoreSuite::put(const std::string& key, const std::string& value) {
    ASSERT_EQ(store_->put(key, value), okStatus());
}

std::string KeyValueStoreSuite::valueOf(std::string_view key) {
    const auto entry = store_->get(key);
    return entry.ok() ? entry->value
                      : fmt::format("[{}]", absl::StatusCodeToString(entry.status().code()));
}

std::vector<std::string> KeyValueStoreSuite::keys(std::string_view prefix) {
    const auto keys = store_->listKeys(prefix);
    EXPECT_EQ(keys.status(), okStatus());
    return keys.ok() ? *keys : std::vector<std::string>();
}

std::vector<std::string> KeyValueStoreSuite::contents(std::string_view prefix) {
    const auto listing = store_->list(prefix);
    EXPECT_EQ(listing.status(), okStatus());
    std::vector<std::string> lines;
    if (listing.ok()) {
        for (const auto& entry : listing->entries) {
            lines.push_back(fmt::format("{}={}", entry.key, entry.value));
        }
    }
    return lines;
}

storage::CommitResult KeyValueStoreSuite::commit(storage::Transaction transaction) {
    const auto result = store_->commitAndWait(std::move(transaction));
    EXPECT_EQ(result.status(), okStatus());
    return result.ok() ? *result : storage::CommitResult{};
}

storage::WatchCallback WatchRecorder::callback() {
    return [this](const std::vector<storage::Event>& events) {
        const base::MutexLock lock(mutex_);
        events_.insert(events_.end(), events.begin(), events.end());
        more_.notifyAll();
    };
}

std::vector<std::string> WatchRecorder::lines() const {
    const base::MutexLock lock(mutex_);
    std::vector<std::string> lines;
    for (const auto& event : events_) {
        lines.push_back(
            event.kind == storage::Event::Kind::Put
                ? fmt::format("{} put {}={}", event.revision, event.key, event.value)
                : fmt::format("{} delete {}", event.revision, event.key));
    }
    return lines;
}

std::vector<storage::Revision> WatchRecorder::revisions() const {
    const base::MutexLock lock(mutex_);
    std::vector<storage::Revision> revisions;
    for (const auto& event : events_) {
        revisions.push_back(event.revision);
    }
    return revisions;
}

bool WatchRecorder::waitFor(std::size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    const base::MutexLock lock(mutex_);
    while (events_.size() < count) {
        if (more_.waitUntil(mutex_, deadline) == std::cv_status::timeout) {
            return events_.size() >= count;
        }
    }
    return true;
}

}  // namespace weft::tests
