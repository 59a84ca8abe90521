// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/services/proxy/leader_answer.h"
#include "core/services/proxy/leader_route.h"
#include "core/services/proxy/proxy_places.h"
#include "core/services/server/call_counters.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace weft::services {

/// A caller that has taken nothing of the message it is being sent for this long, and not for twice
/// as long, has its call torn down.
inline constexpr std::chrono::seconds kStalledCallerInterval{30};

/// How a call goes on to the leader.
struct Onward {
    std::shared_ptr<LeaderTarget> target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::chrono::system_clock::time_point deadline;
    /// A caller that has sent no message by then has its call ended.
    Duration firstMessage;
    HandedOn about;
};

/// One call on its way through: a caller on one side, the leader on the other, messages as bytes.
/// One message is held in each direction; the next is read when it was taken, so that a slow side
/// fills the transport's window and not our memory; a message that does not fit into what its place
/// may hold ends the call. The end of either side ends the other: the
/// leader's status with its details and trailing metadata, the caller's cancellation.
/// Keeps itself alive until the library is done with both sides.
/// Thread: any. No lock is held while the library is called, but for TryCancel, which only queues.
class RelayedCall final : public std::enable_shared_from_this<RelayedCall> {
public:
    /// `released` runs once when the library is done with the caller. `loop` outlives the server's
    /// calls.
    static std::shared_ptr<RelayedCall> make(
        grpc::GenericCallbackServerContext* context,
        MethodCounters& counters,
        base::Loop& loop,
        std::function<void()> released);

    /// For the library, which has it until the call is over.
    grpc::ServerGenericBidiReactor* reactor() { return &caller_; }

    /// Begins the call at the leader, unless the caller has gone. `place` is dropped at the end.
    void begin(Onward onward, std::shared_ptr<ProxyPlaces::Place> place) WEFT_EXCLUDES(mutex_);
    /// Ends a call that was not begun; nothing for any other.
    void refuse(const Status& status) WEFT_EXCLUDES(mutex_);

private:
    class CallerSide final : public grpc::ServerGenericBidiReactor {
    public:
        explicit CallerSide(RelayedCall& call) : call_(call) {}
        void OnReadDone(bool ok) override { call_.onCallerMessage(ok); }
        void OnSendInitialMetadataDone(bool ok) override { call_.onCallerTook(ok); }
        void OnWriteDone(bool ok) override { call_.onCallerTook(ok); }
        void OnCancel() override { call_.onCallerGone(); }
        void OnDone() override { call_.onCallerDone(); }

    private:
        RelayedCall& call_;
    };
    class LeaderSide final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
    public:
        explicit LeaderSide(RelayedCall& call) : call_(call) {}
        void OnReadInitialMetadataDone(bool ok) override { call_.onLeaderHeaders(ok); }
        void OnReadDone(bool ok) override { call_.onLeaderMessage(ok); }
        void OnWriteDone(bool ok) override { call_.onLeaderTook(ok); }
        void OnDone(const grpc::Status& status) override { call_.onLeaderDone(status); }

    private:
        RelayedCall& call_;
    };
    enum class Stage : std::uint8_t { Waiting, Relaying, Finished };
    /// The way of the caller's messages; Closed: no more of them go to the leader.
    enum class Up : std::uint8_t { Reading, Writing, Closed };

    RelayedCall(
        grpc::GenericCallbackServerContext* context,
        MethodCounters& counters,
        base::Loop& loop,
        std::function<void()> released);

    void readCaller() WEFT_EXCLUDES(mutex_);
    bool closeIdleUp() WEFT_REQUIRES(mutex_);
    void onCallerMessage(bool ok) WEFT_EXCLUDES(mutex_);
    void onLeaderTook(bool ok) WEFT_EXCLUDES(mutex_);
    void onLeaderHeaders(bool ok) WEFT_EXCLUDES(mutex_);
    void onLeaderMessage(bool ok) WEFT_EXCLUDES(mutex_);
    void onCallerTook(bool ok) WEFT_EXCLUDES(mutex_);
    void writeCaller();
    void endDown() WEFT_EXCLUDES(mutex_);
    void onLeaderDone(const grpc::Status& status) WEFT_EXCLUDES(mutex_);
    void onCallerGone() WEFT_EXCLUDES(mutex_);
    void onCallerDone() WEFT_EXCLUDES(mutex_);
    void finish(const grpc::Status& status);
    void stop(const Status& why) WEFT_EXCLUDES(mutex_);
    void watchCaller(Duration delay, void (RelayedCall::*look)()) WEFT_EXCLUDES(mutex_);
    void lookForFirstMessage() WEFT_EXCLUDES(mutex_);
    void lookAtCaller() WEFT_EXCLUDES(mutex_);

    MethodCounters& counters_;
    base::Loop& loop_;
    std::function<void()> released_;
    CallerSide caller_{*this};
    LeaderSide leader_{*this};
    /// What keeps this object while the library has the one side and the other.
    std::shared_ptr<RelayedCall> callerHas_;
    std::shared_ptr<RelayedCall> leaderHas_;
    // The call's own until the caller's side is done.
    grpc::GenericCallbackServerContext* const server_;
    grpc::ClientContext client_;
    std::shared_ptr<LeaderTarget> target_;
    std::shared_ptr<ProxyPlaces::Place> place_;
    Duration firstMessage_{};
    HandedOn about_;
    // Each owned by whoever reads or writes it at the moment.
    grpc::ByteBuffer up_;
    grpc::ByteBuffer down_;

    base::Mutex mutex_;
    Stage stage_ WEFT_GUARDED_BY(mutex_) = Stage::Waiting;
    Up upState_ WEFT_GUARDED_BY(mutex_) = Up::Reading;
    /// Threads that are about to ask for the caller's next message.
    int askingCaller_ WEFT_GUARDED_BY(mutex_) = 0;
    bool headersArrived_ WEFT_GUARDED_BY(mutex_) = false;
    /// The caller has the headers: what it takes from then on are messages.
    bool tookHeaders_ WEFT_GUARDED_BY(mutex_) = false;
    /// A message of the leader waits for the headers before it.
    bool downReady_ WEFT_GUARDED_BY(mutex_) = false;
    /// Headers or a message are on their way to the caller.
    bool sending_ WEFT_GUARDED_BY(mutex_) = false;
    /// Nothing more comes from the leader, or nothing more goes to the caller.
    bool downEnded_ WEFT_GUARDED_BY(mutex_) = false;
    bool callerDone_ WEFT_GUARDED_BY(mutex_) = false;
    /// The caller has sent a message, or said that none will come.
    bool callerSpoke_ WEFT_GUARDED_BY(mutex_) = false;
    /// Why this side ended the call; the leader's status is about that then.
    Status stopped_ WEFT_GUARDED_BY(mutex_);
    std::uint64_t taken_ WEFT_GUARDED_BY(mutex_) = 0;
    std::uint64_t takenBefore_ WEFT_GUARDED_BY(mutex_) = 0;
    Subscription watch_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
