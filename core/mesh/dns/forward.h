// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/mesh/dns/message.h"
#include "core/net/ip_prefix.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace weft::mesh::dns {

/// What others say holds for so long at most.
inline constexpr std::chrono::seconds kMaxTtl{300};
/// What a forwarder may say by UDP; it is told so.
inline constexpr std::size_t kMaxForwardedBytes = kMaxUdpReplyBytes;

/// A question for a forwarder. Without `recursion` it is to answer from what it knows itself, so
/// that a question never goes around between nodes that ask each other.
Bytes forwardQuery(const Question& question, std::uint16_t id, bool recursion);

/// What a forwarder said.
struct Forwarded {
    Rcode rcode = Rcode::ServFail;
    /// Zero: not to be kept.
    std::chrono::seconds ttl{0};
    Bytes bytes;

    /// It settles the question, rather than that the forwarder cannot or will not.
    bool isAnswer() const { return rcode == Rcode::NoError || rcode == Rcode::NxDomain; }
};

/// nullopt when it is no reply, or one to another question or id.
std::optional<Forwarded> readForwarded(
    std::span<const std::uint8_t> bytes, std::uint16_t id, const Question& question);

/// The reply to `query`, with what a forwarder said `age` ago. Addresses in `own` networks are left
/// out: nobody else says which names they have (names that lead into a private network from
/// outside).
Bytes forwardedReply(
    const Query& query,
    const Forwarded& said,
    std::chrono::seconds age,
    std::span<const net::IpPrefix> own);

}  // namespace weft::mesh::dns
