// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/recent_peers.h"

#include <algorithm>
#include <tuple>

namespace weft::viewmodels {
namespace {

/// Later is greater.
auto recency(const api::Peer& peer) {
    const auto heard = peer.tunnel ? peer.tunnel->lastHandshake : std::nullopt;
    return std::tuple(heard, peer.joinedAt);
}

}  // namespace

std::vector<RecentPeer> recentPeers(const PeersModel& peers, WallTime now, std::size_t most) {
    std::vector<const PeersModel::Row*> rows;
    for (int row = 0; row < peers.count(); ++row) {
        if (!peers.rowAt(row).peer.isSelf) {
            rows.push_back(&peers.rowAt(row));
        }
    }
    const std::size_t count = std::min(most, rows.size());
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::partial_sort(
        rows, end, [](const PeersModel::Row* left, const PeersModel::Row* right) {
            const auto one = recency(left->peer);
            const auto other = recency(right->peer);
            // Of two as recent, always in the same order.
            return one != other ? one > other : left->peer.id < right->peer.id;
        });
    std::vector<RecentPeer> recent;
    for (auto row = rows.begin(); row != end; ++row) {
        const api::Peer& peer = (*row)->peer;
        recent.push_back(
            {toPeerKey(peer.id),
             (*row)->name,
             (*row)->address,
             peerStateText(peer, now),
             peerTone(peer, now)});
    }
    return recent;
}

RecentPeers::RecentPeers(const PeersModel& peers, const base::Clock& clock, QObject* parent)
    : QAbstractListModel(parent), peers_(peers), clock_(clock) {}

int RecentPeers::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant RecentPeers::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const RecentPeer& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case PeerIdRole:
        return row.peerId;
    case NameRole:
        return row.name;
    case AddressRole:
        return row.address;
    case StateRole:
        return row.state;
    case ToneRole:
        return QVariant::fromValue(row.tone);
    default:
        return {};
    }
}

QHash<int, QByteArray> RecentPeers::roleNames() const {
    return {
        {PeerIdRole, "peerId"},
        {NameRole, "name"},
        {AddressRole, "address"},
        {StateRole, "stateText"},
        {ToneRole, "tone"},
    };
}

void RecentPeers::refresh() {
    auto rows = recentPeers(peers_, clock_.wallNow(), kMost);
    if (rows == rows_) {
        return;
    }
    if (rows.size() == rows_.size()) {
        rows_ = std::move(rows);
        Q_EMIT dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
}

}  // namespace weft::viewmodels
