// SPDX-License-Identifier: Apache-2.0
// bench_storage put FOLDER WORKERS SECONDS     durable puts of 512 bytes over 10,000 keys
// bench_storage get FOLDER WORKERS SECONDS     local reads of the same
// bench_storage transaction FOLDER             commits of 65,536 puts
// bench_storage bulk FOLDER                    1,000,000 puts of 150 bytes, 20,000 in a commit
// bench_storage open FOLDER                    open with 10,000 nodes and 50,000 edges, list them
// Measures the SQLite store in FOLDER, which must be on the disk that counts (never tmpfs). put and
// get print "ops/s p50 p99 max failed", times in milliseconds; the others say what they print.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/bench/closed_loop.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace weft::bench {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kNodes = 10000;
constexpr std::size_t kEdges = 50000;
constexpr std::size_t kNodeBytes = 700;
constexpr std::size_t kEdgeBytes = 150;
constexpr std::size_t kBulkPuts = 1000000;
constexpr std::size_t kBulkPerCommit = 20000;

using storage::SqliteStore;

const base::SystemClock& systemClock() {
    static const base::SystemClock clock;
    return clock;
}

std::unique_ptr<SqliteStore> openStore(const std::filesystem::path& folder) {
    storage::SqliteOptions options;
    options.path = folder / "bench.db";
    auto store = SqliteStore::open(std::move(options), systemClock());
    if (!store.ok()) {
        std::cerr << toString(store.status()) << '\n';
        std::exit(1);  // NOLINT(concurrency-mt-unsafe): no other thread yet
    }
    return *std::move(store);
}

/// The resident memory of this process in MB.
double residentMegabytes() {
    std::ifstream statm("/proc/self/statm");
    long size = 0;
    long resident = 0;
    statm >> size >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

void commit(storage::KeyValueStore& store, storage::Transaction transaction) {
    const auto result = store.commitAndWait(std::move(transaction));
    if (!result.ok()) {
        std::cerr << toString(result.status()) << '\n';
        std::exit(1);  // NOLINT(concurrency-mt-unsafe): nothing runs at exit
    }
}

int put(const std::filesystem::path& folder, int workers, double seconds) {
    const auto store = openStore(folder);
    const auto result = closedLoop(workers, seconds, [&](int /*worker*/) -> LoopCall {
        return [&](std::uint64_t number) {
            return store->put(benchKey(number), std::string(kValueBytes, 'v')).ok();
        };
    });
    std::cout << lineOf(result);
    return 0;
}

int get(const std::filesystem::path& folder, int workers, double seconds) {
    const auto store = openStore(folder);
    storage::Transaction fill;
    for (std::uint64_t i = 0; i < kKeys; ++i) {
        fill.operations.emplace_back(
            storage::Put{benchKey(i), std::string(kValueBytes, 'v'), std::nullopt});
    }
    commit(*store, std::move(fill));
    const auto result = closedLoop(workers, seconds, [&](int /*worker*/) -> LoopCall {
        return [&](std::uint64_t number) { return store->get(benchKey(number)).ok(); };
    });
    std::cout << lineOf(result);
    return 0;
}

int transaction(const std::filesystem::path& folder) {
    const auto store = openStore(folder);
    for (int round = 0; round < kRounds; ++round) {
        storage::Transaction transaction;
        for (std::size_t i = 0; i < storage::kMaxTransactionOperations; ++i) {
            transaction.operations.emplace_back(storage::Put{
                fmt::format("/registry/edges/n{}/{}", round, i),
                std::string(kEdgeBytes, 'e'),
                std::nullopt});
        }
        const auto start = BenchClock::now();
        commit(*store, std::move(transaction));
        std::cout << fmt::format("commit of 65,536 puts: {:.0f} ms\n", millisecondsSince(start));
    }
    std::cout << fmt::format("resident {:.1f} MB\n", residentMegabytes());
    return 0;
}

int bulk(const std::filesystem::path& folder) {
    const auto store = openStore(folder);
    const auto start = BenchClock::now();
    for (std::size_t done = 0; done < kBulkPuts; done += kBulkPerCommit) {
        storage::Transaction transaction;
        for (std::size_t i = 0; i < kBulkPerCommit; ++i) {
            transaction.operations.emplace_back(storage::Put{
                fmt::format("/registry/edges/n{}/n{}", done / kBulkPerCommit, i),
                std::string(kEdgeBytes, 'e'),
                std::nullopt});
        }
        commit(*store, std::move(transaction));
    }
    std::cout << fmt::format("1,000,000 puts: {:.0f} ms\n", millisecondsSince(start));
    std::cout << fmt::format("resident {:.1f} MB\n", residentMegabytes());
    return 0;
}

int open(const std::filesystem::path& folder) {
    {
        const auto store = openStore(folder);
        storage::Transaction transaction;
        for (std::size_t i = 0; i < kNodes; ++i) {
            transaction.operations.emplace_back(
                storage::Put{benchKey(i), std::string(kNodeBytes, 'n'), std::nullopt});
        }
        for (std::size_t i = 0; i < kEdges; ++i) {
            transaction.operations.emplace_back(storage::Put{
                fmt::format("/registry/edges/n{}/n{}", i % kNodes, i),
                std::string(kEdgeBytes, 'e'),
                std::nullopt});
        }
        commit(*store, std::move(transaction));
    }
    for (int round = 0; round < kRounds; ++round) {
        const double before = residentMegabytes();
        const auto start = BenchClock::now();
        const auto store = openStore(folder);
        const double opened = millisecondsSince(start);
        const double resident = residentMegabytes();
        const auto listStart = BenchClock::now();
        const auto listing = store->list("");
        std::cout << fmt::format(
            "open {:.1f} ms, resident +{:.1f} MB; list of {} {:.1f} ms\n",
            opened,
            resident - before,
            listing.ok() ? listing->entries.size() : 0,
            millisecondsSince(listStart));
    }
    return 0;
}

int usage() {
    std::cerr << "usage: bench_storage put|get FOLDER WORKERS SECONDS\n"
                 "       bench_storage transaction|bulk|open FOLDER\n";
    return 2;
}

int run(int argc, char** argv) {
    if (argc < 3) {
        return usage();
    }
    const std::string_view what = argv[1];
    const std::filesystem::path folder = argv[2];
    if (argc == 5 && (what == "put" || what == "get")) {
        const int workers = std::atoi(argv[3]);
        const double seconds = std::strtod(argv[4], nullptr);
        return what == "put" ? put(folder, workers, seconds) : get(folder, workers, seconds);
    }
    if (argc != 3) {
        return usage();
    }
    if (what == "transaction") {
        return transaction(folder);
    }
    if (what == "bulk") {
        return bulk(folder);
    }
    return what == "open" ? open(folder) : usage();
}

}  // namespace
}  // namespace weft::bench

int main(int argc, char** argv) {
    return weft::bench::run(argc, argv);
}
