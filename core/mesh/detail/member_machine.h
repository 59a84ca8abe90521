// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/mesh/detail/join_failure.h"
#include "core/mesh/member.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace weft::mesh::detail {

/// What the shell is to do, in this order.
enum class MemberAction : std::uint8_t {
    DropLink,
    Dial,           ///< a link to `address()`
    CheckIdentity,  ///< ask which mesh it is, before joining it
    Join,
    Follow,  ///< subscribe to peers and state, then read the state
    Check,   ///< ask for a sign of life
    Leave,
    Finish,  ///< tell those who wait for the stop
};
using MemberActions = std::vector<MemberAction>;

/// Decides what a member does next. Pure: events and the time in, actions and the next deadline
/// out. `jitter` is a random number from 0 to 1 that the shell draws.
/// Thread: confined to the node loop.
class MemberMachine {
public:
    static constexpr std::chrono::seconds kRetryPause{1};
    static constexpr std::chrono::seconds kMaxBackOff{60};
    /// A server that was lost is most likely being restarted: for so long attempts that find nobody
    /// are no further apart than this many doublings of the pause. They trouble nobody; who is cut
    /// off again and again waits longer each time.
    static constexpr std::chrono::seconds kRestartTime{60};
    static constexpr int kRestartDoublings = 1;
    /// A connection that held this long starts over with short pauses.
    static constexpr std::chrono::seconds kSteadyAfter{30};
    /// How long dial, join and reading may take together.
    static constexpr std::chrono::seconds kAttemptLimit{30};
    /// How long a sign of life may take once the network has changed.
    static constexpr std::chrono::seconds kCheckLimit{2};
    /// How often one is asked for otherwise: what a router in between has forgotten, nobody tells,
    /// and a server that only has to tell of changes may be silent for hours.
    static constexpr std::chrono::seconds kCheckInterval{20};
    /// How long that one may take: the server may just be busy.
    static constexpr std::chrono::seconds kIdleCheckLimit{10};

    struct Options {
        std::size_t addresses = 0;
        int maxJoinRetries = 15;
        /// Goes on after them, less often.
        bool keepsTrying = false;
    };
    struct Moment {
        TimePoint now;
        double jitter = 0;
    };

    explicit MemberMachine(Options options) : options_(options) {}

    MemberActions start(Moment at);
    /// With `knowsMesh` the identity is asked for before joining.
    void setKnowsMesh(bool knowsMesh) { knowsMesh_ = knowsMesh; }
    /// A failure without `retry` is final when every address of a round answers with one.
    MemberActions onIdentityChecked(const AttemptResult& result, Moment at);
    /// The server knows this node still: it is followed without another join.
    MemberActions onStillMember();
    MemberActions onJoined(const AttemptResult& result, Moment at);
    MemberActions onFollowing(const AttemptResult& result, Moment at);
    /// A stream ended, or the mesh has forgotten this node.
    MemberActions onLost(const Status& status, Moment at);
    MemberActions onDeadline(Moment at);
    MemberActions retryNow(Moment at);
    /// The host's network has changed, or it has slept.
    MemberActions onNetwork(Moment at);
    /// The connection gave no sign of life.
    MemberActions onCheckFailed(const Status& status, Moment at);
    MemberActions stop(bool leave, Duration limit, Moment at);
    MemberActions onLeft();

    MemberPhase phase() const { return phase_; }
    /// Why the last attempt failed.
    const Status& failure() const { return failure_; }
    /// Index of the address that is in use or next.
    std::size_t address() const { return address_; }
    std::optional<TimePoint> nextDeadline() const { return deadline_; }
    /// Whether nothing happens until `nextDeadline`, which is the next attempt.
    bool isWaiting() const;
    bool isStopping() const { return phase_ == MemberPhase::Leaving; }

private:
    MemberActions attempt(Moment at);
    MemberActions fail(const AttemptResult& result, Moment at);
    MemberActions waitForRound(Moment at);
    MemberActions finishStop();
    bool mayGiveUp() const;
    Duration backOff(double jitter) const;

    Options options_;
    MemberPhase phase_ = MemberPhase::Off;
    Status failure_;
    std::size_t address_ = 0;
    /// 0 while waiting for the next round.
    std::size_t triedInRound_ = 0;
    std::size_t hopelessInRound_ = 0;
    int rounds_ = 0;
    /// Doublings of the pause.
    int backOffSteps_ = 0;
    bool knowsMesh_ = false;
    bool wasConnected_ = false;
    bool mayBeMember_ = false;
    TimePoint connectedAt_;
    /// nullopt: it was never connected.
    std::optional<TimePoint> lostAt_;
    std::optional<TimePoint> deadline_;
};

}  // namespace weft::mesh::detail
