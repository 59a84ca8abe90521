// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/cookie.h"

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/wireguard/noise/detail/labels.h"
#include "core/wireguard/noise/detail/little_endian.h"

#include <algorithm>
#include <array>

namespace weft::wireguard {
namespace {

// Type and receiver index come first.
constexpr std::size_t kReceiverAt = 4;
constexpr std::size_t kNonceAt = 8;
constexpr std::size_t kNonceBytes = 24;
constexpr std::size_t kSealedAt = kNonceAt + kNonceBytes;
static_assert(kSealedAt + kMacBytes + kTagBytes == kCookieReplyBytes);

crypto::Blake2sDigest cookieKeyOf(const crypto::WireGuardPublicKey& key) {
    return crypto::blake2s256({detail::asBytes(detail::kCookieLabel), key.bytes});
}

std::span<const std::uint8_t> mac1In(std::span<const std::uint8_t> message) {
    return message.subspan(message.size() - kBothMacsBytes, kMacBytes);
}

/// MAC2 covers everything before it.
crypto::Mac16 mac2Of(std::span<const std::uint8_t> message, const crypto::Mac16& cookie) {
    return crypto::blake2sMac16(cookie, {message.first(message.size() - kMacBytes)});
}

bool isYoung(TimePoint made, TimePoint now) {
    return now - made < kCookieLifetime;
}

}  // namespace

CookieChecker::CookieChecker(const crypto::WireGuardPublicKey& ours)
    : replyKey_(cookieKeyOf(ours)) {}

bool CookieChecker::secretHolds(TimePoint now) const {
    return secretMade_.has_value() && isYoung(*secretMade_, now);
}

crypto::Mac16 CookieChecker::cookieFor(const net::Endpoint& source) const {
    const std::array<std::uint8_t, 2> port{
        static_cast<std::uint8_t>(source.port >> 8U), static_cast<std::uint8_t>(source.port)};
    return crypto::blake2sMac16(secret_.reveal(), {source.address.bytes(), port});
}

bool CookieChecker::verifyMac2(
    std::span<const std::uint8_t> message, const net::Endpoint& source, TimePoint now) const {
    if (message.size() < kBothMacsBytes || !secretHolds(now)) {
        return false;
    }
    const auto expected = mac2Of(message, cookieFor(source));
    return crypto::equalInConstantTime(expected, message.last(kMacBytes));
}

void CookieChecker::writeReply(
    std::span<const std::uint8_t> message,
    const net::Endpoint& source,
    TimePoint now,
    crypto::RandomSource& random,
    std::span<std::uint8_t, kCookieReplyBytes> out) {
    WEFT_CHECK(message.size() == kInitiationBytes || message.size() == kResponseBytes);
    if (!secretHolds(now)) {
        random.fill(secret_.writable());
        secretMade_ = now;
    }
    detail::storeLittleEndian(out, 0, static_cast<std::uint32_t>(MessageType::CookieReply));
    detail::storeLittleEndian(out, kReceiverAt, senderIndexOf(message));
    const auto nonce = out.subspan<kNonceAt, kNonceBytes>();
    random.fill(nonce);
    const auto cookie = cookieFor(source);
    crypto::xchachaSeal(replyKey_, nonce, out.subspan(kSealedAt), cookie, mac1In(message));
}

void CookieKeeper::finish(std::span<std::uint8_t> message, TimePoint now) {
    WEFT_CHECK(message.size() == kInitiationBytes || message.size() == kResponseBytes);
    const auto mac1 = mac1In(message);
    std::copy(mac1.begin(), mac1.end(), lastMac1_.begin());
    awaitsReply_ = true;
    const auto mac2 = hasCookie(now) ? mac2Of(message, cookie_) : crypto::Mac16{};
    std::copy(mac2.begin(), mac2.end(), message.end() - kMacBytes);
}

Status CookieKeeper::readReply(
    std::span<const std::uint8_t> message,
    const crypto::WireGuardPublicKey& remote,
    TimePoint now) {
    if (messageTypeOf(message) != MessageType::CookieReply) {
        return invalidArgument("no cookie reply");
    }
    if (!awaitsReply_) {
        return failedPrecondition("nothing was sent that a cookie reply could answer");
    }
    crypto::Mac16 cookie{};
    const auto nonce = message.subspan<kNonceAt, kNonceBytes>();
    if (!crypto::xchachaOpen(
            cookieKeyOf(remote), nonce, cookie, message.subspan(kSealedAt), lastMac1_)) {
        return unauthenticated("the cookie reply does not belong to the last message");
    }
    cookie_ = cookie;
    cookieMade_ = now;
    cookieKnown_ = true;
    awaitsReply_ = false;
    return okStatus();
}

bool CookieKeeper::hasCookie(TimePoint now) const {
    return cookieKnown_ && isYoung(cookieMade_, now);
}

}  // namespace weft::wireguard
