// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/load.h"
#include "tests/support/temp_dir.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace weft::config {

/// A configuration file that lives as long as the test.
class SourceFile {
public:
    SourceFile(const std::string& name, std::string_view text) : path_(folder_ / name) {
        std::ofstream(path_, std::ios::binary) << text;
        std::filesystem::permissions(path_, std::filesystem::perms(0600));
    }

    const std::filesystem::path& path() const { return path_; }
    /// Where line `line` of the file is, as origins and errors say it.
    std::string at(int line) const { return path_.string() + ":" + std::to_string(line); }

private:
    tests::TempDir folder_;
    std::filesystem::path path_;
};

/// A request that depends on nothing of this machine.
inline LoadRequest plainRequest() {
    return {.environment = {{"HOME", "/home/tester"}}, .isRoot = false};
}

inline LoadRequest requestOf(const SourceFile& file) {
    auto request = plainRequest();
    request.file = file.path();
    return request;
}

}  // namespace weft::config
