// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/change_control.h"
#include "core/mesh/host.h"

#include <functional>
#include <memory>

namespace weft::daemon {

/// The parts of a mesh that a founder keeps. They live as long as who is handed them.
struct OpenMesh {
    base::Loop& loop;
    mesh::Host& host;
    mesh::ChangeControl& changes;
};

/// Somebody who lives with a founder's mesh: from when it is open until it closes, such as the
/// nodes of a sandbox. Thread: confined to the connection's loop.
class MeshCompanion {
public:
    MeshCompanion() = default;
    MeshCompanion(const MeshCompanion&) = delete;
    MeshCompanion& operator=(const MeshCompanion&) = delete;
    virtual ~MeshCompanion() = default;
};

using MakeCompanion = std::function<std::unique_ptr<MeshCompanion>(const OpenMesh&)>;

}  // namespace weft::daemon
