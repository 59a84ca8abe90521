// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy_object.h"

#include <cstddef>

namespace weft::mesh::changes {

/// What a write takes of routes and edges; the other kinds have policy/validate.h.
inline constexpr std::size_t kMaxRouteDestinations = 256;
inline constexpr std::size_t kMaxEdgeAttributes = 64;
inline constexpr std::size_t kMaxEdgeTextBytes = 512;

/// The contents rules for what is written, as far as they look at the object alone: a write may
/// still be refused for what else the mesh holds. Errors: kInvalidArgument, naming the field.
Status validate(const PolicyObject& object);

/// A valid object in the form in which it is stored.
PolicyObject normalised(PolicyObject object);

}  // namespace weft::mesh::changes
