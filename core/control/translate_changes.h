// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"

#include "weft/local/v1/changes.pb.h"

#include <vector>

namespace weft::control {

// Between the messages of weft.local.v1.Changes and the plain structs of core/api. Objects of a
// kind that came later are left out. Thread: any.

api::AppliedChange fromProto(const weft::mesh::v1::AppliedChange& message);
std::vector<api::Change> fromProto(const weft::local::v1::LocalListChangesResponse& message);

weft::mesh::v1::ApplyChangesRequest toProto(const api::ChangeWish& wish);
weft::mesh::v1::RevertChangeRequest toProto(const api::RevertWish& wish);

}  // namespace weft::control
