// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/node_key.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

using weft::crypto::NodeKey;
using weft::crypto::PublicKey;

void checkPublicKey(std::string_view text) {
    const auto key = PublicKey::parse(text);
    if (!key.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(key->toString() == text);
    WEFT_FUZZ_CHECK(key->peerIdType5().starts_with("12D3LCx9"));
    WEFT_FUZZ_CHECK(key->peerIdType1().starts_with("12D3KooW"));
    // The bytes need not be a point; then these say so and nothing more.
    static_cast<void>(key->wireGuardKey());
    WEFT_FUZZ_CHECK(!key->verify("message", "no signature"));
}

void checkNodeKey(std::string_view text) {
    const auto key = NodeKey::parse(text);
    if (!key.ok()) {
        return;
    }
    const auto encoded = key->encode();
    WEFT_FUZZ_CHECK(encoded.revealText() == text);
    WEFT_FUZZ_CHECK(key->publicKey().wireGuardKey().ok());
    WEFT_FUZZ_CHECK(key->publicKey().verify("message", key->sign("message")));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    checkPublicKey(text);
    checkNodeKey(text);
    return 0;
}
