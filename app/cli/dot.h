// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"

#include <string>
#include <string_view>

namespace weft::cli {

/// `text` as a quoted id of Graphviz: nothing in it can end the id, and backslashes mean
/// themselves.
std::string dotId(std::string_view text);

/// The graph for Graphviz, made here: the text that comes from the mesh is not trusted.
std::string toDot(const api::Graph& graph);

}  // namespace weft::cli
