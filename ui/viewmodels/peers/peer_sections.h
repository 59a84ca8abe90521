// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers/peer_facets.h"
#include "ui/viewmodels/peers/peer_row.h"

#include <QString>

#include <cstdint>

namespace weft::viewmodels {

enum class PeerGrouping { None, State, Zone, Group };

/// Where a member stands in a list with headings. They come in this order.
struct SectionKey {
    int rank = 0;
    /// Folded, to be sorted by.
    QString order;
    QString title;

    friend bool operator<(const SectionKey& left, const SectionKey& right);
    friend bool operator==(const SectionKey&, const SectionKey&) = default;
};

SectionKey sectionOf(
    const PeerRow& row, PeerGrouping grouping, const PeerPolicy& policy, WallTime now);

}  // namespace weft::viewmodels
