// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_prefix.h"
#include "core/wireguard/routing/detail/prefix_bits.h"
#include "core/wireguard/routing/peer_index.h"

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace weft::wireguard::detail {

/// The owners of the prefixes of one family; AllowedIps says what threads may do.
///
/// Entries lie in chunks that stay where they are, and are found through a table of slots with
/// linear probing. A slot is one word: the upper part of the hash, and the place of the entry.
/// Every word that readers see is atomic: stored with release and loaded with acquire, so that a
/// reader that meets a word of a later change also meets the later count of changes.
template <typename Bits>
class PrefixOwners {
public:
    enum class Inserted { Yes, Moved, Full };

    explicit PrefixOwners(std::uint64_t seed);
    ~PrefixOwners();
    PrefixOwners(const PrefixOwners&) = delete;
    PrefixOwners& operator=(const PrefixOwners&) = delete;

    /// `room`: how many new entries there may be.
    Inserted insert(const Bits& address, int length, PeerIndex peer, std::size_t room);
    bool remove(const Bits& address, int length, PeerIndex peer);
    void removeAll(PeerIndex peer);
    /// Of this very prefix. The writer's.
    PeerIndex ownerOf(const Bits& address, int length) const {
        return ownerIn(*current_, address.masked(length), length);
    }
    void appendPrefixesOf(PeerIndex peer, std::vector<net::IpPrefix>& prefixes) const;

    PeerIndex lookup(const Bits& address) const {
        for (;;) {
            const auto before = changes_.load(std::memory_order_acquire);
            const auto found = lookupOnce(address);
            // The loads of lookupOnce acquire, so that this one cannot move in front of them.
            if (changes_.load(std::memory_order_relaxed) == before) {
                return found;
            }
        }
    }

    std::size_t size() const { return size_.load(std::memory_order_relaxed); }
    std::size_t memoryBytes() const;

private:
    /// The place of an entry; kNowhere for none.
    using Place = std::uint32_t;
    static constexpr Place kNowhere = 0xffffffffU;

    struct Entry {
        typename Bits::Shared address;
        std::atomic<PeerIndex> peer = kNoPeer;
        std::atomic<std::uint8_t> length = 0;
        // Only the writer's: the other entries of the same peer; `next` of a free one is the next
        // free one.
        Place next = kNowhere;
        Place previous = kNowhere;
    };

    static constexpr std::size_t kChunkEntries = 512;
    /// Room for all entries of AllowedIps in one family.
    static constexpr std::size_t kMaxChunks = 256;
    using Chunk = std::array<Entry, kChunkEntries>;

    /// The lower bits of a slot: 0 never used, 1 used once, else a place plus 2.
    static constexpr unsigned kPlaceBits = 18;
    static constexpr std::uint64_t kPlaceMask = (std::uint64_t{1} << kPlaceBits) - 1;
    static constexpr std::uint64_t kEmpty = 0;
    static constexpr std::uint64_t kRemoved = 1;
    static constexpr std::uint64_t kFirstPlace = 2;
    static constexpr std::size_t kFirstSlots = 16;

    struct Slots {
        explicit Slots(std::size_t count)
            : mask(count - 1), words(std::make_unique<std::atomic<std::uint64_t>[]>(count)) {}

        std::size_t mask;
        std::unique_ptr<std::atomic<std::uint64_t>[]> words;
    };

    static constexpr std::size_t kLengthWords = (Bits::kLengths + 63) / 64;

    static std::uint64_t tagOf(std::uint64_t hash) { return hash & ~kPlaceMask; }
    static std::uint64_t wordOf(std::uint64_t hash, Place place) {
        return tagOf(hash) | (place + kFirstPlace);
    }

    const Entry& entry(Place place) const {
        return (
            *chunks_[place / kChunkEntries].load(std::memory_order_acquire))[place % kChunkEntries];
    }
    Entry& entry(Place place) {
        return (
            *chunks_[place / kChunkEntries].load(std::memory_order_relaxed))[place % kChunkEntries];
    }

    PeerIndex lookupOnce(const Bits& address) const {
        const auto& slots = *slots_.load(std::memory_order_acquire);
        for (std::size_t word = kLengthWords; word-- > 0;) {
            auto lengths = lengths_[word].load(std::memory_order_acquire);
            while (lengths != 0) {
                const int bit = 63 - std::countl_zero(lengths);
                lengths &= ~(std::uint64_t{1} << bit);
                const int length = static_cast<int>(word * 64) + bit;
                const auto peer = ownerIn(slots, address.masked(length), length);
                if (peer != kNoPeer) {
                    return peer;
                }
            }
        }
        return kNoPeer;
    }

    PeerIndex ownerIn(const Slots& slots, const Bits& network, int length) const {
        const auto hash = network.hash(length, seed_);
        // The bound is for a reader of a table that is being filled anew: it may never see a gap.
        for (std::size_t step = 0; step <= slots.mask; ++step) {
            const auto word =
                slots.words[(hash + step) & slots.mask].load(std::memory_order_acquire);
            if (word == kEmpty) {
                return kNoPeer;
            }
            if (tagOf(word) == tagOf(hash) && (word & kPlaceMask) >= kFirstPlace) {
                const auto& found = entry(static_cast<Place>((word & kPlaceMask) - kFirstPlace));
                if (found.address.load() == network
                    && found.length.load(std::memory_order_acquire) == length) {
                    return found.peer.load(std::memory_order_acquire);
                }
            }
        }
        return kNoPeer;
    }

    std::atomic<std::uint64_t>* slotOf(const Bits& network, int length);
    void putIntoSlots(Slots& slots, std::uint64_t hash, Place place);
    void makeRoomForSlot();
    Slots& cleanSlots(std::size_t count);
    Place takeEntry();
    void link(Place place, PeerIndex peer);
    void unlink(Place place);
    void removeAt(std::atomic<std::uint64_t>& slot, Place place);
    void setLengthInUse(int length, bool inUse);
    /// Ends every change: what a reader has seen before may be used again after it.
    void countChange();

    const std::uint64_t seed_;
    std::atomic<std::uint64_t> changes_ = 0;
    std::atomic<const Slots*> slots_ = nullptr;
    std::array<std::atomic<std::uint64_t>, kLengthWords> lengths_{};
    std::array<std::atomic<Chunk*>, kMaxChunks> chunks_{};
    std::atomic<std::size_t> size_ = 0;

    // The writer's.
    std::vector<std::unique_ptr<Slots>> tables_;
    Slots* current_ = nullptr;
    std::size_t usedSlots_ = 0;
    std::array<std::uint32_t, Bits::kLengths> countOfLength_{};
    std::vector<Place> firstOf_;
    std::vector<std::unique_ptr<Chunk>> ownedChunks_;
    Place firstFree_ = kNowhere;
};

extern template class PrefixOwners<V4Bits>;
extern template class PrefixOwners<V6Bits>;

}  // namespace weft::wireguard::detail
