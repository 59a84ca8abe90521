// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers/peer_columns.h"
#include "ui/viewmodels/peers/peer_row.h"

#include <QString>

namespace weft::viewmodels {

/// What stands in a column of the list, for reading.
QString peerCell(const PeerRow& row, PeerColumns::Column column, WallTime now);

/// Which of two members comes first by a column: below 0 the left one. 0 where the column says the
/// same of both.
int comparePeers(const PeerRow& left, const PeerRow& right, PeerColumns::Column column);

/// Who answers first, then who did, then who may.
int stateRank(const PeerRow& row);

}  // namespace weft::viewmodels
