// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/registry/records.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::services {

/// The text of an id inside the quotes of a DOT string: quotes and backslashes are escaped, and
/// what could break a line or a terminal becomes \xNN.
std::string dotEscape(std::string_view id);

/// Graphviz text of a mesh, as reference nodes write it: "strict graph {", one line for each edge
/// in both directions, one for each vertex.
std::string toDot(
    const std::vector<const storage::NodeRecord*>& nodes,
    const std::vector<const storage::EdgeRecord*>& edges);

}  // namespace weft::services
