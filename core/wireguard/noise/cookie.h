// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/crypto/blake2s.h"
#include "core/crypto/node_key.h"
#include "core/crypto/random_source.h"
#include "core/crypto/secret_key.h"
#include "core/net/endpoint.h"
#include "core/wireguard/noise/messages.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace weft::wireguard {

/// How long a secret makes cookies, and how long a cookie is used (WireGuard paper, section 5.4.7).
inline constexpr std::chrono::seconds kCookieLifetime{120};

/// Our side under load: makes cookies for addresses and knows them again, without a word of memory
/// per address.
/// Pure. Thread: confined.
class CookieChecker {
public:
    /// `ours` is the public key that the messages to us are for.
    explicit CookieChecker(const crypto::WireGuardPublicKey& ours);

    /// Whether MAC2 of an initiation or response proves that its sender got our cookie at
    /// `source`. False for a MAC2 of zeros and for cookies of a secret older than two minutes.
    bool verifyMac2(
        std::span<const std::uint8_t> message, const net::Endpoint& source, TimePoint now) const;

    /// Answers an initiation or response, whose MAC1 was verified, by a cookie for `source`.
    void writeReply(
        std::span<const std::uint8_t> message,
        const net::Endpoint& source,
        TimePoint now,
        crypto::RandomSource& random,
        std::span<std::uint8_t, kCookieReplyBytes> out);

private:
    bool secretHolds(TimePoint now) const;
    crypto::Mac16 cookieFor(const net::Endpoint& source) const;

    crypto::Blake2sDigest replyKey_;
    crypto::SecretKey32 secret_;
    std::optional<TimePoint> secretMade_;
};

/// The side that is told to come back with a cookie; one per peer, about 64 bytes.
/// Pure. Thread: confined.
class CookieKeeper {
public:
    CookieKeeper() = default;

    /// To be called with each initiation and response to the peer just before it is sent: writes
    /// MAC2 when there is a cookie that still holds, zeros otherwise, and remembers MAC1.
    void finish(std::span<std::uint8_t> message, TimePoint now);

    /// Takes the cookie out of a reply of `remote` to the last message.
    /// Errors: kFailedPrecondition nothing was sent that this could answer
    ///         kInvalidArgument    no cookie reply by type and length
    ///         kUnauthenticated    not made by `remote` for the last message
    Status readReply(
        std::span<const std::uint8_t> message,
        const crypto::WireGuardPublicKey& remote,
        TimePoint now);

    /// Whether there is a cookie that still holds.
    bool hasCookie(TimePoint now) const;

private:
    crypto::Mac16 cookie_{};
    crypto::Mac16 lastMac1_{};
    TimePoint cookieMade_;
    bool cookieKnown_ = false;
    bool awaitsReply_ = false;
};

}  // namespace weft::wireguard
