// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/client_calls.h"

#include "core/services/link/tls_probe.h"

#include <absl/strings/cord.h>

namespace weft::services {

namespace {

constexpr std::chrono::seconds kProbeLimit{3};
constexpr const char* kNeverSent = "weft/never-sent";

// The library has one code and one text for everything that goes wrong on the way to a server.
bool neverConnected(const Status& status) {
    return status.code() == StatusCode::kUnavailable
           && messageOf(status).find("failed to connect") != std::string::npos;
}

}  // namespace

bool neverSent(const Status& status) {
    return status.GetPayload(kNeverSent).has_value();
}

ClientCalls::ClientCalls(
    base::Loop& loop, net::HostPort address, LinkOptions options, ProbeWorker& probes)
    : state_(std::make_shared<State>(loop, std::move(address), std::move(options), probes)) {}

ClientCalls::~ClientCalls() {
    state_->closed = true;
    for (const auto& [context, cancel] : state_->open) {
        cancel();
    }
    const base::MutexLock lock(state_->mutex);
    while (state_->inLibrary > 0) {
        state_->idle.wait(state_->mutex);
    }
}

void ClientCalls::State::enter() {
    const base::MutexLock lock(mutex);
    ++inLibrary;
}

void ClientCalls::State::leave() {
    const base::MutexLock lock(mutex);
    --inLibrary;
    idle.notifyAll();
}

void ClientCalls::State::explain(
    const std::shared_ptr<State>& state, const Status& status, StatusCallback done) {
    if (state->closed) {
        done(cancelled("the link was closed"));
        return;
    }
    if (!neverConnected(status)) {
        done(status);
        return;
    }
    state->probes.run([state,
                       status,
                       done = std::move(done),
                       &loop = state->loop,
                       stop = state->probes.stopping()] {
        Status reason = diagnose(state->address, state->options, {kProbeLimit, stop});
        if (reason.ok()) {
            reason = status;
        }
        reason.SetPayload(kNeverSent, absl::Cord());
        loop.post([state, done, reason = std::move(reason)] {
            done(state->closed ? cancelled("the link was closed") : reason);
        });
    });
}

}  // namespace weft::services
