// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/relayed_call.h"

#include "core/services/proxy/passed_metadata.h"
#include "core/services/server/admission.h"
#include "core/services/server/grpc_status.h"

#include <string_view>

namespace weft::services {

namespace {

std::string_view viewOf(const grpc::string_ref& text) {
    return {text.data(), text.size()};
}

template <typename Metadata, typename Add>
void passBack(const Metadata& metadata, Add add) {
    for (const auto& [name, value] : metadata) {
        if (comesBack(viewOf(name), viewOf(value))) {
            add(std::string(viewOf(name)), std::string(viewOf(value)));
        }
    }
}

}  // namespace

std::shared_ptr<RelayedCall> RelayedCall::make(
    grpc::GenericCallbackServerContext* context,
    MethodCounters& counters,
    base::Loop& loop,
    std::function<void()> released) {
    std::shared_ptr<RelayedCall> call(
        new RelayedCall(context, counters, loop, std::move(released)));
    call->callerHas_ = call;
    return call;
}

RelayedCall::RelayedCall(
    grpc::GenericCallbackServerContext* context,
    MethodCounters& counters,
    base::Loop& loop,
    std::function<void()> released)
    : counters_(counters), loop_(loop), released_(std::move(released)), server_(context) {}

void RelayedCall::begin(Onward onward, std::shared_ptr<ProxyPlaces::Place> place) {
    {
        const base::MutexLock lock(mutex_);
        if (stage_ != Stage::Waiting) {
            return;
        }
        stage_ = Stage::Relaying;
        ++askingCaller_;
    }
    target_ = std::move(onward.target);
    place_ = std::move(place);
    firstMessage_ = onward.firstMessage;
    about_ = std::move(onward.about);
    client_.set_deadline(onward.deadline);
    for (const auto& [name, value] : onward.headers) {
        client_.AddMetadata(name, value);
    }
    leaderHas_ = shared_from_this();
    target_->stub.PrepareBidiStreamingCall(&client_, server_->method(), {}, &leader_);
    // One for each direction: reads and writes are begun outside of this side's reactions.
    leader_.AddMultipleHolds(2);
    leader_.StartRead(&down_);
    leader_.StartCall();
    watchCaller(onward.firstMessage, &RelayedCall::lookForFirstMessage);
    readCaller();
}

void RelayedCall::refuse(const Status& status) {
    {
        const base::MutexLock lock(mutex_);
        if (stage_ != Stage::Waiting) {
            return;
        }
        stage_ = Stage::Finished;
    }
    finish(toGrpc(status));
}

// The one who counted itself in askingCaller_ calls this. The hold of this direction must outlast
// the request, since without it the call might be finished meanwhile.
void RelayedCall::readCaller() {
    const auto self = shared_from_this();
    caller_.StartRead(&up_);
    bool release = false;
    {
        const base::MutexLock lock(mutex_);
        --askingCaller_;
        release = closeIdleUp();
    }
    if (release) {
        leader_.RemoveHold();
    }
}

// True when the hold of this direction is to be removed: the leader's answer is complete, and
// nobody is at work here. A message that the caller sends later has nobody to go to.
bool RelayedCall::closeIdleUp() {
    if (!downEnded_ || upState_ != Up::Reading || askingCaller_ > 0) {
        return false;
    }
    upState_ = Up::Closed;
    return true;
}

void RelayedCall::onCallerMessage(bool ok) {
    enum class Step : std::uint8_t { Nothing, Write, HalfClose, Release } step = Step::Nothing;
    const Status held = ok ? place_->holdRequest(up_.Length()) : okStatus();
    {
        const base::MutexLock lock(mutex_);
        callerSpoke_ = true;
        if (upState_ == Up::Reading && downEnded_) {
            step = closeIdleUp() ? Step::Release : Step::Nothing;
        } else if (upState_ == Up::Reading && !held.ok()) {
            upState_ = Up::Closed;
            step = Step::Release;
        } else if (upState_ == Up::Reading) {
            upState_ = ok ? Up::Writing : Up::Closed;
            step = ok ? Step::Write : Step::HalfClose;
        }
    }
    if (!held.ok()) {
        up_.Clear();
        stop(held);
    }
    if (step == Step::Write) {
        leader_.StartWrite(&up_);
    } else if (step == Step::HalfClose) {
        leader_.StartWritesDone();
    }
    if (step == Step::HalfClose || step == Step::Release) {
        leader_.RemoveHold();
    }
}

void RelayedCall::onLeaderTook(bool ok) {
    bool goesOn = false;
    // Nothing is held until the next one has come: that cannot be refused.
    static_cast<void>(place_->holdRequest(0).ok());
    {
        const base::MutexLock lock(mutex_);
        goesOn = ok && !downEnded_;
        upState_ = goesOn ? Up::Reading : Up::Closed;
        askingCaller_ += goesOn ? 1 : 0;
    }
    if (goesOn) {
        readCaller();
    } else {
        leader_.RemoveHold();
    }
}

void RelayedCall::onLeaderHeaders(bool ok) {
    if (ok) {
        passBack(
            client_.GetServerInitialMetadata(),
            [this](const std::string& name, const std::string& value) {
                server_->AddInitialMetadata(name, value);
            });
    }
    bool release = false;
    bool lost = false;
    {
        const base::MutexLock lock(mutex_);
        headersArrived_ = true;
        sending_ = ok;
        release = !ok && downEnded_;
        lost = !ok && downReady_;
    }
    if (ok) {
        caller_.StartSendInitialMetadata();
    } else if (release) {
        leader_.RemoveHold();
    } else if (lost) {
        client_.TryCancel();
        endDown();
    }
}

void RelayedCall::onLeaderMessage(bool ok) {
    if (!ok) {
        endDown();
        return;
    }
    if (const Status held = place_->hold(down_.Length()); !held.ok()) {
        down_.Clear();
        stop(held);
        endDown();
        return;
    }
    bool write = false;
    {
        const base::MutexLock lock(mutex_);
        write = headersArrived_ && !sending_;
        sending_ = sending_ || write;
        downReady_ = !write;
    }
    if (write) {
        writeCaller();
    }
}

void RelayedCall::writeCaller() {
    counters_.sent.fetch_add(1, std::memory_order_relaxed);
    caller_.StartWrite(&down_);
}

void RelayedCall::onCallerTook(bool ok) {
    enum class Step : std::uint8_t { Nothing, Write, Read, End, Release } step = Step::Nothing;
    {
        const base::MutexLock lock(mutex_);
        ++taken_;
        const bool wasMessage = std::exchange(tookHeaders_, true);
        sending_ = ok && downReady_;
        if (downEnded_) {
            step = Step::Release;
        } else if (downReady_) {
            downReady_ = false;
            step = ok ? Step::Write : Step::End;
        } else if (wasMessage) {
            step = ok ? Step::Read : Step::End;
        }
    }
    switch (step) {
    case Step::Write:
        writeCaller();
        break;
    case Step::Read:
        down_.Clear();
        // Nothing is held until the next one has come: that cannot be refused.
        static_cast<void>(place_->hold(0).ok());
        leader_.StartRead(&down_);
        break;
    case Step::End:
        client_.TryCancel();
        endDown();
        break;
    case Step::Release:
        leader_.RemoveHold();
        break;
    case Step::Nothing:
        break;
    }
}

// No read of the leader is under way from here on.
void RelayedCall::endDown() {
    bool releaseDown = false;
    bool releaseUp = false;
    {
        const base::MutexLock lock(mutex_);
        downEnded_ = true;
        releaseDown = headersArrived_ && !sending_;
        releaseUp = closeIdleUp();
    }
    if (releaseUp) {
        leader_.RemoveHold();
    }
    if (releaseDown) {
        leader_.RemoveHold();
    }
}

void RelayedCall::onLeaderDone(const grpc::Status& status) {
    // The library has this object no more after this, and the caller's side may be done at once.
    const auto self = std::exchange(leaderHas_, nullptr);
    passBack(
        client_.GetServerTrailingMetadata(),
        [this](const std::string& name, const std::string& value) {
            server_->AddTrailingMetadata(name, value);
        });
    Status stopped;
    {
        const base::MutexLock lock(mutex_);
        stage_ = Stage::Finished;
        stopped = stopped_;
    }
    const bool reached = parsePeer(client_.peer()).has_value();
    finish(stopped.ok() ? toldByProxy(status, {target_->route, about_, reached}) : toGrpc(stopped));
}

void RelayedCall::finish(const grpc::Status& status) {
    counters_.onHandled(static_cast<int>(status.error_code()));
    caller_.Finish(status);
}

void RelayedCall::onCallerGone() {
    refuse(cancelled("the caller has gone"));
    // Also before the call at the leader has begun: then it is cancelled as it begins.
    client_.TryCancel();
}

void RelayedCall::onCallerDone() {
    Subscription watch;
    {
        const base::MutexLock lock(mutex_);
        callerDone_ = true;
        watch = std::move(watch_);
    }
    watch.cancel();
    place_.reset();
    std::exchange(released_, nullptr)();
    // The last use of this object, unless the leader's side is still returning.
    const auto self = std::exchange(callerHas_, nullptr);
}

// Ends the call by a reason of this node's own, which the caller gets in place of the leader's
// word.
void RelayedCall::stop(const Status& why) {
    {
        const base::MutexLock lock(mutex_);
        stopped_ = why;
    }
    client_.TryCancel();
}

void RelayedCall::watchCaller(Duration delay, void (RelayedCall::*look)()) {
    auto timer = loop_.after(delay, [look, weak = std::weak_ptr<RelayedCall>(weak_from_this())] {
        if (const auto alive = weak.lock()) {
            (*alive.*look)();
        }
    });
    const base::MutexLock lock(mutex_);
    if (!callerDone_) {
        std::swap(watch_, timer);
    }
}

void RelayedCall::lookForFirstMessage() {
    bool silent = false;
    {
        const base::MutexLock lock(mutex_);
        if (callerDone_) {
            return;
        }
        silent = !callerSpoke_;
    }
    if (silent) {
        stop(deadlineExceeded(
            "the caller sent no message for {} s, and a place here is not held for it",
            std::chrono::duration_cast<std::chrono::seconds>(firstMessage_).count()));
    }
    watchCaller(kStalledCallerInterval, &RelayedCall::lookAtCaller);
}

void RelayedCall::lookAtCaller() {
    {
        const base::MutexLock lock(mutex_);
        if (callerDone_) {
            return;
        }
        if (sending_ && std::exchange(takenBefore_, taken_) == taken_) {
            server_->TryCancel();
            return;
        }
    }
    watchCaller(kStalledCallerInterval, &RelayedCall::lookAtCaller);
}

}  // namespace weft::services
