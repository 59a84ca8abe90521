// SPDX-License-Identifier: Apache-2.0
// kill_child PATH FIRST: commits without end to the store at PATH from several threads and writes
// the number of each commit that was acknowledged to standard output, eight bytes each. Somebody
// else ends it.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/core/storage/kill_pattern.h"

#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using weft::tests::transactionOf;

void writeForever(weft::storage::KeyValueStore& store, int writer, std::uint64_t number) {
    while (store.commitAndWait(transactionOf(writer, number)).ok()) {
        const auto said = weft::tests::acknowledgement(writer, number);
        // Up to PIPE_BUF a pipe takes a write as a whole, whatever other threads do.
        if (::write(STDOUT_FILENO, &said, sizeof said) != sizeof said) {
            return;
        }
        ++number;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: kill_child PATH FIRST\n";
        return 2;
    }
    const weft::base::SystemClock clock;
    weft::storage::SqliteOptions options;
    options.path = argv[1];
    auto store = weft::storage::SqliteStore::open(std::move(options), clock);
    if (!store.ok()) {
        std::cerr << weft::toString(store.status()) << '\n';
        return 1;
    }
    const std::uint64_t first = std::strtoull(argv[2], nullptr, 10);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < weft::tests::kWriters; ++writer) {
        threads.emplace_back([&store, writer, first] { writeForever(**store, writer, first); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    return 1;
}
