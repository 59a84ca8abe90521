// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers_proxy.h"

#include "ui/viewmodels/words.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

/// A search that is longer helps nobody and is compared with every member.
constexpr qsizetype kSearchCharacters = 200;

template <typename T>
int order(const T& left, const T& right) {
    if (left == right) {
        return 0;
    }
    return left < right ? -1 : 1;
}

/// Who answers first, then who did, then who may.
int stateRank(const PeersModel::Row& row) {
    constexpr int kLinked = 4;
    constexpr int kMember = 5;
    if (!row.peer.tunnel) {
        return row.peer.isNeighbour ? kLinked : kMember;
    }
    switch (row.freshness) {
    case api::Freshness::Fresh:
        return 0;
    case api::Freshness::Stale:
        return 1;
    case api::Freshness::Gone:
        return 2;
    case api::Freshness::Never:
        break;
    }
    return 3;
}

std::uint64_t volume(const api::Peer& peer) {
    return peer.tunnel ? peer.tunnel->receivedBytes + peer.tunnel->sentBytes : 0;
}

std::optional<WallTime> handshake(const api::Peer& peer) {
    return peer.tunnel ? peer.tunnel->lastHandshake : std::nullopt;
}

}  // namespace

PeersProxy::PeersProxy(PeersModel& peers, QObject* parent)
    : QSortFilterProxyModel(parent), peers_(peers) {
    collator_.setNumericMode(true);
    collator_.setCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(&peers);
    setDynamicSortFilter(true);
    // Always ascending for Qt: the direction is part of lessThan, so that this node stays on top.
    sort(0, Qt::AscendingOrder);
    connect(this, &QAbstractItemModel::rowsInserted, this, &PeersProxy::countChanged);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &PeersProxy::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &PeersProxy::countChanged);
    connect(&peers, &PeersModel::countChanged, this, &PeersProxy::countChanged);
    connect(&peers, &PeersModel::livenessChanged, this, [this] {
        if (shown_ == Shown::Silent || sortKey_ == SortKey::State) {
            invalidate();
        }
    });
}

void PeersProxy::setSearchText(const QString& text) {
    const QString wanted = text.left(kSearchCharacters);
    if (wanted == search_) {
        return;
    }
    search_ = wanted;
    words_ = wanted.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
    Q_EMIT filterChanged();
    Q_EMIT countChanged();
}

void PeersProxy::setShown(Shown shown) {
    if (shown == shown_) {
        return;
    }
    shown_ = shown;
    invalidateFilter();
    Q_EMIT filterChanged();
    Q_EMIT countChanged();
}

QString PeersProxy::countText() const {
    const int all = peers_.count();
    if (count() == all) {
        return memberCount(all);
    }
    return tr("%1 of %2").arg(count()).arg(memberCount(all));
}

void PeersProxy::sortBy(SortKey key) {
    ascending_ = key == sortKey_ ? !ascending_ : true;
    sortKey_ = key;
    invalidate();
    Q_EMIT orderChanged();
}

void PeersProxy::clearFilters() {
    setSearchText({});
    setShown(Shown::All);
}

int PeersProxy::rowOf(const QString& peerId) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (idAt(row) == peerId) {
            return row;
        }
    }
    return -1;
}

QString PeersProxy::idAt(int row) const {
    return index(row, 0).data(PeersModel::PeerIdRole).toString();
}

bool PeersProxy::filterAcceptsRow(int sourceRow, const QModelIndex& /*sourceParent*/) const {
    const PeersModel::Row& row = peers_.rowAt(sourceRow);
    return isShown(row) && std::ranges::all_of(words_, [&row](const QString& word) {
               return row.haystack.contains(word);
           });
}

bool PeersProxy::isShown(const PeersModel::Row& row) const {
    switch (shown_) {
    case Shown::Linked:
        return row.peer.isNeighbour || row.peer.isSelf;
    case Shown::Silent:
        return row.peer.tunnel && row.freshness != api::Freshness::Fresh;
    case Shown::All:
        break;
    }
    return true;
}

bool PeersProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const PeersModel::Row& a = peers_.rowAt(left.row());
    const PeersModel::Row& b = peers_.rowAt(right.row());
    if (a.peer.isSelf != b.peer.isSelf) {
        return a.peer.isSelf;
    }
    const int byKey = compare(a, b);
    if (byKey != 0) {
        return ascending_ ? byKey < 0 : byKey > 0;
    }
    return a.peer.id < b.peer.id;
}

int PeersProxy::compare(const PeersModel::Row& left, const PeersModel::Row& right) const {
    switch (sortKey_) {
    case SortKey::Name:
        return collator_.compare(left.name, right.name);
    case SortKey::Address:
        return order(left.addressKey, right.addressKey);
    case SortKey::State:
        return order(stateRank(left), stateRank(right));
    case SortKey::Zone:
        return collator_.compare(left.zone, right.zone);
    case SortKey::Traffic:
        return order(volume(right.peer), volume(left.peer));
    case SortKey::Handshake:
        return order(handshake(right.peer), handshake(left.peer));
    case SortKey::Joined:
        // The latest first: the news are what one looks for.
        return order(right.peer.joinedAt, left.peer.joinedAt);
    }
    return 0;
}

}  // namespace weft::viewmodels
