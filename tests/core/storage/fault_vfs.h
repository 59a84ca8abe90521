// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>

namespace weft::tests {

/// SQLite's file layer with faults that a test switches on. One per process.
struct FaultVfs {
    /// The name for SqliteOptions::vfs. Registers the layer at first use and clears all faults.
    static std::string install();

    /// fsync of the journal, that is a commit, fails with an I/O error.
    static std::atomic<bool> failJournalSync;
    /// fsync of the database file, that is a checkpoint, fails with an I/O error.
    static std::atomic<bool> failFileSync;
    /// Every write fails for want of space.
    static std::atomic<bool> diskFull;
    /// Writes to the database file, that is checkpoints, fail for want of space.
    static std::atomic<bool> fileFull;
    /// How many fsyncs of the journal there were.
    static std::atomic<int> journalSyncs;
};

}  // namespace weft::tests
