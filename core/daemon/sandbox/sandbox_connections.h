// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/mesh_connection.h"
#include "core/daemon/sandbox/world.h"

#include <functional>
#include <memory>
#include <string>

namespace weft::daemon::sandbox {

/// The id of the one profile of a sandbox's daemon.
inline constexpr const char* kProfileId = "sandbox";

/// Makes the connection of the sandbox's own profile: a founder as every other, on a store in
/// memory, without a server for others, with simulated nodes. Refuses every other one, so that a
/// sandbox reaches no network. Outlives what it makes.
class SandboxConnections final : public ConnectionFactory {
public:
    /// Told on the connection's loop, each time that the mesh is opened.
    struct Told {
        /// It was filled, or was not.
        StatusCallback settled;
        /// Who looks at the state sees it up, with peers that answer.
        std::function<void()> isUp;
    };

    SandboxConnections(TunnelFactory& tunnels, std::shared_ptr<World> world, Told told)
        : tunnels_(tunnels), world_(std::move(world)), told_(std::move(told)) {}

    Status mayMake(
        const std::string& profileId, weft::local::v1::Profile::Kind kind) const override;
    std::unique_ptr<MeshConnection> make(ConnectionSpec spec, ConnectionEvents events) override;
    void enrol(
        JoinByCode request,
        std::function<void(int, std::string)> step,
        Callback<Enrolled> done) override;

private:
    TunnelFactory& tunnels_;
    const std::shared_ptr<World> world_;
    const Told told_;
};

}  // namespace weft::daemon::sandbox
