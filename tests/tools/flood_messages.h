// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/node_key.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace weft::tests {

/// What an attacker sends to a WireGuard port.
enum class Attack : std::uint8_t {
    /// Initiations of strangers, right in every part: cost the victim an agreement each.
    Initiations,
    /// The same with a second MAC that proves nothing.
    StaleCookies,
    /// The length and type of initiations, and noise.
    BadMac1,
    /// Data messages for sessions that are not, and noise.
    BadData,
    /// Datagrams of others as they were, from another address.
    Replay,
    /// The same, with a counter far ahead: would move the peer if it were believed.
    Forged,
    /// Initiations of the owner of the all-zero key, as far as anybody can make them.
    ZeroKeys
};

using Datagram = std::vector<std::uint8_t>;

std::optional<Attack> attackOf(std::string_view name);

/// A few hundred datagrams, to be sent again and again. `captured` is the file of Replay and
/// Forged: each datagram behind its length, 2 bytes, little-endian.
/// Errors: kInvalidArgument the file has no datagrams
StatusOr<std::vector<Datagram>> makeAttack(
    Attack attack, const crypto::WireGuardPublicKey& victim, const std::filesystem::path& captured);

}  // namespace weft::tests
