// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace weft::wireguard {

/// What a TimerWheel holds: to be embedded in, or inherited by, the thing that waits. Does not move
/// while it is armed.
struct TimerNode {
    TimerNode() = default;
    TimerNode(const TimerNode&) = delete;
    TimerNode& operator=(const TimerNode&) = delete;
    ~TimerNode() = default;

    bool armed() const { return next != nullptr; }

    TimerNode* next = nullptr;
    TimerNode* previous = nullptr;
    std::uint64_t tick = 0;
    std::uint8_t level = 0;
    std::uint8_t slot = 0;
};

/// A hierarchical timer wheel: arming and disarming cost the same with one node and with a
/// million, and a node that is not armed costs nothing.
///
/// A node fires at the first tick at or after its deadline: never early, late by less than a tick
/// when advance() is called at nextDeadline().
/// Pure. Thread: confined.
class TimerWheel {
public:
    static constexpr std::chrono::milliseconds kTick{10};

    explicit TimerWheel(TimePoint start);
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;
    /// Does not touch the nodes: they may be gone by then, armed or not.
    ~TimerWheel() = default;

    /// Moves the node when it is armed already. A deadline that has passed fires at the next
    /// tick.
    void arm(TimerNode& node, TimePoint deadline);
    void disarm(TimerNode& node);

    /// Takes out one node that is due by `now`; nullptr when there is none. To be called until
    /// then. What is armed in between is taken into account.
    TimerNode* takeDue(TimePoint now);

    /// When the next node fires; nullopt while none is armed.
    std::optional<TimePoint> nextDeadline() const;

private:
    static constexpr unsigned kLevelBits = 6;
    static constexpr std::size_t kSlots = 1U << kLevelBits;
    static constexpr std::size_t kLevels = 7;

    struct Place {
        std::size_t level = 0;
        std::size_t slot = 0;
        /// The first tick of the slot.
        std::uint64_t start = 0;
    };

    std::optional<Place> firstPlace() const;
    void insert(TimerNode& node);
    void remove(TimerNode& node);
    void moveTo(std::uint64_t tick);
    void cascade(std::size_t level, std::size_t slot);
    std::uint64_t tickAtOrBefore(TimePoint time) const;
    std::uint64_t tickAtOrAfter(TimePoint time) const;
    std::uint64_t earliestIn(const Place& place) const;

    TimePoint start_;
    /// Every tick before this one is done. Levels and slots of all nodes are relative to it.
    std::uint64_t current_ = 0;
    /// The first tick that may still be armed: `current_`, or the one after it while it fires.
    std::uint64_t floor_ = 0;
    /// List heads; a list is circular through its head.
    std::array<std::array<TimerNode, kSlots>, kLevels> slots_;
    std::array<std::uint64_t, kLevels> occupied_{};
    /// The tick of the node that fires next, while it is known.
    mutable std::optional<std::uint64_t> earliest_;
};

}  // namespace weft::wireguard
