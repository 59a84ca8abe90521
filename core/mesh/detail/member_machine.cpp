// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/member_machine.h"

#include <algorithm>

namespace weft::mesh::detail {

using Action = MemberAction;
using Phase = MemberPhase;

MemberActions MemberMachine::start(Moment at) {
    if (phase_ != Phase::Off && phase_ != Phase::Failed) {
        return {};
    }
    rounds_ = 0;
    triedInRound_ = 0;
    hopelessInRound_ = 0;
    backOffSteps_ = 0;
    wasConnected_ = false;
    failure_ = okStatus();
    if (options_.addresses == 0) {
        phase_ = Phase::Failed;
        failure_ = invalidArgument("no address of a storage member is known: set a join address");
        return {};
    }
    return attempt(at);
}

MemberActions MemberMachine::attempt(Moment at) {
    deadline_ = at.now + kAttemptLimit;
    ++triedInRound_;
    if (knowsMesh_) {
        phase_ = Phase::ReachingMember;
        return {Action::DropLink, Action::Dial, Action::CheckIdentity};
    }
    phase_ = Phase::Joining;
    return {Action::DropLink, Action::Dial, Action::Join};
}

MemberActions MemberMachine::onIdentityChecked(const AttemptResult& result, Moment at) {
    if (phase_ != Phase::ReachingMember) {
        return {};
    }
    if (!result.status.ok()) {
        return fail(result, at);
    }
    phase_ = Phase::Joining;
    return {Action::Join};
}

MemberActions MemberMachine::onStillMember() {
    if (phase_ != Phase::ReachingMember) {
        return {};
    }
    mayBeMember_ = true;
    phase_ = Phase::ReadingState;
    return {Action::Follow};
}

MemberActions MemberMachine::onJoined(const AttemptResult& result, Moment at) {
    if (phase_ != Phase::Joining) {
        return {};
    }
    if (!result.status.ok()) {
        return fail(result, at);
    }
    mayBeMember_ = true;
    phase_ = Phase::ReadingState;
    return {Action::Follow};
}

MemberActions MemberMachine::onFollowing(const AttemptResult& result, Moment at) {
    if (phase_ != Phase::ReadingState) {
        return {};
    }
    if (!result.status.ok()) {
        return fail(result, at);
    }
    phase_ = Phase::Connected;
    failure_ = okStatus();
    wasConnected_ = true;
    connectedAt_ = at.now;
    deadline_.reset();
    rounds_ = 0;
    triedInRound_ = 0;
    hopelessInRound_ = 0;
    return {};
}

MemberActions MemberMachine::onLost(const Status& status, Moment at) {
    if (phase_ == Phase::ReadingState) {
        return fail({true, status}, at);
    }
    if (phase_ != Phase::Connected) {
        return {};
    }
    // Flapping does not start over with short pauses.
    if (at.now - connectedAt_ >= kSteadyAfter) {
        backOffSteps_ = 0;
    }
    failure_ = status;
    triedInRound_ = 0;
    lostAt_ = at.now;
    return waitForRound(at);
}

MemberActions MemberMachine::fail(const AttemptResult& result, Moment at) {
    failure_ = result.status;
    hopelessInRound_ += result.retry ? 0 : 1;
    address_ = (address_ + 1) % options_.addresses;
    if (triedInRound_ < options_.addresses) {
        return attempt(at);
    }
    const bool hopeless = hopelessInRound_ >= options_.addresses;
    triedInRound_ = 0;
    hopelessInRound_ = 0;
    ++rounds_;
    if (hopeless || (mayGiveUp() && rounds_ > options_.maxJoinRetries)) {
        phase_ = Phase::Failed;
        deadline_.reset();
        return {Action::DropLink};
    }
    if (lostAt_ && at.now - *lostAt_ < kRestartTime) {
        backOffSteps_ = std::min(backOffSteps_, kRestartDoublings);
    }
    return waitForRound(at);
}

MemberActions MemberMachine::waitForRound(Moment at) {
    phase_ = wasConnected_ ? Phase::Reconnecting : Phase::ReachingMember;
    if (wasConnected_ || rounds_ > options_.maxJoinRetries) {
        deadline_ = at.now + std::chrono::duration_cast<TimePoint::duration>(backOff(at.jitter));
        ++backOffSteps_;
    } else {
        deadline_ = at.now + kRetryPause;
    }
    return {Action::DropLink};
}

/// Who has been in the mesh waits for it, and so does who was started by no hand that could start
/// it again: the mesh may only be down together with this node.
bool MemberMachine::mayGiveUp() const {
    return !wasConnected_ && !knowsMesh_ && !options_.keepsTrying;
}

bool MemberMachine::isWaiting() const {
    return deadline_ && triedInRound_ == 0
           && (phase_ == Phase::Reconnecting || phase_ == Phase::ReachingMember);
}

Duration MemberMachine::backOff(double jitter) const {
    constexpr int kMostDoublings = 6;
    const auto doubled = kRetryPause * (1 << std::min(backOffSteps_, kMostDoublings));
    const Duration whole = std::min<Duration>(doubled, kMaxBackOff);
    // Half of it is certain, so that servers that restart are not met by all at once, nor by one
    // at no distance.
    const auto share = 0.5 + 0.5 * std::clamp(jitter, 0.0, 1.0);
    return Duration(static_cast<Duration::rep>(static_cast<double>(whole.count()) * share));
}

MemberActions MemberMachine::onDeadline(Moment at) {
    if (!deadline_ || at.now < *deadline_) {
        return {};
    }
    if (phase_ == Phase::Leaving) {
        return finishStop();
    }
    if (phase_ == Phase::Reconnecting || triedInRound_ == 0) {
        return attempt(at);
    }
    return fail({true, deadlineExceeded("no answer within {} s", kAttemptLimit.count())}, at);
}

MemberActions MemberMachine::retryNow(Moment at) {
    if (phase_ == Phase::Failed) {
        return start(at);
    }
    return isWaiting() ? attempt(at) : MemberActions();
}

MemberActions MemberMachine::onNetwork(Moment at) {
    switch (phase_) {
    case Phase::Connected:
        return {Action::Check};
    case Phase::ReachingMember:
    case Phase::Joining:
    case Phase::ReadingState:
    case Phase::Reconnecting:
        backOffSteps_ = 0;
        // What is under way went by the network that was, and counts for nothing.
        triedInRound_ -= isWaiting() ? 0 : 1;
        return attempt(at);
    default:
        return {};
    }
}

MemberActions MemberMachine::onCheckFailed(const Status& status, Moment at) {
    if (phase_ != Phase::Connected) {
        return {};
    }
    failure_ = status;
    lostAt_ = at.now;
    backOffSteps_ = 0;
    triedInRound_ = 0;
    return attempt(at);
}

MemberActions MemberMachine::stop(bool leave, Duration limit, Moment at) {
    if (phase_ == Phase::Leaving) {
        return {};
    }
    // A join whose answer has not come yet may have happened.
    const bool canLeave = mayBeMember_ || phase_ == Phase::Joining;
    if (!leave || !canLeave || phase_ == Phase::Off) {
        return finishStop();
    }
    const bool hasLink =
        phase_ == Phase::Connected || phase_ == Phase::ReadingState || phase_ == Phase::Joining;
    phase_ = Phase::Leaving;
    deadline_ = at.now + std::chrono::duration_cast<TimePoint::duration>(limit);
    if (hasLink) {
        return {Action::Leave};
    }
    return {Action::DropLink, Action::Dial, Action::Leave};
}

MemberActions MemberMachine::onLeft() {
    return phase_ == Phase::Leaving ? finishStop() : MemberActions();
}

MemberActions MemberMachine::finishStop() {
    phase_ = Phase::Off;
    mayBeMember_ = false;
    deadline_.reset();
    return {Action::DropLink, Action::Finish};
}

}  // namespace weft::mesh::detail
