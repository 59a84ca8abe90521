// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>

namespace weft::wireguard {

// The constants of the WireGuard paper, section 6.1, and what its text in 6.2 to 6.5 derives.

/// A session that we began is replaced when it is used after this time or that many messages.
inline constexpr std::chrono::seconds kRekeyAfterTime{120};
inline constexpr std::uint64_t kRekeyAfterMessages = std::uint64_t{1} << 60U;
/// A session carries nothing any more after this time or that many messages.
inline constexpr std::chrono::seconds kRejectAfterTime{180};
inline constexpr std::uint64_t kRejectAfterMessages =
    std::numeric_limits<std::uint64_t>::max() - (std::uint64_t{1} << 13U);
/// An initiation without an answer is repeated after kRekeyTimeout and a random part of kJitter,
/// for kRekeyAttemptTime.
inline constexpr std::chrono::seconds kRekeyTimeout{5};
inline constexpr std::chrono::milliseconds kJitter{333};
inline constexpr std::chrono::seconds kRekeyAttemptTime{90};
/// Not of the paper: the pauses before the first repetitions to a peer that is being looked for
/// (EngineOptions::callsSoon). Each is far above kInitiationInterval.
inline constexpr std::array<std::chrono::milliseconds, 4> kSoonPauses{
    std::chrono::milliseconds(300),
    std::chrono::milliseconds(600),
    std::chrono::milliseconds(1200),
    std::chrono::milliseconds(2500)};
/// What came is answered by an empty packet after this time when nothing else is to be sent.
inline constexpr std::chrono::seconds kKeepaliveTimeout{10};
/// What was sent and not answered for this time asks for a new session.
inline constexpr std::chrono::seconds kSilenceTimeout = kKeepaliveTimeout + kRekeyTimeout;
/// The initiator replaces a session of this age when something comes, so that a side that only
/// listens does not lose it.
inline constexpr std::chrono::seconds kRekeyOnReceiveTime =
    kRejectAfterTime - kKeepaliveTimeout - kRekeyTimeout;
/// All keys of a peer are wiped when there was no new session for this time.
inline constexpr std::chrono::seconds kZeroKeysAfter = 3 * kRejectAfterTime;
/// Of one peer at most one initiation is answered in this time.
inline constexpr std::chrono::milliseconds kInitiationInterval{50};
/// Traffic class of handshake messages: DSCP AF41, as other implementations mark them.
inline constexpr std::uint8_t kHandshakeClass = 0x88;

}  // namespace weft::wireguard
