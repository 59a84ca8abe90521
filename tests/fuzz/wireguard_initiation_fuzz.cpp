// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_handshake.h"

namespace weft::wireguard {
namespace {

using fuzz::FuzzHandshake;
using fuzz::sameBytes;

constexpr std::size_t kNoiseFieldsAt = 8;
constexpr std::size_t kMacsAt = kInitiationBytes - kBothMacsBytes;

void checkMessage(FuzzHandshake& world, std::span<const std::uint8_t> message) {
    const bool isInitiation = messageTypeOf(message) == MessageType::Initiation;
    if (world.bob.verifyMac1(message) && message.size() == kInitiationBytes) {
        WEFT_FUZZ_CHECK(sameBytes(message, world.initiation, 0, kMacsAt + kMacBytes));
    }
    static_cast<void>(world.checker.verifyMac2(message, {}, {}));
    auto received = readInitiation(world.bob, message);
    if (!received.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(isInitiation);
    WEFT_FUZZ_CHECK(received->senderIndex == senderIndexOf(message));
    auto accepted = acceptInitiation(*std::move(received), world.bob, world.aliceForBob);
    if (accepted.ok()) {
        // Nobody but Alice can make one, and she made one only.
        WEFT_FUZZ_CHECK(sameBytes(message, world.initiation, kNoiseFieldsAt, kMacsAt));
        WEFT_FUZZ_CHECK(accepted->stamp == Tai64n{});
    }
}

}  // namespace
}  // namespace weft::wireguard

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static weft::fuzz::FuzzHandshake world;
    const std::span input(data, size);
    weft::wireguard::checkMessage(world, input);
    weft::wireguard::checkMessage(world, weft::fuzz::flipped(world.initiation, input));
    return 0;
}
