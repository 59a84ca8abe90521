// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/key_value_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::tests {

/// How the suite gets an empty store of one engine.
struct StoreEngine {
    std::string name;
    std::function<std::unique_ptr<storage::KeyValueStore>(
        const TempDir& folder, const base::Clock& clock)>
        create;
};

/// Names the engine in messages of GoogleTest.
inline void PrintTo(const StoreEngine& engine, std::ostream* out) {
    *out << engine.name;
}

/// What every engine of KeyValueStore must do: the TEST_Ps of the *_suite.cpp files beside this,
/// instantiated for each engine.
class KeyValueStoreSuite : public testing::TestWithParam<StoreEngine> {
protected:
    void SetUp() override;

    storage::KeyValueStore& store() { return *store_; }
    /// A second, empty store of the same engine.
    std::unique_ptr<storage::KeyValueStore> another();
    void dropStore() { store_.reset(); }
    FakeClock& clock() { return clock_; }

    void put(const std::string& key, const std::string& value);
    /// The value, or the code of the error in brackets.
    std::string valueOf(std::string_view key);
    std::vector<std::string> keys(std::string_view prefix = {});
    /// "key=value" of everything in order.
    std::vector<std::string> contents(std::string_view prefix = {});
    /// Fails the test when the call itself fails.
    storage::CommitResult commit(storage::Transaction transaction);

private:
    FakeClock clock_;
    TempDir folder_;
    TempDir otherFolder_;
    std::unique_ptr<storage::KeyValueStore> store_;
};

/// Collects what a watch says, from the writer thread.
class WatchRecorder {
public:
    storage::WatchCallback callback();

    /// "12 put key=value", "13 delete key", in order of arrival.
    std::vector<std::string> lines() const;
    std::vector<storage::Revision> revisions() const;
    /// Waits until there are `count` events; false after ten seconds.
    bool waitFor(std::size_t count) const;

private:
    mutable base::Mutex mutex_;
    mutable base::ConditionVariable more_;
    std::vector<storage::Event> events_ WEFT_GUARDED_BY(mutex_);
};

inline storage::Compare exists(std::string key) {
    return {storage::Compare::Kind::Exists, std::move(key), 0, {}};
}
inline storage::Compare absent(std::string key) {
    return {storage::Compare::Kind::Absent, std::move(key), 0, {}};
}
inline storage::Compare revisionIs(std::string key, storage::Revision revision) {
    return {storage::Compare::Kind::RevisionIs, std::move(key), revision, {}};
}
inline storage::Compare valueIs(std::string key, std::string value) {
    return {storage::Compare::Kind::ValueIs, std::move(key), 0, std::move(value)};
}

}  // namespace weft::tests
