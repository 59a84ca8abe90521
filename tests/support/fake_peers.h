// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::tests {

/// So many members differ; what comes after them is as they are, under other names.
inline constexpr std::size_t kFakeSamples = 12;

/// `count` members, the first of which is this node.
std::vector<api::Peer> fakePeers(std::size_t count, WallTime now);

/// The same for the same seed.
std::string fakePublicKey(std::size_t seed);

}  // namespace weft::tests
