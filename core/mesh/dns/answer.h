// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/message.h"
#include "core/mesh/dns/zone.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>

namespace weft::mesh::dns {

/// Who asks, by where the query came from.
enum class Caller : std::uint8_t {
    Stranger,
    Member,  ///< a mesh address, out of the tunnel
    Host,    ///< this host itself
};

/// Of the lists `voters` and `observers` this many are told.
inline constexpr std::size_t kMostListed = 128;

/// A question about a name that is not of the mesh.
struct Outside {
    Query query;
};

/// What becomes of a query: one reply, a question for others, or nothing.
using Verdict = std::variant<Bytes, Outside, Silence>;

/// Strangers get nothing, not even a refusal: their addresses may be made up. Pure; thread: that of
/// the zone.
Verdict answer(const Zone& zone, std::span<const std::uint8_t> query, Transport by, Caller caller);

/// The reply of the zone; nullopt: the name is not of the mesh.
std::optional<Bytes> answerFrom(const Zone& zone, const Query& query);

}  // namespace weft::mesh::dns
