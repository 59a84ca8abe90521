// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/log.h"
#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/daemon/local/call_gate.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/grpc_status.h"
#include "core/services/server/stream_writer.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace weft::daemon {

/// Who calls, as far as the local services are concerned.
struct LocalUser {
    /// For the log: "uid 1000", "embedded".
    std::string name;
    api::Grade grade = api::Grade::None;
    /// At once, streams included.
    std::size_t calls = 0;
};

/// How the local services run their calls: the gate is asked first, the work happens on the
/// daemon's loop, and nothing waits for anything. One for each user of the local server.
class CallContext {
public:
    CallContext(base::Loop& loop, const LocalUser& user)
        : loop_(loop), user_(user.name), gate_(user.grade, user.calls) {}

    base::Loop& loop() { return loop_; }
    /// As LocalUser::name.
    const std::string& user() const { return user_; }
    CallGate& gate() { return gate_; }
    services::MethodCounters& counters() { return counters_; }

    /// Answers one question. `method` is a literal. `work` runs on the loop and calls its argument
    /// once, on any thread; a work that is dropped answers kCancelled.
    template <typename Response>
    grpc::ServerUnaryReactor* unary(
        std::string_view method, Response* response, std::function<void(Callback<Response>)> work) {
        auto* reactor = new UnaryReactor(gate_);
        if (const Status allowed = gate_.enter(method); !allowed.ok()) {
            audit(method, allowed);
            reactor->refuse(allowed);
            return reactor;
        }
        // Shared by the copies that a std::function makes of its captures; answers at the latest
        // when the last of them goes.
        auto answer = std::make_shared<Answer<Response>>(reactor, response);
        loop_.post([this, method, work = std::move(work), answer] {
            work([this, method, answer](StatusOr<Response> value) {
                audit(method, value.status());
                answer->give(std::move(value));
            });
        });
        return reactor;
    }

    template <typename Message>
    using Writer = std::shared_ptr<services::StreamWriter<Message>>;

    /// Serves a stream. `work` runs on the loop and returns what feeds the stream; it is dropped
    /// there when the stream is over.
    template <typename Message>
    grpc::ServerWriteReactor<Message>* stream(
        std::string_view method,
        grpc::CallbackServerContext* context,
        std::function<Subscription(const Writer<Message>&)> work) {
        using Stream = services::StreamWriter<Message>;
        if (const Status allowed = gate_.enter(method); !allowed.ok()) {
            auto writer = Stream::make(context, counters_, loop_, [] {});
            writer->end(allowed);
            return writer.get();
        }
        auto feed = std::make_shared<Subscription>();
        auto writer = Stream::make(context, counters_, loop_, [this, feed] {
            gate_.leave();
            loop_.post([feed] { feed->cancel(); });
        });
        loop_.post([writer, feed, work = std::move(work)] {
            if (!writer->ended()) {
                writer->open();
                *feed = work(writer);
            }
        });
        return writer.get();
    }

private:
    class UnaryReactor final : public grpc::ServerUnaryReactor {
    public:
        explicit UnaryReactor(CallGate& gate) : gate_(gate) {}
        void refuse(const Status& status) {
            entered_ = false;
            Finish(services::answerToGrpc(status));
        }
        void OnDone() override {
            if (entered_) {
                gate_.leave();
            }
            delete this;
        }

    private:
        CallGate& gate_;
        bool entered_ = true;
    };

    template <typename Response>
    class Answer {
    public:
        Answer(grpc::ServerUnaryReactor* reactor, Response* response)
            : reactor_(reactor), response_(response) {}
        Answer(const Answer&) = delete;
        Answer& operator=(const Answer&) = delete;
        ~Answer() { give(cancelled("the daemon is stopping")); }

        void give(StatusOr<Response> value) {
            if (given_.exchange(true)) {
                return;
            }
            const Status status = value.status();
            if (status.ok()) {
                *response_ = *std::move(value);
            }
            reactor_->Finish(services::answerToGrpc(status));
        }

    private:
        grpc::ServerUnaryReactor* reactor_;
        Response* response_;
        std::atomic<bool> given_{false};
    };

    /// Calls that change something leave a line with who, what and the result.
    void audit(std::string_view method, const Status& status) const {
        if (changesSomething(method)) {
            base::logger("audit").info(
                R"(local call user="{}" method={} result="{}")",
                user_,
                method,
                status.ok() ? "ok" : base::quoted(messageOf(status)));
        }
    }

    base::Loop& loop_;
    const std::string user_;
    CallGate gate_;
    services::MethodCounters counters_;
};

/// A status as the answer of a call whose response is empty.
template <typename Response>
StatusCallback emptyAnswer(Callback<Response> done) {
    return [done = std::move(done)](const Status& status) {
        if (status.ok()) {
            done(Response());
        } else {
            done(status);
        }
    };
}

}  // namespace weft::daemon
