// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace weft::mesh::detail {

/// What one node may bring along. Past these a request is refused.
inline constexpr std::size_t kMaxRoutes = 256;
inline constexpr std::size_t kMaxWireguardEndpoints = 64;
inline constexpr std::size_t kMaxMultiaddrs = 64;
inline constexpr std::size_t kMaxFeatures = 64;
inline constexpr std::size_t kMaxDirectPeers = 1024;
inline constexpr std::size_t kMaxEdgeAttributes = 64;
inline constexpr std::size_t kMaxTextBytes = 512;

/// Joins, updates and the like that wait for their turn; one more is refused.
inline constexpr std::size_t kMaxWaitingOperations = 1024;
/// How often a change is planned anew when somebody else changed the mesh meanwhile.
inline constexpr int kMaxPlanAttempts = 8;

/// How far the time of a key change's signature may be off.
inline constexpr std::chrono::minutes kMaxKeyChangeSkew{5};

}  // namespace weft::mesh::detail
