// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"
#include "core/net/ip_prefix.h"

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace weft::crypto {

/// The raw WireGuard (Curve25519) public key.
struct WireGuardPublicKey {
    std::array<std::uint8_t, 32> bytes{};
    /// Standard base64, 44 characters.
    std::string toBase64() const;
    friend auto operator<=>(const WireGuardPublicKey&, const WireGuardPublicKey&) = default;
};

/// The Ed25519 public key of a node; everything else about a node's identity follows from it.
class PublicKey {
public:
    PublicKey() = default;
    explicit PublicKey(const std::array<std::uint8_t, 32>& raw) : raw_(raw) {}

    /// The `CAUSI...` text: base64 of 08 05 12 20 and the 32 bytes. Only key type 5 and this exact
    /// length. Errors: kInvalidArgument "invalid public key: ...".
    static StatusOr<PublicKey> parse(std::string_view text);
    std::string toString() const;

    const std::array<std::uint8_t, 32>& raw() const { return raw_; }
    /// Montgomery u of the Edwards point. Errors: kInvalidArgument when the bytes are no point, or
    /// one of the eight points of small order, with which every shared secret would be known.
    StatusOr<WireGuardPublicKey> wireGuardKey() const;
    /// base58btc of 00 24 and the 36-byte key, "12D3LCx9...".
    std::string peerIdType5() const;
    /// The usual Ed25519 libp2p id, "12D3KooW...".
    std::string peerIdType1() const;

    /// Ed25519 over `message`.
    bool verify(std::string_view message, std::string_view signature) const;

    friend auto operator<=>(const PublicKey&, const PublicKey&) = default;

private:
    std::array<std::uint8_t, 32> raw_{};
};

/// The Ed25519 key pair of a node.
class NodeKey {
public:
    /// A fresh key from the system's random source.
    static StatusOr<NodeKey> generate();
    static StatusOr<NodeKey> fromSeed(std::span<const std::uint8_t> seed32);
    /// The `CAUSQ...` text: base64 of 08 05 12 40, seed and public key, which must agree.
    static StatusOr<NodeKey> parse(std::string_view text);

    const PublicKey& publicKey() const { return publicKey_; }
    /// The clamped first half of SHA-512(seed).
    SecretBytes wireGuardPrivateKey() const;
    /// The `CAUSQ...` text.
    SecretBytes encode() const;
    /// Ed25519 signature, 64 bytes.
    std::string sign(std::string_view message) const;

    NodeKey clone() const;

private:
    NodeKey(SecretBytes seed, PublicKey publicKey);
    SecretBytes seed_;
    PublicKey publicKey_;
};

/// Where two nodes meet for a relay: lower-case hex SHA-256 over both base64 keys, the smaller text
/// first. The same for (a, b) and (b, a).
std::string relayRendezvous(const WireGuardPublicKey& left, const WireGuardPublicKey& right);

/// Reads the one-line key file. Creates it (0600, atomically, parents 0700) only when it does not
/// exist; a file that is there and cannot be read, is readable by others, or does not parse is an
/// error and stays as it is: never a silent new identity.
///
/// Errors: kPermissionDenied  may not be read or made, is open to group or others, or belongs to
///                            another user than this process's or root
///         kDataLoss          is there and is not a key file: empty, garbled, too long, a folder
///         kResourceExhausted the disk is full
///         kUnavailable       anything else the system reports
/// Thread: any, blocks on the disk.
StatusOr<NodeKey> loadOrCreateKeyFile(const std::filesystem::path& path);

/// The mesh ULA: fd and the first 5 bytes of SHA-256(secret), printed with /32 although 48 bits
/// carry meaning (host bits are kept).
net::IpPrefix meshPrefixFromSecret(std::string_view secret);

/// The node's /112 in the mesh: bytes 6..13 are the first 8 of SHA-256(WireGuard public key).
/// `meshPrefix` is IPv6; of an IPv4 prefix nothing is taken over.
net::IpPrefix nodePrefix(const net::IpPrefix& meshPrefix, const WireGuardPublicKey& key);

}  // namespace weft::crypto
