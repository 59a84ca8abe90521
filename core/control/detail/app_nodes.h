// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::control::detail {

/// Where a mesh keeps the records of its nodes.
inline constexpr std::string_view kNodeRecords = "/registry/nodes";

/// The members of a mesh by their records, of which one is this node's own. A record that does not
/// read is that of a member of whom only the id is known. Pure.
std::vector<api::Peer> nodesOf(const std::vector<api::KeyValue>& records, const std::string& self);

}  // namespace weft::control::detail
