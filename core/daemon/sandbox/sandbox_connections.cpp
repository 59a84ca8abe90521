// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/sandbox_connections.h"

#include "core/daemon/founder_connection.h"
#include "core/daemon/sandbox/residents.h"

#include <algorithm>
#include <utility>

namespace weft::daemon::sandbox {
namespace {

using Profile = weft::local::v1::Profile;

Status refusal() {
    return failedPrecondition(
        "this is a sandbox, which has one mesh and reaches no other: use weftd for those");
}

bool isUp(const weft::local::v1::Connection& state) {
    using CheckItem = weft::local::v1::CheckItem;
    const auto answers = [](const CheckItem& item) {
        return item.id() == "handshake" && item.state() == CheckItem::STATE_OK;
    };
    return state.state() == weft::local::v1::Connection::STATE_CONNECTED
           && std::ranges::any_of(state.checklist(), answers);
}

}  // namespace

Status SandboxConnections::mayMake(const std::string& profileId, Profile::Kind kind) const {
    return profileId == kProfileId && kind == Profile::KIND_FOUNDER ? okStatus() : refusal();
}

std::unique_ptr<MeshConnection> SandboxConnections::make(
    ConnectionSpec spec, ConnectionEvents events) {
    auto& options = spec.options;
    options.storage.provider = config::StorageProvider::Memory;
    options.storage.inMemory = true;
    // Nobody outside is served: not the mesh's calls, not its names, not its figures.
    options.services.api.disabled = true;
    options.services.meshdns.enabled = false;
    options.services.metrics.enabled = false;
    options.mesh.useMeshDns = false;
    options.wireguard.endpoints = {world_->plan().self().inside};
    ConnectionEvents followed;
    followed.peers = std::move(events.peers);
    followed.changed = [changed = std::move(events.changed),
                        told = told_.isUp](weft::local::v1::Connection state) {
        const bool isReady = isUp(state);
        changed(std::move(state));
        if (isReady) {
            told();
        }
    };
    return std::make_unique<FounderConnection>(
        std::move(spec),
        std::move(followed),
        &tunnels_,
        nullptr,
        [world = world_, settled = told_.settled](const OpenMesh& mesh) {
            return std::make_unique<Residents>(mesh, world, settled);
        });
}

void SandboxConnections::enrol(
    JoinByCode /*request*/,
    std::function<void(int, std::string)> /*step*/,
    Callback<Enrolled> done) {
    done(refusal());
}

}  // namespace weft::daemon::sandbox
