// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_handshake.h"

namespace weft::wireguard {
namespace {

using fuzz::FuzzHandshake;

constexpr std::size_t kReceiverAt = 8;

void checkMessage(const FuzzHandshake& world, std::span<const std::uint8_t> message) {
    const auto keys = readResponse(*world.aliceState, world.alice, world.bobForAlice, message);
    if (!keys.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(messageTypeOf(message) == MessageType::Response);
    WEFT_FUZZ_CHECK(keys->localIndex == FuzzHandshake::kAliceIndex);
    WEFT_FUZZ_CHECK(keys->remoteIndex == senderIndexOf(message));
    WEFT_FUZZ_CHECK(
        fuzz::sameBytes(message, world.response, kReceiverAt, kResponseBytes - kBothMacsBytes));
    WEFT_FUZZ_CHECK(equalInConstantTime(keys->send, world.bobKeys.receive));
    WEFT_FUZZ_CHECK(equalInConstantTime(keys->receive, world.bobKeys.send));
}

}  // namespace
}  // namespace weft::wireguard

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const weft::fuzz::FuzzHandshake world;
    const std::span input(data, size);
    weft::wireguard::checkMessage(world, input);
    weft::wireguard::checkMessage(world, weft::fuzz::flipped(world.response, input));
    return 0;
}
