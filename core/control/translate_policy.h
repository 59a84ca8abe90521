// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/audit.h"
#include "core/api/policy.h"

#include "weft/local/v1/administration.pb.h"

#include <optional>
#include <vector>

namespace weft::control {

// Between the messages of weft.local.v1.Administration and the plain structs of core/api. Unknown
// numbers of enumerations become Unknown. Thread: any.

/// nullopt for a message without an object, or with one of a kind that came later.
std::optional<api::StoredObject> fromProto(const weft::local::v1::StoredObject& message);
std::optional<api::PolicyObject> fromProto(const weft::mesh::v1::PolicyObject& message);
/// nullopt for a kind that came later.
std::optional<api::PolicyKind> fromProto(weft::mesh::v1::ObjectKind kind);
api::PolicyState fromProto(const weft::local::v1::PolicyState& message);
api::WriteReport fromProto(const weft::local::v1::WriteReport& message);
api::AccessAnswer fromProto(const weft::local::v1::AccessAnswer& message);
api::AccessExplanation fromProto(const weft::local::v1::AccessExplanation& message);
std::vector<api::RemovedNode> fromProto(const weft::mesh::v1::ListRemovedNodesResponse& message);
api::AuditEvent fromProto(const weft::mesh::v1::AuditEvent& message);

weft::mesh::v1::PolicyObject toProto(const api::PolicyObject& object);
weft::mesh::v1::ObjectKind toProto(api::PolicyKind kind);
weft::local::v1::CheckAccessRequest toProto(const api::AccessQuestion& question);
weft::mesh::v1::ListEventsRequest toProto(const api::AuditFilter& filter);

}  // namespace weft::control
