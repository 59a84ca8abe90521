// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/noise/cookie.h"
#include "core/wireguard/noise/handshake.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/seeded_random.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace weft::fuzz {

/// One finished handshake between Alice, who began, and Bob, and what crossed the wire. The same in
/// each run.
class FuzzHandshake {
public:
    FuzzHandshake() {
        auto state = begin(alice, bobForAlice, fresh(), {}, kAliceIndex, initiation);
        WEFT_FUZZ_CHECK(state.ok());
        aliceState.emplace(*std::move(state));
        keeper.finish(initiation, {});
        checker.writeReply(initiation, {}, {}, random_, cookieReply);
        auto received = readInitiation(bob, initiation);
        WEFT_FUZZ_CHECK(received.ok());
        auto accepted = acceptInitiation(*std::move(received), bob, aliceForBob);
        WEFT_FUZZ_CHECK(accepted.ok());
        auto answered = respond(*std::move(accepted), aliceForBob, fresh(), 2, response);
        WEFT_FUZZ_CHECK(answered.ok());
        bobKeys = *std::move(answered);
    }

    static constexpr std::uint32_t kAliceIndex = 1;

private:
    crypto::X25519PrivateKey fresh() { return crypto::X25519PrivateKey::generate(random_); }

    tests::SeededRandom random_{1};

public:
    wireguard::LocalIdentity alice{fresh()};
    wireguard::LocalIdentity bob{fresh()};
    wireguard::RemoteIdentity aliceForBob{alice.publicKey()};
    wireguard::RemoteIdentity bobForAlice{bob.publicKey()};
    std::array<std::uint8_t, wireguard::kInitiationBytes> initiation{};
    std::array<std::uint8_t, wireguard::kResponseBytes> response{};
    std::array<std::uint8_t, wireguard::kCookieReplyBytes> cookieReply{};
    std::optional<wireguard::InitiationState> aliceState;
    wireguard::TransportKeys bobKeys;
    wireguard::CookieKeeper keeper;
    wireguard::CookieChecker checker{bob.publicKey()};
};

/// The genuine message with the input's bits flipped in it, as long as the input: zeros are the
/// genuine one, so that a fuzzer gets past the ciphers.
inline std::vector<std::uint8_t> flipped(
    std::span<const std::uint8_t> genuine, std::span<const std::uint8_t> input) {
    std::vector<std::uint8_t> message(input.begin(), input.end());
    for (std::size_t i = 0; i < std::min(genuine.size(), input.size()); ++i) {
        message[i] = static_cast<std::uint8_t>(message[i] ^ genuine[i]);
    }
    return message;
}

/// Whether the bytes from `first` to before `last` of both are there and the same.
inline bool sameBytes(
    std::span<const std::uint8_t> left,
    std::span<const std::uint8_t> right,
    std::size_t first,
    std::size_t last) {
    return left.size() >= last && right.size() >= last
           && std::ranges::equal(
               left.subspan(first, last - first), right.subspan(first, last - first));
}

}  // namespace weft::fuzz
