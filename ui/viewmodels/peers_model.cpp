// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers_model.h"

#include "ui/viewmodels/peers/peer_words.h"
#include "ui/viewmodels/words.h"

#include <QSet>

#include <algorithm>

namespace weft::viewmodels {
namespace {

QByteArray key(const std::string& id) {
    return QByteArray::fromStdString(id);
}

}  // namespace

PeersModel::PeersModel(const base::Clock& clock, QObject* parent)
    : QAbstractListModel(parent), clock_(clock) {}

int PeersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PeersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rowAt(index.row());
    switch (role) {
    case PeerIdRole:
        return toPeerKey(row.peer.id);
    case NameRole:
        return row.name;
    case StateRole:
        return peerStateText(row.peer, clock_.wallNow());
    case StateIconRole:
        return peerStateIcon(row.peer, clock_.wallNow());
    case ToneRole:
        return QVariant::fromValue(peerTone(row.peer, clock_.wallNow()));
    case AddressRole:
        return row.address;
    case ZoneRole:
        return row.zone;
    case FeaturesRole:
        return row.features;
    case JoinedRole:
        return row.peer.joinedAt ? relativeTime(*row.peer.joinedAt, clock_.wallNow()) : QString();
    case SelfRole:
        return row.peer.isSelf;
    case RoleWordRole:
        return row.roleWord;
    case InitialRole:
        return row.name.isEmpty() ? QStringLiteral("?") : row.name.left(1).toUpper();
    case FlowingRole:
        return row.rates.flowing();
    case HandshakeRole:
        return handshakeText(row.peer, clock_.wallNow());
    default:
        return {};
    }
}

QHash<int, QByteArray> PeersModel::roleNames() const {
    return {
        {PeerIdRole, "peerId"},
        {NameRole, "name"},
        {StateRole, "stateText"},
        {StateIconRole, "stateIcon"},
        {ToneRole, "tone"},
        {AddressRole, "address"},
        {ZoneRole, "zone"},
        {FeaturesRole, "features"},
        {JoinedRole, "joined"},
        {SelfRole, "isSelf"},
        {RoleWordRole, "roleWord"},
        {InitialRole, "initial"},
        {FlowingRole, "flowing"},
        {HandshakeRole, "handshake"},
    };
}

void PeersModel::apply(const api::PeersUpdate& update) {
    const int before = count();
    if (update.reset) {
        replaceAll(update.changed);
    } else {
        for (const api::Peer& peer : update.changed) {
            put(peer);
        }
        for (const std::string& id : update.removedIds) {
            remove(id);
        }
    }
    setLoaded(true);
    if (count() != before) {
        Q_EMIT countChanged();
    }
}

void PeersModel::clear() {
    setLoaded(false);
    if (rows_.empty()) {
        return;
    }
    replaceAll({});
    Q_EMIT countChanged();
}

void PeersModel::refreshAges() {
    if (rows_.empty()) {
        return;
    }
    std::vector<int> changed;
    for (int at = 0; at < count(); ++at) {
        Row& row = rows_.at(static_cast<std::size_t>(at));
        const auto now = livenessOf(row.peer, clock_.wallNow());
        if (now != row.freshness) {
            changed.push_back(at);
        }
        row.freshness = now;
    }
    Q_EMIT dataChanged(
        index(0),
        index(count() - 1),
        {JoinedRole, StateRole, StateIconRole, ToneRole, HandshakeRole});
    if (!changed.empty()) {
        Q_EMIT livenessChanged(changed);
    }
}

void PeersModel::settleRates() {
    // Longer than the pauses between the figures of a very long list.
    constexpr std::chrono::seconds kQuiet{6};
    const TimePoint now = clock_.now();
    for (int at = 0; at < count(); ++at) {
        Row& row = rows_.at(static_cast<std::size_t>(at));
        if (row.rates.flowing() && now - row.figuresAt > kQuiet) {
            row.rates = {};
            Q_EMIT dataChanged(index(at), index(at), {FlowingRole});
            Q_EMIT peerChanged(row.peer.id);
        }
    }
}

const PeersModel::Row* PeersModel::findRow(const std::string& id) const {
    const auto found = rowById_.constFind(key(id));
    return found == rowById_.constEnd() ? nullptr : &rowAt(*found);
}

int PeersModel::rowOf(const std::string& id) const {
    return rowById_.value(key(id), -1);
}

const api::Peer* PeersModel::self() const {
    const auto found = std::ranges::find_if(rows_, [](const Row& row) { return row.peer.isSelf; });
    return found == rows_.end() ? nullptr : &found->peer;
}

const api::Peer* PeersModel::find(const std::string& id) const {
    const auto found = rowById_.constFind(key(id));
    return found == rowById_.constEnd() ? nullptr : &rowAt(*found).peer;
}

bool PeersModel::replaceInPlace(const std::vector<api::Peer>& peers) {
    // Each takes time that grows with the list.
    constexpr std::size_t kMostDifferences = 64;
    QSet<QByteArray> now;
    std::size_t differences = 0;
    for (const api::Peer& peer : peers) {
        now.insert(key(peer.id));
        differences += rowById_.contains(key(peer.id)) ? 0 : 1;
    }
    std::vector<std::string> gone;
    for (const Row& row : rows_) {
        if (!now.contains(key(row.peer.id))) {
            gone.push_back(row.peer.id);
        }
    }
    if (rows_.empty() || peers.empty() || differences + gone.size() > kMostDifferences) {
        return false;
    }
    for (const std::string& id : gone) {
        remove(id);
    }
    for (const api::Peer& peer : peers) {
        put(peer);
    }
    return true;
}

void PeersModel::replaceAll(const std::vector<api::Peer>& peers) {
    if (replaceInPlace(peers)) {
        return;
    }
    beginResetModel();
    rows_.clear();
    rowById_.clear();
    rows_.reserve(peers.size());
    for (const api::Peer& peer : peers) {
        // A list that names a member twice: the later one holds, as with changes.
        const auto known = rowById_.constFind(key(peer.id));
        if (known != rowById_.constEnd()) {
            rows_.at(static_cast<std::size_t>(*known)) =
                makePeerRow(peer, nullptr, clock_, collator_);
            continue;
        }
        rowById_.insert(key(peer.id), count());
        rows_.push_back(makePeerRow(peer, nullptr, clock_, collator_));
    }
    endResetModel();
    Q_EMIT peerChanged({});
}

void PeersModel::put(const api::Peer& peer) {
    const auto known = rowById_.constFind(key(peer.id));
    if (known == rowById_.constEnd()) {
        beginInsertRows({}, count(), count());
        rowById_.insert(key(peer.id), count());
        rows_.push_back(makePeerRow(peer, nullptr, clock_, collator_));
        endInsertRows();
    } else {
        Row& row = rows_.at(static_cast<std::size_t>(*known));
        if (row.peer == peer) {
            return;
        }
        row = makePeerRow(peer, &row, clock_, collator_);
        const QModelIndex changed = index(*known);
        Q_EMIT dataChanged(changed, changed);
    }
    Q_EMIT peerChanged(peer.id);
}

void PeersModel::remove(const std::string& id) {
    const auto known = rowById_.constFind(key(id));
    if (known == rowById_.constEnd()) {
        return;
    }
    const int row = *known;
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    rowById_.remove(key(id));
    for (int after = row; after < count(); ++after) {
        rowById_[key(rowAt(after).peer.id)] = after;
    }
    endRemoveRows();
    Q_EMIT peerChanged(id);
}

void PeersModel::setLoaded(bool loaded) {
    if (loaded != loaded_) {
        loaded_ = loaded;
        Q_EMIT loadedChanged();
    }
}

}  // namespace weft::viewmodels
