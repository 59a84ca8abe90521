// SPDX-License-Identifier: Apache-2.0
// An autostart file is anybody's who may write in the user's folders.
#include "app/startup/autostart_entry.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    const auto entry = weft::app::decodeAutostart(text);
    if (entry.ok()) {
        const auto written = weft::app::encodeAutostart(*entry);
        if (written.ok() && written->size() <= weft::app::kMostAutostartBytes) {
            const auto again = weft::app::decodeAutostart(*written);
            WEFT_FUZZ_CHECK(again.ok() && *again == *entry);
        }
    }
    // Any text is an argument, but for what no command line can hold.
    const weft::app::AutostartEntry made{{"/usr/bin/weft", std::string(text)}, false};
    const auto written = weft::app::encodeAutostart(made);
    if (written.ok() && written->size() <= weft::app::kMostAutostartBytes) {
        const auto again = weft::app::decodeAutostart(*written);
        WEFT_FUZZ_CHECK(again.ok() && *again == made);
    }
    return 0;
}
