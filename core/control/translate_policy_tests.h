// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/kept_tests.h"
#include "core/api/types.h"

#include "weft/local/v1/local.pb.h"
#include "weft/mesh/v1/changes.pb.h"

#include <cstdint>
#include <vector>

namespace weft::control {

// Between the messages about tests that are kept with a mesh and the plain structs of core/api.
// Thread: any.

api::KeptPolicyTests fromProto(const weft::mesh::v1::KeptPolicyTests& message);
api::PolicyTestFigures fromProto(const weft::local::v1::PolicyTestFigures& message);

weft::mesh::v1::PolicyTests toProto(const std::vector<api::PolicyTest>& tests);
weft::mesh::v1::PutPolicyTestsRequest toProto(
    const std::vector<api::PolicyTest>& tests, std::uint64_t base);

}  // namespace weft::control
