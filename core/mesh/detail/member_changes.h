// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"

namespace weft::mesh::detail {

/// Takes over into `join` what `update` sets.
void merge(const UpdateParams& update, JoinParams& join);

/// Whether an Update from `left` to `right` would say nothing.
bool describesSame(const JoinParams& left, const JoinParams& right);

/// What turns a node that was described by `sent` into one that is described by `wanted`.
UpdateParams updateBetween(const JoinParams& sent, const JoinParams& wanted);

}  // namespace weft::mesh::detail
