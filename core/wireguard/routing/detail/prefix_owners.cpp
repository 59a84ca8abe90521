// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/routing/detail/prefix_owners.h"

#include "core/base/check.h"

#include <algorithm>

namespace weft::wireguard::detail {

template <typename Bits>
PrefixOwners<Bits>::PrefixOwners(std::uint64_t seed) : seed_(seed) {
    current_ = &cleanSlots(kFirstSlots);
    slots_.store(current_, std::memory_order_release);
}

template <typename Bits>
PrefixOwners<Bits>::~PrefixOwners() = default;

template <typename Bits>
typename PrefixOwners<Bits>::Inserted PrefixOwners<Bits>::insert(
    const Bits& address, int length, PeerIndex peer, std::size_t room) {
    const auto network = address.masked(length);
    if (auto* const slot = slotOf(network, length); slot != nullptr) {
        const auto place =
            static_cast<Place>((slot->load(std::memory_order_relaxed) & kPlaceMask) - kFirstPlace);
        unlink(place);
        entry(place).peer.store(peer, std::memory_order_release);
        link(place, peer);
        countChange();
        return Inserted::Moved;
    }
    if (room == 0) {
        return Inserted::Full;
    }
    makeRoomForSlot();
    const auto place = takeEntry();
    auto& added = entry(place);
    added.address.store(network);
    added.length.store(static_cast<std::uint8_t>(length), std::memory_order_release);
    added.peer.store(peer, std::memory_order_release);
    link(place, peer);
    // A reader finds the entry only once the length is in use too: the later of the two stores is
    // the change.
    putIntoSlots(*current_, network.hash(length, seed_), place);
    if (countOfLength_[static_cast<std::size_t>(length)]++ == 0) {
        setLengthInUse(length, true);
    }
    size_.fetch_add(1, std::memory_order_relaxed);
    countChange();
    return Inserted::Yes;
}

template <typename Bits>
bool PrefixOwners<Bits>::remove(const Bits& address, int length, PeerIndex peer) {
    auto* const slot = slotOf(address.masked(length), length);
    if (slot == nullptr) {
        return false;
    }
    const auto place =
        static_cast<Place>((slot->load(std::memory_order_relaxed) & kPlaceMask) - kFirstPlace);
    if (entry(place).peer.load(std::memory_order_relaxed) != peer) {
        return false;
    }
    removeAt(*slot, place);
    return true;
}

template <typename Bits>
void PrefixOwners<Bits>::removeAll(PeerIndex peer) {
    const auto index = static_cast<std::size_t>(peer);
    while (index < firstOf_.size() && firstOf_[index] != kNowhere) {
        const auto place = firstOf_[index];
        const auto& first = entry(place);
        auto* const slot =
            slotOf(first.address.load(), first.length.load(std::memory_order_relaxed));
        WEFT_CHECK(slot != nullptr);
        removeAt(*slot, place);
    }
}

template <typename Bits>
void PrefixOwners<Bits>::appendPrefixesOf(
    PeerIndex peer, std::vector<net::IpPrefix>& prefixes) const {
    const auto index = static_cast<std::size_t>(peer);
    auto place = index < firstOf_.size() ? firstOf_[index] : kNowhere;
    while (place != kNowhere) {
        const auto& found = entry(place);
        prefixes.emplace_back(
            found.address.load().address(), found.length.load(std::memory_order_relaxed));
        place = found.next;
    }
}

template <typename Bits>
std::size_t PrefixOwners<Bits>::memoryBytes() const {
    std::size_t bytes =
        sizeof(*this) + ownedChunks_.size() * sizeof(Chunk) + firstOf_.capacity() * sizeof(Place);
    for (const auto& table : tables_) {
        bytes += sizeof(Slots) + (table->mask + 1) * sizeof(std::uint64_t);
    }
    return bytes;
}

template <typename Bits>
std::atomic<std::uint64_t>* PrefixOwners<Bits>::slotOf(const Bits& network, int length) {
    const auto hash = network.hash(length, seed_);
    for (std::size_t step = 0;; ++step) {
        auto& slot = current_->words[(hash + step) & current_->mask];
        const auto word = slot.load(std::memory_order_relaxed);
        if (word == kEmpty) {
            return nullptr;
        }
        if (tagOf(word) != tagOf(hash) || (word & kPlaceMask) < kFirstPlace) {
            continue;
        }
        const auto& found = entry(static_cast<Place>((word & kPlaceMask) - kFirstPlace));
        if (found.address.load() == network
            && found.length.load(std::memory_order_relaxed) == length) {
            return &slot;
        }
    }
}

template <typename Bits>
void PrefixOwners<Bits>::putIntoSlots(Slots& slots, std::uint64_t hash, Place place) {
    for (std::size_t step = 0;; ++step) {
        auto& slot = slots.words[(hash + step) & slots.mask];
        const auto word = slot.load(std::memory_order_relaxed);
        if ((word & kPlaceMask) < kFirstPlace) {
            usedSlots_ += word == kEmpty ? 1U : 0U;
            slot.store(wordOf(hash, place), std::memory_order_release);
            return;
        }
    }
}

template <typename Bits>
void PrefixOwners<Bits>::makeRoomForSlot() {
    // A quarter stays empty, which ends the search for what is not there.
    const auto count = current_->mask + 1;
    if ((usedSlots_ + 1) * 4 <= count * 3) {
        return;
    }
    auto wanted = kFirstSlots;
    while (wanted < (size() + 1) * 2) {
        wanted *= 2;
    }
    auto& next = cleanSlots(wanted);
    usedSlots_ = 0;
    for (std::size_t at = 0; at < count; ++at) {
        const auto place = current_->words[at].load(std::memory_order_relaxed) & kPlaceMask;
        if (place >= kFirstPlace) {
            const auto& kept = entry(static_cast<Place>(place - kFirstPlace));
            const auto length = kept.length.load(std::memory_order_relaxed);
            putIntoSlots(
                next,
                kept.address.load().hash(length, seed_),
                static_cast<Place>(place - kFirstPlace));
        }
    }
    current_ = &next;
    slots_.store(&next, std::memory_order_release);
    countChange();
}

template <typename Bits>
typename PrefixOwners<Bits>::Slots& PrefixOwners<Bits>::cleanSlots(std::size_t count) {
    // A table is never given back, as a reader may still be in it. One that was left is used again:
    // who reads it then has started before it was left, and starts again.
    for (const auto& table : tables_) {
        if (table.get() != current_ && table->mask + 1 == count) {
            for (std::size_t at = 0; at < count; ++at) {
                table->words[at].store(kEmpty, std::memory_order_release);
            }
            return *table;
        }
    }
    return *tables_.emplace_back(std::make_unique<Slots>(count));
}

template <typename Bits>
typename PrefixOwners<Bits>::Place PrefixOwners<Bits>::takeEntry() {
    if (firstFree_ == kNowhere) {
        const auto chunk = ownedChunks_.size();
        WEFT_CHECK(chunk < kMaxChunks);
        ownedChunks_.push_back(std::make_unique<Chunk>());
        chunks_[chunk].store(ownedChunks_.back().get(), std::memory_order_release);
        for (std::size_t at = kChunkEntries; at-- > 0;) {
            const auto place = static_cast<Place>(chunk * kChunkEntries + at);
            entry(place).next = firstFree_;
            firstFree_ = place;
        }
    }
    const auto place = firstFree_;
    firstFree_ = entry(place).next;
    return place;
}

template <typename Bits>
void PrefixOwners<Bits>::link(Place place, PeerIndex peer) {
    const auto index = static_cast<std::size_t>(peer);
    if (index >= firstOf_.size()) {
        firstOf_.resize(index + 1, kNowhere);
    }
    auto& linked = entry(place);
    linked.previous = kNowhere;
    linked.next = firstOf_[index];
    if (linked.next != kNowhere) {
        entry(linked.next).previous = place;
    }
    firstOf_[index] = place;
}

template <typename Bits>
void PrefixOwners<Bits>::unlink(Place place) {
    const auto& linked = entry(place);
    if (linked.next != kNowhere) {
        entry(linked.next).previous = linked.previous;
    }
    if (linked.previous != kNowhere) {
        entry(linked.previous).next = linked.next;
    } else {
        firstOf_[static_cast<std::size_t>(linked.peer.load(std::memory_order_relaxed))] =
            linked.next;
    }
}

template <typename Bits>
void PrefixOwners<Bits>::removeAt(std::atomic<std::uint64_t>& slot, Place place) {
    unlink(place);
    const int length = entry(place).length.load(std::memory_order_relaxed);
    if (--countOfLength_[static_cast<std::size_t>(length)] == 0) {
        setLengthInUse(length, false);
    }
    slot.store(kRemoved, std::memory_order_release);
    entry(place).next = firstFree_;
    firstFree_ = place;
    size_.fetch_sub(1, std::memory_order_relaxed);
    countChange();
}

template <typename Bits>
void PrefixOwners<Bits>::setLengthInUse(int length, bool inUse) {
    auto& word = lengths_[static_cast<std::size_t>(length) / 64];
    const auto bit = std::uint64_t{1} << (static_cast<unsigned>(length) % 64);
    const auto before = word.load(std::memory_order_relaxed);
    word.store(inUse ? before | bit : before & ~bit, std::memory_order_release);
}

template <typename Bits>
void PrefixOwners<Bits>::countChange() {
    changes_.store(changes_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

template class PrefixOwners<V4Bits>;
template class PrefixOwners<V6Bits>;

}  // namespace weft::wireguard::detail
