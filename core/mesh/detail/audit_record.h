// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/audit.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// One line of the log, without its end: protojson of weft.mesh.v1.AuditEvent.
std::string encodeAuditEvent(const AuditEvent& event);
/// Errors: kDataLoss.
StatusOr<AuditEvent> decodeAuditEvent(std::string_view line);

/// At most `most` bytes, cut between two code points, and escaped where it is not UTF-8.
void capText(std::string& text, std::size_t most);
/// The texts within their limits, and as UTF-8.
void capTexts(AuditEvent& event);

/// The events of a log's bytes that match, newest first, up to `limit` with those that are in
/// `found` already. Lines that do not read are passed over: the last one may be cut short.
void collectEvents(
    std::string_view bytes,
    const AuditFilter& filter,
    std::size_t limit,
    std::vector<AuditEvent>& found);

}  // namespace weft::mesh::detail
