// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::transport {

/// Four bytes of a datagram, the first one highest, of which those in `mask` are to be `value`.
struct DatagramBits {
    std::uint16_t offset = 0;
    std::uint32_t mask = 0xffff'ffff;
    std::uint32_t value = 0;
};

/// What a kind of datagram looks like to somebody who cannot read it.
struct DatagramPattern {
    /// Shorter ones are of another kind. Longer ones may be several that came joined.
    std::size_t leastBytes = 0;
    /// All of them within the first `leastBytes`.
    std::vector<DatagramBits> bits;
};

/// How a path's system is to sort what comes before we fetch it, so that a flood of one kind takes
/// no room from another. Once a path was told whom to expect, bulk of strangers counts as control,
/// and control of those who are expected does not wait with that of strangers. What the system
/// joined is sorted by its first datagram, and a system that cannot sort hands over everything: it
/// saves work and is no defence by itself.
struct DatagramSorting {
    static constexpr std::size_t kMostPatterns = 8;
    static constexpr std::size_t kMostBits = 4;

    /// Most of what comes, by far.
    std::vector<DatagramPattern> bulk;
    /// What may come from strangers. It waits in a buffer of its own, and gives way to the bulk.
    std::vector<DatagramPattern> control;
    /// Of the system, for the control datagrams of each family; as much again for those of sources
    /// that are expected.
    std::size_t controlBufferBytes = std::size_t{512} << 10U;

    // Anything else is dropped by the system. Without any pattern nothing is sorted or dropped.
    bool isEmpty() const { return bulk.empty() && control.empty(); }

    /// Errors: kInvalidArgument; the text names the part.
    Status validate() const;
};

}  // namespace weft::transport
