// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers/peer_row.h"

#include <QByteArray>

#include <vector>

namespace weft::viewmodels {

/// One value of a table for other programs (RFC 4180): quoted, on one line, and never a formula. A
/// text that a table program would compute begins with an apostrophe.
QByteArray csvField(const QString& text);

/// A head and a line for each member, UTF-8. Times are in UTC (ISO 8601), volumes in bytes.
QByteArray peerCsv(const std::vector<const PeerRow*>& rows, WallTime now);

}  // namespace weft::viewmodels
