// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/propagation.h"

#include "weft/mesh/v1/propagation.pb.h"

namespace weft::control {

/// States that came later are Unknown. Thread: any.
api::Propagation fromProto(const weft::mesh::v1::ChangePropagation& message);

}  // namespace weft::control
