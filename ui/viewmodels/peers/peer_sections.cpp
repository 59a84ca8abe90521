// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_sections.h"

#include "ui/viewmodels/peers/peer_cells.h"
#include "ui/viewmodels/peers/peer_words.h"

#include <QCoreApplication>

#include <tuple>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class Sections {
    Q_DECLARE_TR_FUNCTIONS(Sections)
};

/// What has no word comes last.
SectionKey named(const QString& name, const QString& otherwise) {
    return name.isEmpty() ? SectionKey{1, {}, otherwise} : SectionKey{0, name.toCaseFolded(), name};
}

}  // namespace

bool operator<(const SectionKey& left, const SectionKey& right) {
    return std::tie(left.rank, left.order, left.title)
           < std::tie(right.rank, right.order, right.title);
}

SectionKey sectionOf(
    const PeerRow& row, PeerGrouping grouping, const PeerPolicy& policy, WallTime now) {
    switch (grouping) {
    case PeerGrouping::State:
        return {row.peer.isSelf ? -1 : stateRank(row), {}, peerStateText(row.peer, now)};
    case PeerGrouping::Zone:
        return named(row.zone, Sections::tr("No zone"));
    case PeerGrouping::Group:
        return named(policy.groupsOf(row.peer.id), Sections::tr("In no group"));
    case PeerGrouping::None:
        break;
    }
    return {};
}

}  // namespace weft::viewmodels
