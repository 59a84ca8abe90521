// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_document.h"
#include "core/base/text.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

namespace cli = weft::cli;

/// What is written of an object reads as the same object.
void check(const cli::FileObject& read, const std::string& written) {
    const auto again = cli::parsePolicyFile(written, "again", std::nullopt);
    if (again.ok()) {
        WEFT_FUZZ_CHECK(again->size() == 1);
        WEFT_FUZZ_CHECK(again->front().object == read.object);
        WEFT_FUZZ_CHECK(again->front().base == read.base);
    }
    WEFT_FUZZ_CHECK(cli::changesBetween(read.object, read.object).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    const auto read = cli::parsePolicyFile(text, "file", std::nullopt);
    if (!read.ok()) {
        WEFT_FUZZ_CHECK(!weft::messageOf(read.status()).empty());
        return 0;
    }
    for (const auto& object : *read) {
        // Bytes that are no text are written as a mark.
        if (weft::base::isUtf8(text)) {
            const auto document = cli::describe(object.object, object.base);
            check(object, document.toYaml());
            check(object, document.toJson());
        }
    }
    return 0;
}
