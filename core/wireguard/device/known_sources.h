// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/endpoint.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace weft::wireguard {

/// Where peers are that may have a session. Each is noted with every handshake and every move of
/// the peer, and forgotten when its session is over for sure.
///
/// Once there are too many nobody is known for a while: a list without one of the peers would be
/// worse than none. Pure. Thread: confined.
class KnownSources {
public:
    /// Longer than a session without a new handshake (WireGuard paper, section 6.1).
    static constexpr std::chrono::seconds kKept{240};
    /// Between two changes of the list, so that a peer that moves all the time costs little.
    static constexpr std::chrono::milliseconds kSteady{100};

    explicit KnownSources(std::size_t most) : most_(most) {}

    void note(const net::Endpoint& source, TimePoint now);
    /// When takeChange() has something to say next; nothing while the list holds.
    std::optional<TimePoint> changeDue() const;
    /// The list, when it is another one than the last and its time has come. Empty: anybody may be
    /// a peer. Valid until the next call.
    std::optional<std::span<const net::Endpoint>> takeChange(TimePoint now);
    /// The list that was taken last has to be told once more, when its time has come.
    void tellAgain() { changed_ = true; }

private:
    struct Entry {
        net::Endpoint source;
        TimePoint until;
    };

    std::size_t most_;
    std::vector<Entry> entries_;
    std::vector<net::Endpoint> list_;
    bool changed_ = false;
    TimePoint steadyUntil_{};
    /// Before that there may be peers that were not noted.
    TimePoint completeAt_{};
};

}  // namespace weft::wireguard
