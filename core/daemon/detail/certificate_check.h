// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include "weft/local/v1/local.pb.h"

#include <cstdint>
#include <optional>

namespace weft::daemon {

/// Where a node has its certificate from, and so who renews it.
enum class CertificateSource : std::uint8_t {
    Itself,  ///< it keeps the mesh's authority
    Mesh,    ///< a member that gives out certificates
    Files,   ///< whoever runs the node: the settings name it
};

/// Adds the line of the checklist, and a problem when the certificate is about to end; that makes a
/// connected state degraded.
void addCertificateCheck(
    weft::local::v1::Connection& state,
    const std::optional<WallTime>& certificateEnd,
    CertificateSource source,
    WallTime now);

}  // namespace weft::daemon
