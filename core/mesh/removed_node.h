// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/node_key.h"
#include "core/storage/registry/records.h"

#include <cstddef>
#include <optional>
#include <string>

namespace weft::mesh {

/// Removed nodes that are kept; one more must wait until some are readmitted.
inline constexpr std::size_t kMaxRemovedNodes = 10'000;
inline constexpr std::size_t kMaxRemovalReasonBytes = 256;

/// A node that an administrator expelled: neither its id nor its key may come back until it is
/// readmitted.
struct RemovedNode {
    storage::NodeId id;
    std::optional<crypto::PublicKey> key;
    /// SHA-256 of the certificate that the mesh gave it last, lower-case hex; empty: not known.
    std::string certificateFingerprint;
    std::string removedBy;
    WallTime removedAt;
    std::string reason;

    friend bool operator==(const RemovedNode&, const RemovedNode&) = default;
};

}  // namespace weft::mesh
