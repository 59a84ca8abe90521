// SPDX-License-Identifier: Apache-2.0
// Connect, Disconnect and Status of v1.AppDaemon, on the default profile of ConnectionTable.
#include "core/config/load.h"
#include "core/daemon/app_overrides.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/detail/connection_entry.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// The answer of a connection that stands. The addresses are the node's own, as the API says;
/// other implementations give those of the networks.
::v1::ConnectResponse responseOf(const local::Connection& state) {
    ::v1::ConnectResponse response;
    response.set_node_id(state.node_id());
    response.set_mesh_domain(state.mesh_domain());
    response.set_ipv4(state.address_ipv4());
    response.set_ipv6(state.address_ipv6());
    return response;
}

Status failureOf(const local::Connection& state) {
    if (!state.has_failure()) {
        return cancelled("the connection was stopped");
    }
    return internalError("could not connect: {}", state.failure().text());
}

}  // namespace

StatusOr<ConnectionTable::Entry*> ConnectionTable::entryToConnect(
    const ::v1::ConnectRequest& request, api::Grade grade) {
    Entry* entry = find(defaultId());
    if (entry != nullptr && (entry->pending || !entry->isOff() || !entry->waiting.empty())) {
        return failedPrecondition("already connected");
    }
    if (!request.join_psk().empty()) {
        return unimplemented("finding a mesh by a shared secret is not built yet");
    }
    WEFT_ASSIGN_OR_RETURN(const auto overrides, overridesOf(request.config()));
    if (entry != nullptr && !entry->configured && overrides.empty()) {
        return entry;
    }
    WEFT_ASSIGN_OR_RETURN(
        auto merged,
        config::merge(
            options_.base,
            overrides,
            grade == api::Grade::Administer ? config::Grade::Administer : config::Grade::Operate));
    if (request.disable_bootstrap()) {
        merged.bootstrap.enabled = false;
    }
    if (!merged.hasMeshSource()) {
        return invalidArgument("no mesh configured: give mesh.join-address, or bootstrap.enabled");
    }
    StoredProfile stored;
    stored.profile = profileOf(merged);
    if (stored.profile.node_id().empty()) {
        stored.profile.set_node_id(options_.defaultNodeId);
    }
    Entry* configured = find(std::string(kDefaultProfileId));
    entry = configured == nullptr ? &add(stored) : configured;
    entry->stored = std::move(stored);
    entry->configured = std::move(merged);
    return entry;
}

void ConnectionTable::appConnect(
    const ::v1::ConnectRequest& request, api::Grade grade, Callback<::v1::ConnectResponse> done) {
    if (stopping_) {
        done(cancelled("the daemon is stopping"));
        return;
    }
    const auto found = entryToConnect(request, grade);
    if (!found.ok()) {
        done(found.status());
        return;
    }
    Entry& entry = **found;
    entry.unattended = false;
    entry.waiting.push_back(std::move(done));
    const std::string id = entry.id();
    connect(entry, {}, [this, id](const Status& status) {
        Entry* started = find(id);
        if (started == nullptr) {
            return;
        }
        if (!status.ok()) {
            for (const auto& waiting : std::exchange(started->waiting, {})) {
                waiting(status);
            }
            return;
        }
        started->limit = loop_.after(
            options_.base.weft.connectTimeout,
            [this, id, generation = started->generation] { onConnectLimit(id, generation); });
    });
}

void ConnectionTable::onConnectLimit(const std::string& id, std::uint64_t generation) {
    Entry* entry = find(id);
    if (entry == nullptr || entry->generation != generation || entry->waiting.empty()) {
        return;
    }
    const auto& state = entry->state;
    const Status failure = internalError(
        "could not connect in time: {}",
        state.has_failure()        ? state.failure().text()
        : state.problems().empty() ? state.step().text()
                                   : state.problems(0).text());
    for (const auto& waiting : std::exchange(entry->waiting, {})) {
        waiting(failure);
    }
    if (entry->connection) {
        stop(*entry, options_.base.weft.shutdownTimeout, [](const Status&) {});
    }
}

void ConnectionTable::answerWaiting(Entry& entry) {
    if (entry.waiting.empty()) {
        return;
    }
    entry.limit.cancel();
    for (const auto& waiting : std::exchange(entry.waiting, {})) {
        if (entry.isUp()) {
            waiting(responseOf(entry.state));
        } else {
            waiting(failureOf(entry.state));
        }
    }
}

void ConnectionTable::appDisconnect(StatusCallback done) {
    Entry* entry = find(defaultId());
    if (entry == nullptr || !entry->connection || entry->isOff()) {
        done(failedPrecondition("not connected"));
        return;
    }
    stop(*entry, options_.base.weft.shutdownTimeout, std::move(done));
}

::v1::StatusResponse::ConnectionStatus ConnectionTable::appStatus() const {
    const Entry* entry = find(defaultId());
    if (entry == nullptr) {
        return ::v1::StatusResponse::DISCONNECTED;
    }
    if (entry->isUp()) {
        return ::v1::StatusResponse::CONNECTED;
    }
    return entry->state.state() == local::Connection::STATE_CONNECTING
               ? ::v1::StatusResponse::CONNECTING
               : ::v1::StatusResponse::DISCONNECTED;
}

}  // namespace weft::daemon
