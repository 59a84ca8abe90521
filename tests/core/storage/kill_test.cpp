// SPDX-License-Identifier: Apache-2.0
// kill -9 at random moments: what was acknowledged is there, and nothing by halves.
// WEFT_KILL_ROUNDS says how often.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/core/storage/kill_pattern.h"
#include "tests/support/random_seed.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {
namespace {

constexpr int kDefaultRounds = 10;

int rounds() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
    const char* given = std::getenv("WEFT_KILL_ROUNDS");
    return given != nullptr ? std::stoi(given) : kDefaultRounds;
}

/// The last commit of each writer that was acknowledged, in all rounds.
using Acknowledged = std::array<std::uint64_t, kWriters>;

class Child {
public:
    Child(const std::filesystem::path& store, std::uint64_t first) {
        int ends[2] = {};
        if (::pipe(ends) != 0) {
            return;
        }
        const std::string path = store.string();
        const std::string number = std::to_string(first);
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            ::execl(WEFT_KILL_CHILD, WEFT_KILL_CHILD, path.c_str(), number.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        pipe_ = ends[0];
    }
    ~Child() {
        kill();
        ::close(pipe_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// False at the end of the pipe.
    bool read(Acknowledged& acknowledged) const {
        std::uint64_t said = 0;
        if (::read(pipe_, &said, sizeof said) != sizeof said) {
            return false;
        }
        acknowledged.at(said / kMostCommits) = said % kMostCommits;
        return true;
    }

    void kill() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
            process_ = -1;
        }
    }

private:
    pid_t process_ = -1;
    int pipe_ = -1;
};

void busyFor(std::chrono::microseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
    }
}

/// What stands below one side, as numbers of commits of `writer`; checks the values.
std::set<std::uint64_t> numbersOf(
    const storage::KeyValueStore& store, const char* side, int writer) {
    std::set<std::uint64_t> numbers;
    const auto prefix = fmt::format("{}/{}/", side, writer);
    const auto listing = store.list(prefix);
    EXPECT_EQ(listing.status(), okStatus());
    if (listing.ok()) {
        for (const auto& entry : listing->entries) {
            const auto number = std::stoull(entry.key.substr(prefix.size()));
            EXPECT_EQ(entry.value, valueOf(writer, number)) << entry.key;
            numbers.insert(number);
        }
    }
    return numbers;
}

/// The commit that wrote all the wide keys; 0 when there are none.
std::uint64_t wideNumberOf(const storage::KeyValueStore& store) {
    const auto listing = store.list("wide/");
    EXPECT_EQ(listing.status(), okStatus());
    if (!listing.ok() || listing->entries.empty()) {
        return 0;
    }
    EXPECT_EQ(listing->entries.size(), static_cast<std::size_t>(kWideKeys));
    const std::string& first = listing->entries.front().value;
    for (const auto& entry : listing->entries) {
        EXPECT_EQ(entry.value, first) << "half a large transaction at " << entry.key;
    }
    return std::stoull(first);
}

/// Returns the number that the next round may begin with.
std::uint64_t check(const std::filesystem::path& path, const Acknowledged& acknowledged) {
    const base::SystemClock clock;
    storage::SqliteOptions options;
    options.path = path;
    auto store = storage::SqliteStore::open(std::move(options), clock);
    EXPECT_EQ(store.status(), okStatus());
    if (!store.ok()) {
        return 0;
    }
    EXPECT_GE(wideNumberOf(**store), acknowledged[0]);
    std::uint64_t next = 0;
    for (int writer = 0; writer < kWriters; ++writer) {
        const auto left = numbersOf(**store, "left", writer);
        EXPECT_EQ(left, numbersOf(**store, "right", writer)) << "half a transaction";
        const std::uint64_t last = acknowledged.at(static_cast<std::size_t>(writer));
        if (last > 0) {
            EXPECT_TRUE(left.contains(last)) << "writer " << writer << " lost commit " << last;
        }
        if (!left.empty()) {
            next = std::max(next, *left.rbegin() + 1);
        }
    }
    return next;
}

TEST(Kill, KeepsEveryAcknowledgedCommitWhole) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::cout << "WEFT_TEST_SEED=" << seed << '\n';
    std::mt19937_64 random(seed);
    const TempDir folder;
    const auto path = folder / "store.db";
    std::uint64_t next = 1;
    std::uint64_t total = 0;
    for (int round = 0; round < rounds(); ++round) {
        Acknowledged acknowledged{};
        {
            Child child(path, next);
            const std::uint64_t count = random() % 300;
            for (std::uint64_t i = 0; i < count; ++i) {
                ASSERT_TRUE(child.read(acknowledged)) << "the child ended by itself";
            }
            busyFor(std::chrono::microseconds(random() % 3000));
            child.kill();
            total += count;
            while (child.read(acknowledged)) {
                ++total;
            }
        }
        next = std::max(next, check(path, acknowledged));
        ASSERT_FALSE(HasFailure()) << "round " << round;
    }
    EXPECT_GT(total, 0U);
    std::cout << "acknowledged commits: " << total << '\n';
}

}  // namespace
}  // namespace weft::tests
