// SPDX-License-Identifier: Apache-2.0
#include "core/storage/memory/memory_store.h"
#include "core/storage/snapshot.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/fake_clock.h"

#include <map>
#include <string>
#include <vector>

namespace {

namespace storage = weft::storage;

/// Keys and values; of a key that comes twice the last counts.
std::map<std::string, std::string> contentOf(const std::vector<storage::Put>& entries) {
    std::map<std::string, std::string> content;
    for (const auto& entry : entries) {
        content[entry.key] = entry.value;
    }
    return content;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = weft::fuzz::asText(data, size);
    const auto entries = storage::decodeSnapshot(bytes);
    if (!entries.ok()) {
        return 0;
    }
    const weft::tests::FakeClock clock;
    const auto store = storage::MemoryStore::create(clock);
    WEFT_FUZZ_CHECK(storage::restoreSnapshot(*store, bytes).ok());

    const auto written = storage::encodeSnapshot(*store, clock.wallNow());
    WEFT_FUZZ_CHECK(written.ok());
    const auto again = storage::decodeSnapshot(*written);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(contentOf(*again) == contentOf(*entries));
    return 0;
}
