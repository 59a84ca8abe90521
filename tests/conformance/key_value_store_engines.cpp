// SPDX-License-Identifier: Apache-2.0
// The engines that run the suite of KeyValueStore.
#include "core/storage/memory/memory_store.h"
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/conformance/key_value_store_suite.h"

#include <atomic>
#include <iostream>

namespace weft::tests {
namespace {

std::unique_ptr<storage::KeyValueStore> createMemory(const TempDir&, const base::Clock& clock) {
    return storage::MemoryStore::create(clock);
}

std::unique_ptr<storage::KeyValueStore> createSqlite(
    const TempDir& folder, const base::Clock& clock) {
    static std::atomic<int> count = 0;
    storage::SqliteOptions options;
    options.path = folder / std::to_string(++count) / "store.db";
    auto store = storage::SqliteStore::open(std::move(options), clock);
    if (!store.ok()) {
        std::cerr << toString(store.status()) << '\n';
        return nullptr;
    }
    return *std::move(store);
}

INSTANTIATE_TEST_SUITE_P(
    Engines,
    KeyValueStoreSuite,
    testing::Values(StoreEngine{"memory", createMemory}, StoreEngine{"sqlite", createSqlite}),
    [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace weft::tests
