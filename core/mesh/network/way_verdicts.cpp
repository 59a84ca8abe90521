// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/way_verdicts.h"

namespace weft::mesh::network {

void WayVerdicts::begin(NodeNumber root, std::size_t places) {
    known_.resize(places);
    known_.front() = {.node = root};
}

WayVerdict WayVerdicts::next(NodeNumber node, std::size_t place, std::size_t before) {
    const auto root = known_.front().node;
    Between between{.node = node};
    bool seesAll = true;
    if (before != 0) {
        const auto& last = known_[before];
        const bool lastIsSeen = mutual(root, last.node);
        between.lastClosed = isClosed_[last.node] != 0 ? before : last.lastClosed;
        seesAll = seesClosed(between);
        between.isSeen = last.isSeen && lastIsSeen;
        between.isClique = last.isClique && lastIsSeen && seesAll;
    }
    known_[place] = between;
    if (!mutual(root, node)) {
        return WayVerdict::Denied;
    }
    if (between.isClique) {
        return WayVerdict::Plain;
    }
    return between.isSeen && seesAll ? WayVerdict::Withheld : WayVerdict::Open;
}

/// Whether a node and the closed ones between it and the root may reach each other.
bool WayVerdicts::seesClosed(const Between& between) {
    for (auto at = between.lastClosed; at != kNoPlace; at = known_[at].lastClosed) {
        if (!mutual(between.node, known_[at].node)) {
            return false;
        }
    }
    return true;
}

}  // namespace weft::mesh::network
