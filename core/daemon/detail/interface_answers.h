// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/detail/mesh_tunnel.h"
#include "core/services/node/interface_source.h"

#include <memory>

namespace weft::daemon {

/// What the node's server tells members of the tunnel.
/// Thread: confined to the connection's loop.
class InterfaceAnswers final : public services::InterfaceSource {
public:
    /// `tunnel` outlives this; nullptr in it: there is none.
    explicit InterfaceAnswers(const std::unique_ptr<MeshTunnel>& tunnel) : tunnel_(tunnel) {}

    void read(Callback<::v1::InterfaceMetrics> done) override;

private:
    const std::unique_ptr<MeshTunnel>& tunnel_;
};

}  // namespace weft::daemon
