// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace weft::tests {

/// A fresh folder (0700) below the system's temporary folder; removed with everything in it.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::filesystem::path& name) const {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

}  // namespace weft::tests
