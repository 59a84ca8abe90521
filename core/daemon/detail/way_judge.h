// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/daemon/tunnel.h"
#include "core/mesh/direct_ways.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::daemon {

/// Decides whether packets come directly from one peer, by what its tunnel counts. Pure.
///
/// WireGuard answers what it gets within ten seconds at the latest, which is long for somebody
/// whose packets are lost. So a peer that is sent to and says nothing is called, three times within
/// a second: whoever is there answers at once.
class WayJudge {
public:
    using State = mesh::WayReport::State;

    /// A handshake that is older has been replaced, or its session is over.
    static constexpr std::chrono::seconds kFreshFor{180};
    /// More than two keepalives, which nobody answers.
    static constexpr std::uint64_t kUnansweredBytes = 96;
    /// Who has just answered is not doubted: a peer that only listens is called so often.
    static constexpr std::chrono::seconds kLeastBetweenCalls{3};
    /// Silent for so long after something was sent: called.
    static constexpr std::chrono::seconds kSuspectAfter{1};
    /// Three keepalives have not come: called, whatever was sent.
    static constexpr std::chrono::seconds kSilentFor{80};
    /// Called, and silent for so long: lost.
    static constexpr std::chrono::seconds kLostAfter{2};

    /// Takes the newest figures; nullptr: the tunnel does not have the peer. True: it is to be
    /// called.
    bool note(const TunnelPeerStatistics* figures, TimePoint now, WallTime wall);

    State state() const { return state_; }
    /// Whether packets went or came between the last two figures.
    bool isBusy() const { return isBusy_; }
    /// Whether it was called and has not answered.
    bool isInDoubt() const { return state_ == State::Up && calledAt_.has_value(); }

private:
    bool noteSilence(const TunnelPeerStatistics& figures, TimePoint now, WallTime wall);

    State state_ = State::Calling;
    std::uint64_t received_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t sentThen_ = 0;
    TimePoint heardAt_;
    std::optional<TimePoint> calledAt_;
    bool isBusy_ = false;
};

}  // namespace weft::daemon
