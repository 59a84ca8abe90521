// SPDX-License-Identifier: Apache-2.0
// Random operations on an engine and on a plain map must agree.
#include "core/storage/memory/memory_store.h"
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_seed.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>

namespace weft::tests {
namespace {

using storage::CommitResult;
using storage::Compare;
using storage::Delete;
using storage::DeletePrefix;
using storage::Entry;
using storage::Put;
using storage::Revision;
using storage::Transaction;
using namespace std::chrono_literals;

/// What KeyValueStore promises, in the plainest words.
class Model {
public:
    CommitResult commit(const Transaction& transaction, WallTime now) {
        expire(now);
        for (std::size_t i = 0; i < transaction.conditions.size(); ++i) {
            if (!holds(transaction.conditions[i])) {
                return {.applied = false, .revision = revision_, .failedCondition = i};
            }
        }
        bool changed = false;
        for (const auto& operation : transaction.operations) {
            if (const auto* put = std::get_if<Put>(&operation)) {
                Entry entry{put->key, put->value, revision_ + 1, std::nullopt};
                if (put->ttl) {
                    entry.expiresAt = now + *put->ttl;
                }
                entries_[put->key] = entry;
                changed = true;
            } else if (const auto* erase = std::get_if<Delete>(&operation)) {
                changed |= entries_.erase(erase->key) > 0;
            } else {
                const auto& prefix = std::get<DeletePrefix>(operation).prefix;
                changed |= std::erase_if(
                               entries_, [&](const auto& e) { return e.first.starts_with(prefix); })
                           > 0;
            }
        }
        revision_ += changed ? 1 : 0;
        return {.applied = true, .revision = revision_, .failedCondition = std::nullopt};
    }

    void expire(WallTime now) {
        std::erase_if(entries_, [&](const auto& e) {
            return e.second.expiresAt && *e.second.expiresAt <= now;
        });
    }

    Revision revision() const { return revision_; }
    const std::map<std::string, Entry>& entries() const { return entries_; }

private:
    bool holds(const Compare& condition) const {
        const auto found = entries_.find(condition.key);
        const bool there = found != entries_.end();
        switch (condition.kind) {
        case Compare::Kind::Exists:
            return there;
        case Compare::Kind::Absent:
            return !there;
        case Compare::Kind::RevisionIs:
            return (there ? found->second.revision : 0) == condition.revision;
        case Compare::Kind::ValueIs:
            return there && found->second.value == condition.value;
        }
        return false;
    }

    std::map<std::string, Entry> entries_;
    Revision revision_ = 0;
};

class Script {
public:
    explicit Script(std::uint64_t seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t n) { return random_() % n; }

    std::string key() {
        std::string key = "k";
        for (auto length = below(3); length > 0; --length) {
            key += "ab/\xc3\xbf"[below(3)];
        }
        return key;
    }

    std::string value() {
        // Now and then one that needs pages of its own.
        return std::string(below(20) == 0 ? 9000 : below(30), static_cast<char>('a' + below(26)));
    }

    Transaction transaction(const Model& model) {
        Transaction transaction;
        for (auto n = below(3); n > 0; --n) {
            transaction.conditions.push_back(condition(model));
        }
        for (auto n = below(6); n > 0; --n) {
            const auto kind = below(10);
            if (kind < 6) {
                transaction.operations.emplace_back(Put{key(), value(), ttl()});
            } else if (kind < 9) {
                transaction.operations.emplace_back(Delete{key()});
            } else {
                transaction.operations.emplace_back(DeletePrefix{key()});
            }
        }
        return transaction;
    }

private:
    std::optional<Duration> ttl() {
        return below(4) == 0 ? std::optional<Duration>(std::chrono::seconds(1 + below(30)))
                             : std::nullopt;
    }

    Compare condition(const Model& model) {
        Compare condition;
        condition.kind = static_cast<Compare::Kind>(below(4));
        condition.key = key();
        const auto found = model.entries().find(condition.key);
        if (found != model.entries().end() && below(3) > 0) {
            condition.revision = found->second.revision;
            condition.value = found->second.value;
        }
        return condition;
    }

    std::mt19937_64 random_;
};

void expectEqual(const storage::KeyValueStore& store, const Model& model) {
    const auto listing = store.list("");
    ASSERT_EQ(listing.status(), okStatus());
    ASSERT_EQ(listing->revision, model.revision());
    ASSERT_EQ(listing->entries.size(), model.entries().size());
    auto expected = model.entries().begin();
    for (const Entry& entry : listing->entries) {
        ASSERT_EQ(entry.key, expected->first);
        ASSERT_EQ(entry.value, expected->second.value);
        ASSERT_EQ(entry.revision, expected->second.revision);
        ASSERT_EQ(entry.expiresAt, expected->second.expiresAt);
        ++expected;
    }
}

using Reopen =
    std::function<std::unique_ptr<storage::KeyValueStore>(std::unique_ptr<storage::KeyValueStore>)>;

void compareWithModel(FakeClock& clock, const Reopen& reopen, int steps) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    Script script(seed);
    Model model;
    auto store = reopen(nullptr);
    for (int step = 0; step < steps; ++step) {
        if (script.below(60) == 0) {
            store = reopen(std::move(store));
        }
        if (script.below(5) == 0) {
            clock.advance(std::chrono::seconds(script.below(12)));
        }
        const Transaction transaction = script.transaction(model);
        const auto expected = model.commit(transaction, clock.wallNow());
        const auto result = store->commitAndWait(transaction);
        ASSERT_EQ(result.status(), okStatus()) << "step " << step;
        ASSERT_EQ(result->applied, expected.applied) << "step " << step;
        ASSERT_EQ(result->revision, expected.revision) << "step " << step;
        ASSERT_EQ(result->failedCondition, expected.failedCondition) << "step " << step;
        if (step % 10 == 0) {
            expectEqual(*store, model);
        }
        if (testing::Test::HasFatalFailure()) {
            FAIL() << "step " << step;
        }
    }
    model.expire(clock.wallNow());
    expectEqual(*store, model);
}

TEST(StoreModel, MemoryStoreAgreesWithAMapOnRandomOperations) {
    FakeClock clock;
    const Reopen keep = [&](std::unique_ptr<storage::KeyValueStore> store) {
        return store ? std::move(store) : storage::MemoryStore::create(clock);
    };

    compareWithModel(clock, keep, 1000);
}

TEST(StoreModel, SqliteStoreAgreesWithAMapOnRandomOperations) {
    FakeClock clock;
    const TempDir folder;
    const Reopen reopen = [&](std::unique_ptr<storage::KeyValueStore> store)
        -> std::unique_ptr<storage::KeyValueStore> {
        store.reset();
        storage::SqliteOptions options;
        options.path = folder / "store.db";
        auto opened = storage::SqliteStore::open(std::move(options), clock);
        EXPECT_EQ(opened.status(), okStatus());
        return *std::move(opened);
    };

    compareWithModel(clock, reopen, 300);
}

}  // namespace
}  // namespace weft::tests
