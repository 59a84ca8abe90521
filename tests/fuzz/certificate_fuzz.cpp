// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/crypto/certificate.h"
#include "tests/fuzz/fuzz_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace {

namespace crypto = weft::crypto;

bool isLowerHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

void checkCertificate(std::string_view pem) {
    const auto info = crypto::inspectCertificate(pem);
    if (!info.ok()) {
        return;
    }
    constexpr std::size_t kFingerprintDigits = 64;
    WEFT_FUZZ_CHECK(info->fingerprint.size() == kFingerprintDigits);
    WEFT_FUZZ_CHECK(isLowerHex(info->fingerprint));
    WEFT_FUZZ_CHECK(isLowerHex(info->serial));
    // Even an authority does not vouch for itself before it is valid.
    const auto early = info->notBefore - std::chrono::hours(1);
    WEFT_FUZZ_CHECK(!crypto::verifyCertificate(pem, pem, early).ok());
}

void checkRequest(std::string_view pem) {
    const auto params = crypto::inspectCertificateRequest(pem);
    if (!params.ok()) {
        return;
    }
    const auto again = crypto::inspectCertificateRequest(pem);
    WEFT_FUZZ_CHECK(again.ok() && again->commonName == params->commonName);
}

std::string block(std::string_view kind, std::string_view der) {
    // Lines of 64 characters, as PEM has them.
    constexpr std::size_t kLine = 64;
    const auto text = weft::base::base64Encode(der);
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += kLine) {
        lines += text.substr(at, kLine) + "\n";
    }
    return fmt::format("-----BEGIN {0}-----\n{1}-----END {0}-----\n", kind, lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = weft::fuzz::asText(data, size);
    checkCertificate(bytes);
    checkRequest(bytes);
    // Damage in PEM mostly ends at its base64, so the same bytes are tried as DER.
    checkCertificate(block("CERTIFICATE", bytes));
    checkRequest(block("CERTIFICATE REQUEST", bytes));
    return 0;
}
