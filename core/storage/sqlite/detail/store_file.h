// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace weft::storage::detail {

/// The files of a SQLite store on the disk, locked against a second opener as long as this lives.
/// Thread: one at a time.
class StoreFile {
public:
    /// What the name of the RedoLog beside the database ends in.
    static constexpr const char* kRedoSuffix = "-redo";

    /// Makes the folder (0700) when it is missing, takes the lock, and makes the file (0600, empty)
    /// when it is missing.
    static StatusOr<std::unique_ptr<StoreFile>> open(const std::filesystem::path& path);
    StoreFile(const StoreFile&) = delete;
    StoreFile& operator=(const StoreFile&) = delete;
    ~StoreFile();

    const std::string& path() const { return path_; }
    /// Whether there was nothing in the file yet.
    bool isEmpty() const { return isEmpty_; }
    std::size_t bytes() const;

    /// Takes what group and others may do away.
    Status restrict() const;

    /// Fills the journal with zeros up to `bytes`. SQLite stops reading a journal at the first
    /// frame whose checksum is wrong, which a zero frame's is. Without space it does nothing.
    void preallocateJournal(std::size_t bytes) const;

private:
    explicit StoreFile(std::string path) : path_(std::move(path)) {}

    Status takeLock();
    Status create();

    const std::string path_;
    int lock_ = -1;
    bool isEmpty_ = false;
};

}  // namespace weft::storage::detail
