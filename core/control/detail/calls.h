// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/loop.h"
#include "core/base/status.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace weft::control::detail {

/// The same code, and a text for people where gRPC's speaks of sockets. What the daemon itself
/// answered (services::answerToGrpc) stays as it is.
Status fromGrpc(const grpc::Status& status);
/// Of a call that writes: says so when no answer came, and the daemon may have done it all the
/// same.
Status writeOutcome(const Status& status);
/// A deadline by the monotonic clock, so that setting the time of day ends no call.
void setTimeout(grpc::ClientContext& context, Duration timeout);

class RunningCall {
public:
    RunningCall() = default;
    RunningCall(const RunningCall&) = delete;
    RunningCall& operator=(const RunningCall&) = delete;
    virtual ~RunningCall() = default;

    virtual void cancel() = 0;
};

/// Keeps every call that runs, so that the end of the controller can cancel and await them.
/// Thread: confined to the loop.
class CallBook {
public:
    explicit CallBook(base::Loop& loop) : loop_(loop) {}

    base::Loop& loop() const { return loop_; }
    void add(std::shared_ptr<RunningCall> call);
    void remove(const RunningCall* call);
    void cancelAll();
    /// Runs `empty` once, when nothing runs any more; at once if that is so now.
    void whenEmpty(std::function<void()> empty);

private:
    base::Loop& loop_;
    // Shared with the library's callbacks, which may come after the book has forgotten a call.
    std::map<const RunningCall*, std::shared_ptr<RunningCall>> calls_;
    std::function<void()> empty_;
};

template <typename Request, typename Response>
using BeginUnary = std::function<void(
    grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>)>;

/// One question, one answer.
template <typename Request, typename Response>
class UnaryCall final : public RunningCall,
                        public std::enable_shared_from_this<UnaryCall<Request, Response>> {
public:
    UnaryCall(CallBook& book, Request request, Callback<Response> done)
        : book_(book), request_(std::move(request)), done_(std::move(done)) {}

    void start(const BeginUnary<Request, Response>& begin, Duration timeout) {
        book_.add(this->shared_from_this());
        setTimeout(context_, timeout);
        begin(
            &context_,
            &request_,
            &response_,
            [self = this->shared_from_this()](const grpc::Status& status) {
                self->book_.loop().post([self, status] { self->finish(status); });
            });
    }
    void cancel() override { context_.TryCancel(); }

private:
    void finish(const grpc::Status& status) {
        const auto self = this->shared_from_this();
        book_.remove(this);
        if (status.ok()) {
            done_(std::move(response_));
        } else {
            done_(fromGrpc(status));
        }
    }

    CallBook& book_;
    grpc::ClientContext context_;
    Request request_;
    Response response_;
    Callback<Response> done_;
};

/// A stream of answers. The next one is read when the last one was handled, so that a slow listener
/// slows the sender and nothing piles up here.
template <typename Response>
class ReadCall final : public RunningCall,
                       public grpc::ClientReadReactor<Response>,
                       public std::enable_shared_from_this<ReadCall<Response>> {
public:
    /// Names the method and the request, which must live as long as the function: it is serialised
    /// by StartCall and not before.
    using Begin = std::function<void(grpc::ClientContext*, grpc::ClientReadReactor<Response>*)>;

    ReadCall(
        CallBook& book, std::function<void(Response&)> message, std::function<void(Status)> ended)
        : book_(book), onMessage_(std::move(message)), onEnded_(std::move(ended)) {}

    void start(const Begin& begin) {
        book_.add(this->shared_from_this());
        begin(&context_, this);
        // Reads are started from the loop, outside of the library's callbacks: without the hold
        // the call could be over before the next read is asked for.
        this->AddHold();
        this->StartRead(&message_);
        this->StartCall();
    }
    void setTimeout(Duration timeout) { detail::setTimeout(context_, timeout); }
    void cancel() override { context_.TryCancel(); }
    /// Cancels, and neither messages nor the end are told any more.
    void drop() {
        onMessage_ = nullptr;
        onEnded_ = nullptr;
        cancel();
    }

    void OnReadDone(bool ok) override {
        if (!ok) {
            this->RemoveHold();
            return;
        }
        book_.loop().post([self = this->shared_from_this()] { self->handle(); });
    }
    void OnDone(const grpc::Status& status) override {
        book_.loop().post([self = this->shared_from_this(), status] { self->finish(status); });
    }

private:
    void handle() {
        if (onMessage_) {
            onMessage_(message_);
        }
        message_.Clear();
        this->StartRead(&message_);
    }
    void finish(const grpc::Status& status) {
        const auto self = this->shared_from_this();
        book_.remove(this);
        if (const auto ended = std::exchange(onEnded_, nullptr)) {
            ended(fromGrpc(status));
        }
    }

    CallBook& book_;
    grpc::ClientContext context_;
    Response message_;
    std::function<void(Response&)> onMessage_;
    std::function<void(Status)> onEnded_;
};

}  // namespace weft::control::detail
