// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/way_judge.h"

namespace weft::daemon {

bool WayJudge::note(const TunnelPeerStatistics* figures, TimePoint now, WallTime wall) {
    if (figures == nullptr) {
        // A device that was made anew gets its peers soon.
        return false;
    }
    const auto moved = (figures->receivedBytes - received_) + (figures->sentBytes - sent_);
    isBusy_ = moved > kUnansweredBytes;
    sent_ = figures->sentBytes;
    if (figures->receivedBytes != received_) {
        received_ = figures->receivedBytes;
        sentThen_ = figures->sentBytes;
        heardAt_ = now;
        calledAt_.reset();
    }
    const bool isFresh =
        figures->lastHandshake && wall - *figures->lastHandshake < kFreshFor && received_ > 0;
    if (state_ == State::Calling && isFresh) {
        state_ = State::Up;
        heardAt_ = now;
    } else if (state_ == State::Up && !isFresh) {
        state_ = State::Lost;
    }
    return state_ == State::Up && noteSilence(*figures, now, wall);
}

bool WayJudge::noteSilence(const TunnelPeerStatistics& figures, TimePoint now, WallTime wall) {
    const auto silent = now - heardAt_;
    const bool isUnanswered = figures.sentBytes - sentThen_ > kUnansweredBytes;
    if (calledAt_) {
        if (now - *calledAt_ >= kLostAfter) {
            state_ = State::Lost;
        }
        return false;
    }
    if (wall - *figures.lastHandshake < kLeastBetweenCalls) {
        return false;
    }
    if ((isUnanswered && silent >= kSuspectAfter) || silent >= kSilentFor) {
        calledAt_ = now;
        return true;
    }
    return false;
}

}  // namespace weft::daemon
