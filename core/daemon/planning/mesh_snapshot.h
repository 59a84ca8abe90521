// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/review.h"
#include "core/storage/registry/registry.h"

#include <memory>

namespace weft::daemon {

/// A mesh at one moment as one of its nodes has it, to be looked at on any thread.
struct MeshSnapshot {
    std::shared_ptr<const storage::Registry> registry;
    /// This node as the mesh's servers see it.
    mesh::changes::Editor editor;
};

}  // namespace weft::daemon
