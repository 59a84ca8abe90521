// SPDX-License-Identifier: Apache-2.0
#include "core/config/detail/codec.h"
#include "core/config/key_table.h"
#include "core/config/load.h"
#include "core/config/print.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/temp_dir.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace config = weft::config;

weft::StatusOr<config::NodeOptions> loadText(
    const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    return config::load({.file = path});
}

/// The first supported key that is shown and has another value; empty when there is none.
std::string_view firstDifference(
    const config::NodeOptions& left, const config::NodeOptions& right) {
    for (const auto& key : config::keyTable()) {
        if (key.supported() && !key.secret()
            && config::detail::render(key, left).items
                   != config::detail::render(key, right).items) {
            return key.name;
        }
    }
    return {};
}

/// What was loaded can be printed and loaded again, and says the same.
void check(const std::filesystem::path& folder, const char* file, std::string_view text) {
    const auto options = loadText(folder / file, text);
    if (!options.ok()) {
        WEFT_FUZZ_CHECK(!options.status().message().empty());
        return;
    }
    const auto printed = config::printConfig(*options);
    const auto again = loadText(folder / "printed.yaml", printed);
    if (printed.find("redacted") != std::string::npos) {
        // Without its secrets a configuration may be incomplete.
        return;
    }
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(firstDifference(*options, *again).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const weft::tests::TempDir kFolder;
    const auto text = weft::fuzz::asText(data, size);
    for (const char* file : {"weft.yaml", "weft.toml", "weft.json"}) {
        check(kFolder.path(), file, text);
    }
    if (const auto duration = config::parseDuration(text); duration.ok()) {
        const auto again = config::parseDuration(config::formatDuration(*duration));
        WEFT_FUZZ_CHECK(again.ok() && *again == *duration);
    }
    return 0;
}
