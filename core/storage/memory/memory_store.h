// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/detail/committer.h"
#include "core/storage/key_value_store.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace weft::storage {

/// A store that forgets everything at its end: for tests and trials.
class MemoryStore final : public KeyValueStore {
public:
    /// `clock` must outlive the store.
    static std::unique_ptr<MemoryStore> create(const base::Clock& clock);
    ~MemoryStore() override;

    std::string engineName() const override { return "memory"; }
    bool supportsVoters() const override { return false; }
    StatusOr<Entry> get(std::string_view key) const override;
    StatusOr<Listing> list(std::string_view prefix) const override;
    StatusOr<std::vector<std::string>> listKeys(std::string_view prefix) const override;
    Revision revision() const override;
    void commit(Transaction transaction, Callback<CommitResult> done) override;
    void replaceAll(std::vector<Put> entries, Callback<CommitResult> done) override;
    StatusOr<WatchHandle> watch(
        std::string_view prefix,
        std::optional<Revision> afterRevision,
        WatchCallback callback) override;
    StatusOr<std::size_t> removeExpired() override;

private:
    class Table;

    explicit MemoryStore(const base::Clock& clock);

    const detail::StoreClock clock_;
    const std::unique_ptr<Table> table_;
    detail::Committer committer_;
};

}  // namespace weft::storage
