// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/blake2s.h"
#include "core/crypto/node_key.h"
#include "core/crypto/secret_key.h"
#include "core/crypto/x25519.h"

#include <cstdint>
#include <span>
#include <utility>

namespace weft::wireguard {

/// Our side of every handshake: made once per private key.
/// Pure. Thread: confined.
class LocalIdentity {
public:
    explicit LocalIdentity(crypto::X25519PrivateKey key);

    const crypto::X25519PrivateKey& key() const { return key_; }
    const crypto::WireGuardPublicKey& publicKey() const { return key_.publicKey(); }

    /// Whether an initiation or a response ends in the MAC1 that only who knows our public key can
    /// make. Cheap: to be asked before anything else is done for the message. False for what is
    /// too short for two MACs.
    bool verifyMac1(std::span<const std::uint8_t> message) const;

private:
    crypto::X25519PrivateKey key_;
    crypto::Blake2sMac16 mac1_;
};

/// A peer as the handshake sees it: 128 bytes.
/// Pure. Thread: confined.
class RemoteIdentity {
public:
    explicit RemoteIdentity(const crypto::WireGuardPublicKey& key) : key_(key) {}

    const crypto::WireGuardPublicKey& key() const { return key_; }
    /// All zero when there is none, as in the paper.
    const crypto::SecretKey32& presharedKey() const { return presharedKey_; }
    void setPresharedKey(crypto::SecretKey32 key) { presharedKey_ = std::move(key); }

    /// The secret of both static keys; computed when it is first asked for, then kept. One
    /// `RemoteIdentity` serves one `LocalIdentity`: call `forgetShared` when our key changes.
    /// Errors: kInvalidArgument the peer's key is of small order (kept as well).
    StatusOr<const crypto::SecretKey32*> sharedWith(const LocalIdentity& local);
    void forgetShared();

private:
    enum class Shared : std::uint8_t { Unknown, Known, Refused };

    crypto::WireGuardPublicKey key_;
    crypto::SecretKey32 presharedKey_;
    crypto::SecretKey32 shared_;
    Shared state_ = Shared::Unknown;
};

/// Writes the MAC1 for `recipient` into an initiation or response whose other fields stand, and
/// zeroes its MAC2.
void writeMac1(std::span<std::uint8_t> message, const crypto::WireGuardPublicKey& recipient);

}  // namespace weft::wireguard
