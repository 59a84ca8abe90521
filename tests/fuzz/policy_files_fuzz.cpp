// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/object_diff.h"
#include "core/mesh/changes/policy_files.h"
#include "tests/fuzz/fuzz_check.h"

#include <string>

namespace {

namespace changes = weft::mesh::changes;

/// What reads is valid, is in its place, and is written and read again as it is.
void check(const changes::PolicySet& set, const std::string& path) {
    WEFT_FUZZ_CHECK(set.objects().size() == 1);
    const auto& object = *set.objects().begin()->second;
    const auto ref = weft::mesh::refOf(object);
    WEFT_FUZZ_CHECK(changes::validate(object).ok());
    WEFT_FUZZ_CHECK(changes::normalised(object) == object);
    WEFT_FUZZ_CHECK(changes::pathOf(ref) == path);

    const auto files = changes::exportFiles(set);
    const auto again = changes::importFiles(files);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == set);
    WEFT_FUZZ_CHECK(changes::exportFiles(*again) == files);

    const auto line = changes::summaryOf({ref, {}, object});
    WEFT_FUZZ_CHECK(weft::base::isUtf8(line) && line.find('\n') == std::string::npos);
}

}  // namespace

/// A path, a line break, a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = weft::fuzz::asText(data, size);
    const auto end = input.find('\n');
    const std::string path(input.substr(0, end));
    const std::string text(end == std::string_view::npos ? "" : input.substr(end + 1));

    const auto read = changes::importFiles({{path, text}});
    if (read.ok()) {
        check(*read, path);
    } else {
        WEFT_FUZZ_CHECK(weft::base::isUtf8(weft::messageOf(read.status())));
        WEFT_FUZZ_CHECK(!weft::messageOf(read.status()).empty());
    }
    return 0;
}
