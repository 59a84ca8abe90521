// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/blake2s.h"
#include "core/crypto/node_key.h"
#include "core/crypto/secret_key.h"
#include "core/crypto/x25519.h"
#include "core/wireguard/noise/identity.h"
#include "core/wireguard/noise/messages.h"
#include "core/wireguard/noise/tai64n.h"

#include <array>
#include <cstdint>
#include <span>

namespace weft::wireguard {

// Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s as the WireGuard paper uses it (sections 5.4.1 to 5.4.5).
// Pure: randomness comes in as the ephemeral key, time as the stamp. Each state wipes what it
// holds, on failures too. Costs about: begin 2 agreements (the first to a peer 3), read 1, accept 0
// (the first 1), respond 2, readResponse 2; the ephemeral key is one more for begin and respond.
//
// Initiator                               Responder
// begin -> 148 bytes                      readInitiation -> who claims to be there?
//                                         acceptInitiation -> it is them; their stamp
// readResponse <- 92 bytes                respond -> keys
//
// Errors of all of them:
//   kInvalidArgument  a length, type or index is wrong; or a key, ours or theirs, leads to the
//                     all-zero secret: there is no handshake with the owner of such a key
//   kUnauthenticated  a sealed field does not open: altered, or made with other keys
// Thread: any, one at a time per identity.

/// What two sides of a finished handshake hold.
struct TransportKeys {
    crypto::SecretKey32 send;
    crypto::SecretKey32 receive;
    std::uint32_t localIndex = 0;
    std::uint32_t remoteIndex = 0;
    /// Whether we began; the other side may send nothing before it heard from us.
    bool initiator = false;
};

/// The two values that run through a handshake.
struct Transcript {
    crypto::SecretKey32 chain;
    crypto::Blake2sDigest hash{};
};

/// What the initiator remembers until the response comes: about 180 bytes.
struct InitiationState {
    Transcript transcript;
    crypto::X25519PrivateKey ephemeral;
    std::uint32_t localIndex = 0;
};

/// Writes an initiation to `remote`, MAC1 included, MAC2 zero. On failure `out` is zeroed.
StatusOr<InitiationState> begin(
    const LocalIdentity& local,
    RemoteIdentity& remote,
    crypto::X25519PrivateKey ephemeral,
    const Tai64n& stamp,
    std::uint32_t senderIndex,
    std::span<std::uint8_t, kInitiationBytes> out);

/// An initiation that someone with our public key made. Who, is a claim until it is accepted.
struct ReceivedInitiation {
    crypto::WireGuardPublicKey claimedKey;
    std::uint32_t senderIndex = 0;

    Transcript transcript;
    crypto::WireGuardPublicKey ephemeral;
    std::array<std::uint8_t, Tai64n::kBytes + kTagBytes> sealedStamp{};
};

/// Does not look at the MACs: verify them before.
StatusOr<ReceivedInitiation> readInitiation(
    const LocalIdentity& local, std::span<const std::uint8_t> message);

/// An initiation that the owner of the static key made, now or, if it is replayed, once.
struct AcceptedInitiation {
    /// To be compared with the greatest stamp of this peer so far: not greater is a replay.
    Tai64n stamp;
    std::uint32_t senderIndex = 0;

    Transcript transcript;
    crypto::WireGuardPublicKey ephemeral;
};

/// `remote` is the peer whose key was claimed; kInvalidArgument when it is another one.
StatusOr<AcceptedInitiation> acceptInitiation(
    ReceivedInitiation received, const LocalIdentity& local, RemoteIdentity& remote);

/// Writes the response, MAC1 included, MAC2 zero. On failure `out` is zeroed.
StatusOr<TransportKeys> respond(
    AcceptedInitiation accepted,
    const RemoteIdentity& remote,
    const crypto::X25519PrivateKey& ephemeral,
    std::uint32_t senderIndex,
    std::span<std::uint8_t, kResponseBytes> out);

/// Leaves `state` as it is: a forged response must not end a handshake. Does not look at the MACs.
StatusOr<TransportKeys> readResponse(
    const InitiationState& state,
    const LocalIdentity& local,
    const RemoteIdentity& remote,
    std::span<const std::uint8_t> message);

}  // namespace weft::wireguard
