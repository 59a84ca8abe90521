// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temp_dir.h"

#include "core/base/check.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace weft::tests {

TempDir::TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "weft-test-XXXXXX").string();
    WEFT_CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace weft::tests
