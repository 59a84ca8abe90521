// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/propagation.h"

namespace weft::mesh::v1 {
class ChangePropagation;
class EffectReport;
}  // namespace weft::mesh::v1

namespace weft::services {

/// Taken as it comes: whose report it may be is the mesh's business.
mesh::EffectReport reportOf(const mesh::v1::EffectReport& message);
void toProto(const mesh::EffectReport& report, mesh::v1::EffectReport* message);

/// Lenient: states that are not known are Unknown, and nodes past kMaxPropagationNodes are left
/// out.
mesh::ChangePropagation propagationOf(const mesh::v1::ChangePropagation& message);
void toProto(const mesh::ChangePropagation& propagation, mesh::v1::ChangePropagation* message);

}  // namespace weft::services
