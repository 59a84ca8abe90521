// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/mesh_connection.h"

#include <map>
#include <memory>
#include <string>

namespace weft::daemon {

class MetricsBoard;

/// Connections over the network and the disk. Outlives what it makes.
class RealConnections final : public ConnectionFactory {
public:
    /// `work` runs enrolments, which block on the disk.
    /// Without `tunnels` the meshes have none. They outlive the connections.
    RealConnections(base::Loop& work, TunnelFactory* tunnels);
    ~RealConnections() override;

    std::unique_ptr<MeshConnection> make(ConnectionSpec spec, ConnectionEvents events) override;
    void enrol(
        JoinByCode request,
        std::function<void(int, std::string)> step,
        Callback<Enrolled> done) override;
    /// Ends enrolments that run. On `work`.
    void cancelEnrolments();

private:
    class Enrolling;

    base::Loop& work_;
    TunnelFactory* const tunnels_;
    const std::unique_ptr<MetricsBoard> metrics_;
    // On `work`.
    std::map<std::string, std::unique_ptr<Enrolling>> enrolling_;
};

}  // namespace weft::daemon
