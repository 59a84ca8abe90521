// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/member.h"

#include <string_view>

namespace weft::mesh::detail {

/// For the log.
std::string_view nameOf(MemberPhase phase);

/// The server was joined before as a member of another mesh.
Status anotherMesh(std::string_view server);

}  // namespace weft::mesh::detail
