// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"
#include "core/services/link/probe_worker.h"
#include "core/services/server/grpc_status.h"

#include <grpcpp/client_context.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace weft::services {

/// Deadlines of calls to a member.
inline constexpr std::chrono::seconds kCallDeadline{10};
/// A join may wait for a commit behind others.
inline constexpr std::chrono::seconds kJoinDeadline{30};
/// Reading all of a mesh's state.
inline constexpr std::chrono::seconds kListingDeadline{60};

/// Whether a call failed before it was sent.
bool neverSent(const Status& status);

/// The calls of one client object that are under way. Destroying it cancels them, and returns when
/// the library is done with them, so that nothing of them reaches a loop that is gone; their
/// callbacks still run, with kCancelled.
/// Thread: confined to the loop.
class ClientCalls {
public:
    ClientCalls(base::Loop& loop, net::HostPort address, LinkOptions options, ProbeWorker& probes);
    ClientCalls(const ClientCalls&) = delete;
    ClientCalls& operator=(const ClientCalls&) = delete;
    ~ClientCalls();

    base::Loop& loop() { return state_->loop; }

    /// What the objects of the library and the posted ends share.
    struct State {
        State(base::Loop& home, net::HostPort to, LinkOptions how, ProbeWorker& worker)
            : loop(home), address(std::move(to)), options(std::move(how)), probes(worker) {}

        base::Loop& loop;
        const net::HostPort address;
        const LinkOptions options;
        ProbeWorker& probes;
        // On the loop.
        bool closed = false;
        /// What is under way, and how to cancel it.
        std::map<grpc::ClientContext*, std::function<void()>> open;
        base::Mutex mutex;
        base::ConditionVariable idle;
        std::size_t inLibrary WEFT_GUARDED_BY(mutex) = 0;

        void enter() WEFT_EXCLUDES(mutex);
        void leave() WEFT_EXCLUDES(mutex);
        /// The status as the caller gets it: cancelled when the client object is gone, and with a
        /// reason when no connection came about, which neverSent() tells. Calls `done` on the loop,
        /// now or later.
        static void explain(
            const std::shared_ptr<State>& state, const Status& status, StatusCallback done);
    };
    const std::shared_ptr<State>& state() const { return state_; }

    /// Begins one unary call. `begin(context, request, response, finished)` hands it to a stub;
    /// `done` gets the status and, when that is ok, the response.
    template <typename Request, typename Response, typename Begin>
    void unary(
        Duration deadline,
        Request request,
        Begin begin,
        std::function<void(const Status&, const Response&)> done,
        const std::function<void(grpc::ClientContext*)>& prepare = nullptr);

private:
    std::shared_ptr<State> state_;
};

template <typename Request, typename Response, typename Begin>
void ClientCalls::unary(
    Duration deadline,
    Request request,
    Begin begin,
    std::function<void(const Status&, const Response&)> done,
    const std::function<void(grpc::ClientContext*)>& prepare) {
    struct Call {
        grpc::ClientContext context;
        Request request;
        Response response;
    };
    auto call = std::make_shared<Call>();
    call->request = std::move(request);
    call->context.set_deadline(
        std::chrono::system_clock::now()
        + std::chrono::duration_cast<std::chrono::system_clock::duration>(deadline));
    if (prepare) {
        prepare(&call->context);
    }
    auto* context = &call->context;
    state_->open.emplace(context, [context] { context->TryCancel(); });
    state_->enter();
    begin(
        &call->context,
        &call->request,
        &call->response,
        [state = state_, call, done = std::move(done)](const grpc::Status& status) {
            state->loop.post([state, call, done, result = fromGrpc(status)] {
                state->open.erase(&call->context);
                State::explain(state, result, [call, done](const Status& explained) {
                    done(explained, call->response);
                });
            });
            state->leave();
        });
}

}  // namespace weft::services
