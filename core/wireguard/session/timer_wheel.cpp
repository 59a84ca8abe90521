// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace weft::wireguard {

TimerWheel::TimerWheel(TimePoint start) : start_(start) {
    for (auto& level : slots_) {
        for (auto& head : level) {
            head.next = &head;
            head.previous = &head;
        }
    }
}

void TimerWheel::arm(TimerNode& node, TimePoint deadline) {
    disarm(node);
    node.tick = std::max(tickAtOrAfter(deadline), floor_);
    insert(node);
    if (earliest_ && node.tick < *earliest_) {
        earliest_ = node.tick;
    }
}

void TimerWheel::disarm(TimerNode& node) {
    if (!node.armed()) {
        return;
    }
    remove(node);
    if (earliest_ && node.tick == *earliest_) {
        earliest_.reset();
    }
}

TimerNode* TimerWheel::takeDue(TimePoint now) {
    const auto until = tickAtOrBefore(now);
    while (const auto place = firstPlace()) {
        if (place->start > until) {
            break;
        }
        moveTo(place->start);
        if (place->level == 0) {
            auto* node = slots_[0][place->slot].next;
            disarm(*node);
            floor_ = current_ + 1;
            return node;
        }
    }
    if (until >= current_) {
        moveTo(until + 1);
    }
    floor_ = current_;
    return nullptr;
}

std::optional<TimePoint> TimerWheel::nextDeadline() const {
    if (!earliest_) {
        const auto place = firstPlace();
        if (!place) {
            return std::nullopt;
        }
        earliest_ = earliestIn(*place);
    }
    return start_ + std::chrono::duration_cast<TimePoint::duration>(kTick) * *earliest_;
}

std::optional<TimerWheel::Place> TimerWheel::firstPlace() const {
    // Slots of a level are all after those of the levels below it, so the first one found is first.
    for (std::size_t level = 0; level < kLevels; ++level) {
        if (occupied_[level] == 0) {
            continue;
        }
        const auto shift = level * kLevelBits;
        const auto at = (current_ >> shift) & (kSlots - 1);
        const auto turned = std::rotr(occupied_[level], static_cast<int>(at));
        const auto ahead = static_cast<std::uint64_t>(std::countr_zero(turned));
        Place place;
        place.level = level;
        place.slot = (at + ahead) & (kSlots - 1);
        place.start = ((current_ >> shift) + ahead) << shift;
        return place;
    }
    return std::nullopt;
}

void TimerWheel::insert(TimerNode& node) {
    // The highest group of bits in which the tick differs from the current one is the level.
    const auto differing = (node.tick ^ current_) | (kSlots - 1);
    const auto highest = static_cast<unsigned>(63 - std::countl_zero(differing));
    const auto level = std::min<std::size_t>(highest / kLevelBits, kLevels - 1);
    const auto slot = (node.tick >> (level * kLevelBits)) & (kSlots - 1);
    auto& head = slots_[level][slot];
    node.level = static_cast<std::uint8_t>(level);
    node.slot = static_cast<std::uint8_t>(slot);
    node.previous = head.previous;
    node.next = &head;
    head.previous->next = &node;
    head.previous = &node;
    occupied_[level] |= std::uint64_t{1} << slot;
}

void TimerWheel::remove(TimerNode& node) {
    node.previous->next = node.next;
    node.next->previous = node.previous;
    node.next = nullptr;
    node.previous = nullptr;
    const auto& head = slots_[node.level][node.slot];
    if (head.next == &head) {
        occupied_[node.level] &= ~(std::uint64_t{1} << node.slot);
    }
}

void TimerWheel::moveTo(std::uint64_t tick) {
    current_ = std::max(current_, tick);
    floor_ = std::max(floor_, current_);
    // Slots that begin here belong to lower levels from now on.
    for (std::size_t level = kLevels - 1; level > 0; --level) {
        const auto slot = (current_ >> (level * kLevelBits)) & (kSlots - 1);
        if ((occupied_[level] & (std::uint64_t{1} << slot)) != 0) {
            cascade(level, slot);
        }
    }
}

void TimerWheel::cascade(std::size_t level, std::size_t slot) {
    auto& head = slots_[level][slot];
    while (head.next != &head) {
        auto& node = *head.next;
        remove(node);
        insert(node);
    }
}

std::uint64_t TimerWheel::earliestIn(const Place& place) const {
    const auto& head = slots_[place.level][place.slot];
    auto earliest = head.next->tick;
    if (place.level > 0) {
        for (const auto* node = head.next; node != &head; node = node->next) {
            earliest = std::min(earliest, node->tick);
        }
    }
    return earliest;
}

std::uint64_t TimerWheel::tickAtOrBefore(TimePoint time) const {
    return time <= start_ ? 0 : static_cast<std::uint64_t>((time - start_) / kTick);
}

std::uint64_t TimerWheel::tickAtOrAfter(TimePoint time) const {
    const auto before = tickAtOrBefore(time);
    return start_ + kTick * before < time ? before + 1 : before;
}

}  // namespace weft::wireguard
