// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/link/client_calls.h"

#include <grpcpp/support/client_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace weft::services {

/// The client's end of a stream of messages. One message at a time goes to the loop, and the next
/// is read when that one was handled, so that a fast server fills the transport's window and not
/// our memory. Keeps itself alive until the library is done with it. Thread: confined to the loop,
/// but for what the library calls.
template <typename Request, typename Message>
class StreamReader final : public grpc::ClientReadReactor<Message>,
                           public std::enable_shared_from_this<StreamReader<Request, Message>> {
public:
    struct Handlers {
        /// The server has taken the stream up. Not every server tells.
        std::function<void()> opened;
        std::function<void(const Message&)> received;
        StatusCallback ended;
    };
    using Begin = std::function<void(
        grpc::ClientContext*, const Request*, grpc::ClientReadReactor<Message>*)>;

    static std::shared_ptr<StreamReader> start(
        const std::shared_ptr<ClientCalls::State>& state,
        Request request,
        const Begin& begin,
        Handlers handlers) {
        std::shared_ptr<StreamReader> reader(
            new StreamReader(state, std::move(request), std::move(handlers)));
        reader->self_ = reader;
        state->open.emplace(&reader->context_, [raw = reader.get()] { raw->letGo(); });
        state->enter();
        begin(&reader->context_, &reader->request_, reader.get());
        // Reads are begun outside the library's reactions, so the call must be held open.
        reader->AddHold();
        reader->StartRead(&reader->message_);
        reader->StartCall();
        return reader;
    }

    /// No handler runs after this.
    void drop() {
        dropped_ = true;
        handlers_ = nullptr;
        letGo();
    }

    grpc::ClientContext& context() { return context_; }

    void OnReadInitialMetadataDone(bool ok) override {
        if (!ok) {
            return;
        }
        state_->loop.post([self = this->shared_from_this()] {
            if (!self->dropped_ && self->handlers_->opened) {
                self->handlers_->opened();
            }
        });
    }

    void OnReadDone(bool ok) override {
        if (!ok) {
            releaseHold();
            return;
        }
        auto turn = std::make_shared<Turn>(this->shared_from_this());
        state_->loop.post([turn] { turn->run(); });
    }

    void OnDone(const grpc::Status& status) override {
        auto self = std::exchange(self_, nullptr);
        state_->loop.post([self, result = fromGrpc(status)] { self->finish(result); });
        // The last use of the loop from a thread of the library.
        self->state_->leave();
    }

private:
    /// One message on its way through the loop. When the loop drops it, the call is let go.
    struct Turn {
        explicit Turn(std::shared_ptr<StreamReader> owner) : reader(std::move(owner)) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            if (!goesOn) {
                reader->releaseHold();
            }
        }
        void run() {
            if (reader->dropped_ || reader->letGo_) {
                return;
            }
            // A handler may drop the stream, and its own handlers with it.
            const auto handlers = reader->handlers_;
            handlers->received(reader->message_);
            if (!reader->dropped_ && !reader->letGo_) {
                goesOn = true;
                reader->StartRead(&reader->message_);
            }
        }
        std::shared_ptr<StreamReader> reader;
        bool goesOn = false;
    };

    StreamReader(std::shared_ptr<ClientCalls::State> state, Request request, Handlers handlers)
        : state_(std::move(state))
        , request_(std::move(request))
        , handlers_(std::make_shared<Handlers>(std::move(handlers))) {}

    // Cancels. The hold must not wait for a message that waits for the loop: the loop may be the
    // one that waits for the end of this call.
    void letGo() {
        letGo_ = true;
        if (state_->open.contains(&context_)) {
            context_.TryCancel();
        }
        releaseHold();
    }

    void releaseHold() {
        if (!released_.exchange(true)) {
            this->RemoveHold();
        }
    }

    void finish(const Status& result) {
        state_->open.erase(&context_);
        if (dropped_) {
            return;
        }
        dropped_ = true;
        const auto handlers = std::exchange(handlers_, nullptr);
        ClientCalls::State::explain(state_, result, std::move(handlers->ended));
    }

    const std::shared_ptr<ClientCalls::State> state_;
    std::shared_ptr<StreamReader> self_;
    grpc::ClientContext context_;
    const Request request_;
    Message message_;
    // Shared with the message that is being handled.
    std::shared_ptr<Handlers> handlers_;
    // On the loop.
    bool dropped_ = false;
    bool letGo_ = false;
    std::atomic<bool> released_{false};
};

}  // namespace weft::services
