// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/mesh/host.h"
#include "core/services/server/admission.h"
#include "core/services/server/call_budget.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/call_end.h"
#include "core/services/server/stream_writer.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

namespace weft::services {

struct DispatcherOptions {
    mesh::Authentication authentication = mesh::Authentication::Required;
    CallLimits limits;
    std::span<const MethodRow> rows = methodRows();
    /// Closes the connection from this address: it begins calls without end.
    std::function<void(const net::Endpoint&)> cut;
};

/// The way of every call of the mesh-facing server: who calls is read from the channel, the
/// authorisation table is asked, and the work runs on the node loop with the caller in hand.
/// Thread: the call functions any; outlives the server. Destroyed on the loop, or after the loop
/// has run what was posted to it: work that is still in the loop's queue is dropped then.
class Dispatcher {
public:
    Dispatcher(DispatcherOptions options, base::Loop& loop, mesh::Host& host);

    /// Work on the loop; it finishes `end` sooner or later.
    using UnaryWork = std::function<void(const mesh::Caller&, const CallEndPtr& end)>;
    template <typename Message>
    using StreamWork =
        std::function<void(const mesh::Caller&, const std::shared_ptr<StreamWriter<Message>>&)>;

    grpc::ServerUnaryReactor* unary(
        grpc::CallbackServerContext* context, std::string_view method, UnaryWork work);

    /// `released` runs once, anywhere, when the stream is over.
    template <typename Message>
    grpc::ServerWriteReactor<Message>* stream(
        grpc::CallbackServerContext* context,
        std::string_view method,
        StreamWork<Message> work,
        std::function<void()> released = [] {});

    /// The end of every method that is not built, and of those that nobody knows.
    grpc::ServerGenericBidiReactor* unbuilt(grpc::GenericCallbackServerContext* context);

    /// What is known of a call at once. Also for reactors that this class does not make; they go on
    /// with `admitOnLoop`.
    StatusOr<mesh::Caller> admit(const grpc::ServerContextBase& context, const MethodRow* row);
    Status admitOnLoop(const MethodRow& row, const mesh::Caller& caller) const {
        return admitMember(row, caller, options_.authentication, host_);
    }
    const MethodRow* rowOf(std::string_view method) const {
        return findMethod(options_.rows, method);
    }

    /// Whether the mesh asks nobody who they are.
    bool isOpen() const { return options_.authentication == mesh::Authentication::None; }
    /// Calls that the connection from `remote` began, of which its last ones at least.
    std::uint64_t callsOf(const net::Endpoint& remote) WEFT_EXCLUDES(mutex_);
    const CallCounters& counters() const { return counters_; }
    base::Loop& loop() { return loop_; }

    /// False when the caller holds its share of streams already.
    bool takeStream(const std::string& caller) WEFT_EXCLUDES(mutex_);
    void releaseStream(const std::string& caller) WEFT_EXCLUDES(mutex_);
    /// What streams are counted by: the identity, else the source address.
    static std::string shareOf(const mesh::Caller& caller);

private:
    Status spendBudget(const std::string& peer) WEFT_EXCLUDES(mutex_);
    void noteForgedHeader(const mesh::Caller& caller);

    const DispatcherOptions options_;
    const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
    base::Loop& loop_;
    mesh::Host& host_;
    const CallCounters counters_;
    std::atomic<std::uint64_t> forgedHeaders_{0};
    base::Mutex mutex_;
    CallBudget budget_ WEFT_GUARDED_BY(mutex_);
    std::unordered_map<std::string, std::size_t> streams_ WEFT_GUARDED_BY(mutex_);
};

template <typename Message>
grpc::ServerWriteReactor<Message>* Dispatcher::stream(
    grpc::CallbackServerContext* context,
    std::string_view method,
    StreamWork<Message> work,
    std::function<void()> released) {
    const MethodRow* row = rowOf(method);
    auto caller = admit(*context, row);
    if (!caller.ok()) {
        auto writer = StreamWriter<Message>::make(context, counters_.of(row), loop_, [] {});
        writer->end(caller.status());
        return writer.get();
    }
    const std::string share = shareOf(*caller);
    const bool allowed = takeStream(share);
    auto writer = StreamWriter<Message>::make(
        context, counters_.of(row), loop_, [this, share, allowed, released = std::move(released)] {
            if (allowed) {
                releaseStream(share);
            }
            released();
        });
    if (!allowed) {
        writer->end(resourceExhausted("too many open streams"));
        return writer.get();
    }
    loop_.post([this,
                alive = std::weak_ptr<const bool>(alive_),
                row,
                caller = *std::move(caller),
                writer,
                work = std::move(work)] {
        if (alive.expired()) {
            return;
        }
        if (const Status status = admitOnLoop(*row, caller); !status.ok()) {
            writer->end(status);
        } else if (!writer->ended()) {
            work(caller, writer);
        }
    });
    return writer.get();
}

}  // namespace weft::services
