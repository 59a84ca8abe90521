// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_handshake.h"

namespace weft::wireguard {
namespace {

using fuzz::FuzzHandshake;

constexpr std::size_t kNonceAt = 8;

void checkMessage(const FuzzHandshake& world, std::span<const std::uint8_t> message) {
    auto keeper = world.keeper;
    const auto status = keeper.readReply(message, world.bob.publicKey(), {});
    WEFT_FUZZ_CHECK(keeper.hasCookie({}) == status.ok());
    if (!status.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(messageTypeOf(message) == MessageType::CookieReply);
    WEFT_FUZZ_CHECK(fuzz::sameBytes(message, world.cookieReply, kNonceAt, kCookieReplyBytes));
    auto initiation = world.initiation;
    keeper.finish(initiation, {});
    WEFT_FUZZ_CHECK(world.checker.verifyMac2(initiation, {}, {}));
}

}  // namespace
}  // namespace weft::wireguard

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const weft::fuzz::FuzzHandshake world;
    const std::span input(data, size);
    weft::wireguard::checkMessage(world, input);
    weft::wireguard::checkMessage(world, weft::fuzz::flipped(world.cookieReply, input));
    return 0;
}
