// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/random_source.h"
#include "core/wireguard/session/types.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::wireguard {

/// The receiver indices that we have given out: 24 random bits and a tag for each session and each
/// handshake at work, and whose it is. An index that was given back means nothing until it is drawn
/// again, so that a late message never meets another session.
///
/// The tag is the same for all, so that a filter without memory can drop what was made up. It tells
/// an observer that messages are for the same interface, which their address and port tell as well.
/// One who sees them at two addresses learns at most what one guess in 256 is worth. To guess an
/// index gains nothing but that a packet is tried and refused.
///
/// Open addressing by the index itself, which strangers cannot choose; 8 bytes a place.
/// Pure. Thread: confined.
class IndexTable {
public:
    /// Of the 32 bits of an index, the highest: on the wire the last byte.
    static constexpr unsigned kTagShift = 24;

    /// Never more than `limit` indices at once, each with `tag` on top.
    IndexTable(std::size_t limit, std::uint8_t tag);

    /// A fresh index, never 0, for `owner`; nullopt when the table is full.
    std::optional<std::uint32_t> allocate(PeerIndex owner, crypto::RandomSource& random);
    /// Nothing happens for an index that is not given out.
    void release(std::uint32_t index);
    std::optional<PeerIndex> find(std::uint32_t index) const;

    std::size_t size() const { return size_; }
    std::size_t limit() const { return limit_; }
    std::uint8_t tag() const { return tag_; }

private:
    struct Entry {
        /// 0: free.
        std::uint32_t index = 0;
        PeerIndex owner{};
    };

    std::size_t homeOf(std::uint32_t index) const { return index & (entries_.size() - 1); }
    /// Where the index is, or the free place where it would be.
    std::size_t placeOf(std::uint32_t index) const;
    void resize(std::size_t places);

    std::size_t limit_;
    std::uint8_t tag_;
    std::size_t size_ = 0;
    std::vector<Entry> entries_;
};

}  // namespace weft::wireguard
