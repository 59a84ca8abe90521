// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace weft::base {

/// What a Poller can wait for: a file descriptor, or a handle where the system has those. It owns
/// nothing.
struct Waitable {
    std::intptr_t handle = -1;

    friend bool operator==(const Waitable&, const Waitable&) = default;
};

/// Waits on one thread until one of several sources has something to read. Level-triggered: what is
/// not read is reported again by the next wait.
///
/// Thread: confined to the thread that waits, but for `wake`.
class Poller {
public:
    /// The most sources that one wait reports; the others come with the next one, in turn.
    static constexpr std::size_t kMostReady = 32;

    Poller() = default;
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;
    virtual ~Poller() = default;

    /// Watches `source` and calls it `id`; ids may repeat.
    /// Errors: kAlreadyExists   it is watched
    ///         kInvalidArgument it cannot be waited for
    ///         kResourceExhausted the system watches too much
    virtual Status add(Waitable source, std::uint32_t id) = 0;
    /// Forgets `source`, before its owner closes it. Nothing happens when it is not watched.
    virtual void remove(Waitable source) = 0;
    /// While held, a source that is watched as `id` is not reported when it has something to read.
    /// Takes nothing of the system, so that it cannot fail for want of room. Nothing happens when
    /// it is not watched.
    virtual void hold(Waitable source, std::uint32_t id, bool held) = 0;

    /// The ids of the sources that have something to read, closed or failed ones too; valid until
    /// the next wait. Empty after `timeout`, after `wake` and, rarely, without a reason. Zero or
    /// less only looks; nullopt waits for ever. The timeout is kept to well below a millisecond.
    /// Errors: kInternal.
    virtual StatusOr<std::span<const std::uint32_t>> wait(std::optional<Duration> timeout) = 0;

    /// Ends the wait that is under way, or the next one. What the waking thread wrote before is
    /// visible to the waiting thread afterwards. Many wakes cost one system call. Thread: any.
    virtual void wake() = 0;
};

/// The poller of the system. Errors: kResourceExhausted (no more file descriptors).
StatusOr<std::unique_ptr<Poller>> createPoller();

}  // namespace weft::base
