// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/services/server/admission.h"
#include "core/services/server/call_budget.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/call_end.h"
#include "core/services/server/identity.h"
#include "core/services/server/open_streams.h"
#include "core/services/server/stream_writer.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

namespace weft::services {

class Logins;

struct DispatcherOptions {
    mesh::Authentication authentication = mesh::Authentication::Required;
    CallLimits limits;
    std::span<const MethodRow> rows = methodRows();
    /// Closes the connection from this address: it begins calls without end.
    std::function<void(const net::Endpoint&)> cut;
    /// What is known of the connection from this address, when it came through the tunnel.
    std::function<std::optional<TunnelCall>(const net::Endpoint&)> tunnelCall;
    /// Checks passwords; nullptr: nobody does. Outlives the server's calls.
    Logins* logins = nullptr;
};

/// The way of every call of the mesh-facing server: who calls is read from the channel, the
/// authorisation table is asked, and the work runs on the node loop with the caller in hand.
/// Thread: the call functions any; outlives the server. Destroyed on the loop, or after the loop
/// has run what was posted to it: work that is still in the loop's queue is dropped then.
class Dispatcher {
public:
    /// `standing` is asked on `loop`; it outlives this.
    Dispatcher(DispatcherOptions options, base::Loop& loop, const mesh::Standing& standing);

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

    /// Gets the caller on the loop, or why there is none, anywhere and perhaps at once. Dropped
    /// without a word when the loop is stopped before.
    using Admitted = std::function<void(const StatusOr<mesh::Caller>&)>;
    /// Decides who calls and whether they may: at once by the channel, on a thread of the logins by
    /// a password, on the loop by the mesh's state. Also for reactors that this class does not
    /// make.
    void admit(const grpc::ServerContextBase& context, const MethodRow* row, Admitted done);
    const MethodRow* rowOf(std::string_view method) const {
        return findMethod(options_.rows, method);
    }

    /// Whether the mesh asks nobody who they are.
    bool isOpen() const { return options_.authentication == mesh::Authentication::None; }
    /// Calls that the connection from `remote` began, of which its last ones at least.
    std::uint64_t callsOf(const net::Endpoint& remote) WEFT_EXCLUDES(mutex_);
    const CallCounters& counters() const { return counters_; }
    base::Loop& loop() { return loop_; }
    Duration handlerDeadline() const { return options_.limits.handlerDeadline; }

    /// One stream in its caller's share. Its end may come before its admission.
    struct StreamPlace {
        std::string share;
        bool over = false;
    };
    /// False when the caller holds its share of streams already, or the stream is over.
    bool takeStream(const std::string& caller, StreamPlace* place) WEFT_EXCLUDES(mutex_);
    void releaseStream(StreamPlace* place) WEFT_EXCLUDES(mutex_);
    /// What streams are counted by: the identity, else the source address.
    static std::string shareOf(const mesh::Caller& caller);

private:
    void admitOnLoop(const MethodRow& row, Claim claim, Admitted done);
    StatusOr<mesh::Caller> admitted(const MethodRow& row, const Claim& claim);
    void checkPassword(const MethodRow& row, Claim claim, Credentials credentials, Admitted done);
    Status spendBudget(const std::string& peer) WEFT_EXCLUDES(mutex_);
    /// `status`, with an entry in the audit log when it is a refusal. Any thread.
    Status noted(const MethodRow* row, const mesh::Caller& caller, const Status& status);
    void noteRefusedProxy(const mesh::Caller& caller);

    const DispatcherOptions options_;
    const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
    base::Loop& loop_;
    const mesh::Standing& standing_;
    OpenStreams openStreams_;
    const CallCounters counters_;
    std::atomic<std::uint64_t> refusedProxies_{0};
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
    auto place = std::make_shared<StreamPlace>();
    auto writer = StreamWriter<Message>::make(
        context, counters_.of(row), loop_, [this, place, released = std::move(released)] {
            releaseStream(place.get());
            released();
        });
    admit(
        *context,
        row,
        [this, place, writer, work = std::move(work)](const StatusOr<mesh::Caller>& caller) {
            if (!caller.ok()) {
                writer->end(caller.status());
            } else if (!takeStream(shareOf(*caller), place.get())) {
                writer->end(resourceExhausted("too many open streams"));
            } else if (!writer->ended()) {
                openStreams_.add(*caller, writer);
                work(*caller, writer);
            }
        });
    return writer.get();
}

}  // namespace weft::services
