// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"

#include "weft/local/v1/changes.pb.h"

#include <optional>
#include <vector>

namespace weft::control {

// Between the messages of weft.local.v1.Changes and the plain structs of core/api. Objects of a
// kind that came later are left out. Thread: any.

/// nullopt for an object of a kind that came later.
std::optional<api::ObjectRef> fromProto(const weft::mesh::v1::ObjectName& message);
std::optional<api::PolicyEdit> fromProto(const weft::mesh::v1::ObjectEdit& message);
api::AppliedChange fromProto(const weft::mesh::v1::AppliedChange& message);
std::vector<api::Change> fromProto(const weft::local::v1::LocalListChangesResponse& message);

weft::mesh::v1::ObjectName toProto(const api::ObjectRef& ref);
weft::mesh::v1::ObjectEdit toProto(const api::PolicyEdit& edit);
weft::mesh::v1::ApplyChangesRequest toProto(const api::ChangeWish& wish);
weft::mesh::v1::RevertChangeRequest toProto(const api::RevertWish& wish);

}  // namespace weft::control
