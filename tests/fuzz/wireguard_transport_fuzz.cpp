// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_handshake.h"

namespace weft::wireguard {
namespace {

using crypto::Aead;
using crypto::AeadPlan;

constexpr std::size_t kInnerBytes = 80;

/// Bob's end of a session, and the one message that crossed it.
struct World {
    World() {
        const std::span message(genuine);
        writeTransportHeader(
            message.first<kTransportHeaderBytes>(), {.receiverIndex = 2, .counter = 0x0102});
        sodium.seal(
            message.subspan(kTransportHeaderBytes),
            std::vector<std::uint8_t>(kInnerBytes, 0x45),
            {},
            0x0102);
    }

    fuzz::FuzzHandshake handshake;
    Aead sodium{handshake.bobKeys.receive.reveal(), AeadPlan::onlySodium()};
    Aead openSsl{handshake.bobKeys.receive.reveal(), AeadPlan::onlyOpenSsl()};
    std::array<std::uint8_t, kTransportMinBytes + kInnerBytes> genuine{};
};

void checkMessage(const World& world, std::span<const std::uint8_t> message) {
    const auto header = readTransportHeader(message);
    WEFT_FUZZ_CHECK(header.has_value() == (messageTypeOf(message) == MessageType::Transport));
    if (!header.has_value()) {
        return;
    }
    WEFT_FUZZ_CHECK(receiverIndexOf(message) == header->receiverIndex);
    std::array<std::uint8_t, kTransportHeaderBytes> again{};
    writeTransportHeader(again, *header);
    WEFT_FUZZ_CHECK(fuzz::sameBytes(message, again, 0, again.size()));

    const auto sealed = message.subspan(kTransportHeaderBytes);
    std::vector<std::uint8_t> one(sealed.size());
    std::vector<std::uint8_t> other(sealed.begin(), sealed.end());
    const bool opens = world.sodium.open(one, sealed, {}, header->counter);
    WEFT_FUZZ_CHECK(world.openSsl.open(other, other, {}, header->counter) == opens);
    if (opens) {
        WEFT_FUZZ_CHECK(message.size() == world.genuine.size());
        // The index finds the session, all else is under its key.
        WEFT_FUZZ_CHECK(fuzz::sameBytes(message, world.genuine, 8, message.size()));
        WEFT_FUZZ_CHECK(fuzz::sameBytes(one, other, 0, kInnerBytes));
    }
}

}  // namespace
}  // namespace weft::wireguard

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const weft::wireguard::World world;
    const std::span input(data, size);
    weft::wireguard::checkMessage(world, input);
    weft::wireguard::checkMessage(world, weft::fuzz::flipped(world.genuine, input));
    return 0;
}
