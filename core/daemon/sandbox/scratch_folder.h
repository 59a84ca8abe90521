// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <filesystem>
#include <utility>

namespace weft::daemon::sandbox {

/// A fresh folder that only this user may enter; it goes with everything in it. Blocks on the disk.
class ScratchFolder {
public:
    /// Below `parent`. Errors: kPermissionDenied, kNotFound, kUnavailable.
    static StatusOr<ScratchFolder> create(const std::filesystem::path& parent);

    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&& other) = delete;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    const std::filesystem::path& path() const { return path_; }

private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace weft::daemon::sandbox
