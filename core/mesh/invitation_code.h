// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh {

/// What one short code carries. Text form: "weft1-" and URL-safe base64 of a compact binary form
/// with a 4-byte SHA-256 checksum at its end, so that a mistyped code is told from a forged one.
/// The secret is at least 16 bytes; the fingerprint is SHA-256 of the authority's DER.
struct InvitationCode {
    std::string invitationId;
    std::string secret;
    /// 32 raw bytes.
    std::string authorityFingerprint;
    WallTime expiresAt;
    /// host:port, at most 4.
    std::vector<std::string> addresses;

    /// White space and line breaks inside, and a leading "weft:" or "weft://", are forgiven.
    /// Errors: kInvalidArgument: "this is not an invitation code", "... is incomplete", "... was
    /// made by a newer version".
    static StatusOr<InvitationCode> parse(std::string_view text);
    std::string toString() const;
};

}  // namespace weft::mesh
