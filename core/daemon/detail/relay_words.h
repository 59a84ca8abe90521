// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/direct_ways.h"

#include "weft/local/v1/network.pb.h"

#include <string_view>

namespace weft::daemon {

/// Why packets to a node go over others.
struct RelayWords {
    /// The same as `explain path` numbers it.
    weft::local::v1::PathReason reason;
    /// What came of looking for a direct way: no capital at its start, no full stop at its end.
    std::string_view text;
    /// What to change, in sentences; empty: nothing but waiting helps.
    std::string_view remedy;
};

/// The words for each reason, wherever it is told.
RelayWords relayWords(mesh::RelayReason reason);

}  // namespace weft::daemon
