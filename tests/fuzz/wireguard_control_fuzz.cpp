// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_session.h"
#include "tests/core/wireguard/control/memory_interface.h"
#include "tests/fuzz/fuzz_check.h"

#include <string>

namespace {

using weft::wireguard::ControlSession;
using weft::wireguard::MemoryInterface;

/// Says `text` in pieces of `step` bytes, then no more, and takes all answers.
std::string converse(MemoryInterface& interface, std::string_view text, std::size_t step) {
    ControlSession session(interface);
    std::string answers;
    const auto takeAnswers = [&session, &answers] {
        for (auto out = session.output(); !out.empty(); out = session.output()) {
            answers += out;
            session.sent(out.size());
        }
    };
    while (!text.empty() && !session.finished()) {
        const auto used = session.receive(text.substr(0, step));
        WEFT_FUZZ_CHECK(used > 0);
        text.remove_prefix(used);
        takeAnswers();
    }
    session.receiveEnd();
    takeAnswers();
    WEFT_FUZZ_CHECK(session.finished());
    return answers;
}

/// The lines of a get as a set that means the same: only what a set knows.
std::string asSet(std::string_view told) {
    std::string set = "set=1\nreplace_peers=true\n";
    while (!told.empty()) {
        const auto line = told.substr(0, told.find('\n'));
        told.remove_prefix(line.size() + 1);
        if (line.starts_with("errno=")) {
            break;
        }
        if (!line.starts_with("last_handshake") && !line.starts_with("tx_bytes")
            && !line.starts_with("rx_bytes")) {
            set.append(line).append("\n");
        }
    }
    return set + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    MemoryInterface whole;
    MemoryInterface bytewise;
    // The way in which the bytes arrive changes nothing.
    WEFT_FUZZ_CHECK(converse(whole, text, size + 1) == converse(bytewise, text, 1));
    const auto told = converse(whole, "get=1\n\n", 100);
    WEFT_FUZZ_CHECK(told.ends_with("errno=0\n\n"));
    WEFT_FUZZ_CHECK(converse(bytewise, "get=1\n\n", 3) == told);
    // What is told can be set, and is told again.
    MemoryInterface again;
    WEFT_FUZZ_CHECK(converse(again, asSet(told), 50) == "errno=0\n\n");
    WEFT_FUZZ_CHECK(converse(again, "get=1\n\n", 100) == told);
    return 0;
}
