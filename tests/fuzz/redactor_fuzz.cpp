// SPDX-License-Identifier: Apache-2.0
// A report is read by others: no address, name or code that stands in a foreign text may get
// through, whatever stands around it.
#include "core/report/redactor.h"
#include "tests/fuzz/fuzz_check.h"

#include <string>
#include <string_view>

namespace {

using weft::report::Redaction;
using weft::report::Redactor;

constexpr std::string_view kAddress = "203.0.113.77";
constexpr std::string_view kName = "secret-node";
/// Longer texts show nothing new and take long without optimisation.
constexpr std::size_t kMostBytes = 4096;

Redactor makeRedactor(Redaction level) {
    Redactor redactor(level);
    redactor.learnNode(std::string(kName));
    redactor.learnMeshDomain("home.internal");
    redactor.learnMeshNetwork("172.16.0.0/12");
    return redactor;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size).substr(0, kMostBytes);
    const std::string half(text.substr(0, text.size() / 2));
    const std::string rest(text.substr(text.size() / 2));

    Redactor strict = makeRedactor(Redaction::Strict);
    const std::string inside =
        half + ' ' + std::string(kAddress) + ' ' + std::string(kName) + ' ' + rest;
    const std::string once = strict.text(inside);
    WEFT_FUZZ_CHECK(!has(once, " 203.0.113.77 "));
    WEFT_FUZZ_CHECK(!has(once, " secret-node "));
    // The same words for the same text.
    WEFT_FUZZ_CHECK(strict.text(inside) == once);

    // Nothing but secrets goes at the level that keeps everything.
    Redactor full = makeRedactor(Redaction::Full);
    const std::string kept = full.text(text);
    WEFT_FUZZ_CHECK(kept == text || has(kept, "[secret]"));
    return 0;
}
