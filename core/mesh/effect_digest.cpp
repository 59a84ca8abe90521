// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/effect_digest.h"

#include <cstddef>
#include <string_view>

namespace weft::mesh {
namespace {

/// Mixes words: a set may hold tens of thousands of prefixes, and is told to thousands of nodes.
class Digest {
public:
    void add(std::uint64_t word) {
        hash_ = (hash_ ^ word) * 0x9E3779B97F4A7C15U;
        hash_ ^= hash_ >> 29U;
    }

    /// Words are put together byte by byte, so that machines of both kinds come to the same.
    template <typename Bytes>
    void addBytes(const Bytes& bytes) {
        constexpr std::size_t kWordBytes = 8;
        add(bytes.size());
        std::uint64_t word = 0;
        std::size_t at = 0;
        for (const auto byte : bytes) {
            word |= std::uint64_t{static_cast<std::uint8_t>(byte)} << (at * 8);
            if (++at == kWordBytes) {
                add(word);
                word = 0;
                at = 0;
            }
        }
        add(word);
    }

    void add(const net::IpPrefix& prefix) {
        addBytes(prefix.address().bytes());
        add(static_cast<std::uint64_t>(prefix.length()));
    }

    void add(const std::vector<net::IpPrefix>& prefixes) {
        add(prefixes.size());
        for (const auto& prefix : prefixes) {
            add(prefix);
        }
    }

    std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = 0xCBF29CE484222325U;
};

}  // namespace

std::uint64_t effectDigest(const storage::Registry& registry) {
    Digest digest;
    for (const auto prefix : {storage::kNetworkAclsPrefix, storage::kGroupsPrefix}) {
        registry.forEachRaw(prefix, [&digest](std::string_view key, const std::string& json) {
            digest.addBytes(key);
            digest.addBytes(json);
        });
    }
    for (const auto* route : registry.routes()) {
        digest.addBytes(storage::encodeRoute(*route));
    }
    return digest.value();
}

std::uint64_t effectDigest(const PeerSet& peers) {
    Digest digest;
    for (const auto& peer : peers.peers) {
        digest.addBytes(peer.node.id.value());
        if (peer.node.publicKey) {
            digest.addBytes(peer.node.publicKey->raw());
        }
        digest.addBytes(peer.node.primaryEndpoint);
        digest.add(peer.node.wireguardEndpoints.size());
        for (const auto& endpoint : peer.node.wireguardEndpoints) {
            digest.addBytes(endpoint);
        }
        digest.add(peer.allowedIps);
        digest.add(peer.allowedRoutes);
    }
    return digest.value();
}

}  // namespace weft::mesh
