// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers_model.h"

#include "core/net/ip_address.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace weft::viewmodels {
namespace {

/// The contexts of these texts in the catalogues.
class Features {
    Q_DECLARE_TR_FUNCTIONS(Features)
};
class Peers {
    Q_DECLARE_TR_FUNCTIONS(Peers)
};

QByteArray key(const std::string& id) {
    return QByteArray::fromStdString(id);
}

QByteArray addressKey(const std::string& prefix) {
    const auto address = net::IpAddress::parse(prefix.substr(0, prefix.find('/')));
    QByteArray bytes;
    if (address.ok()) {
        for (const std::uint8_t byte : address->bytes()) {
            bytes.append(static_cast<char>(byte));
        }
    }
    return bytes;
}

QString featureWord(const std::string& name) {
    if (name == "STORAGE_PROVIDER") {
        return Features::tr("Storage");
    }
    if (name == "MESH_DNS" || name == "FORWARD_MESH_DNS") {
        return Features::tr("DNS");
    }
    if (name == "MESH_API") {
        return Features::tr("API");
    }
    if (name == "ADMIN_API") {
        return Features::tr("Admin");
    }
    if (name == "MEMBERSHIP") {
        return Features::tr("Joins");
    }
    if (name == "METRICS") {
        return Features::tr("Metrics");
    }
    if (name == "ICE_NEGOTIATION") {
        return Features::tr("ICE");
    }
    if (name == "TURN_SERVER") {
        return Features::tr("TURN");
    }
    if (name == "LEADER_PROXY") {
        return Features::tr("Proxy");
    }
    if (name == "STORAGE_QUERIER") {
        return Features::tr("Query");
    }
    return bridge::shown(name);
}

/// What went through between two figures. A counter that is smaller began anew.
double rate(std::uint64_t before, std::uint64_t now, Duration time) {
    const auto seconds = std::chrono::duration<double>(time).count();
    return now <= before || seconds <= 0 ? 0 : static_cast<double>(now - before) / seconds;
}

/// What flows; when nothing does, what has.
QString trafficText(const PeersModel::Row& row) {
    if (!row.peer.tunnel) {
        return {};
    }
    const QString in =
        row.rates.flowing() ? byteRate(row.rates.received) : bytes(row.peer.tunnel->receivedBytes);
    const QString out =
        row.rates.flowing() ? byteRate(row.rates.sent) : bytes(row.peer.tunnel->sentBytes);
    const QString nothing = QStringLiteral("0");
    return Peers::tr("↓ %1  ↑ %2").arg(in.isEmpty() ? nothing : in, out.isEmpty() ? nothing : out);
}

QString handshakeText(const api::Peer& peer, WallTime now) {
    return peer.tunnel && peer.tunnel->lastHandshake
               ? relativeTime(*peer.tunnel->lastHandshake, now)
               : QString();
}

}  // namespace

PeersModel::Row PeersModel::makeRow(const api::Peer& peer, const Row* before) const {
    PeersModel::Row row;
    row.peer = peer;
    row.name = bridge::shown(peer.id);
    row.freshness = livenessOf(peer, clock_.wallNow());
    row.figuresAt = clock_.now();
    if (peer.tunnel && before != nullptr && before->peer.tunnel) {
        const auto time = row.figuresAt - before->figuresAt;
        const auto& old = *before->peer.tunnel;
        row.rates = {
            rate(old.receivedBytes, peer.tunnel->receivedBytes, time),
            rate(old.sentBytes, peer.tunnel->sentBytes, time)};
    }
    row.address = withoutLength(peer.addressIpv4.empty() ? peer.addressIpv6 : peer.addressIpv4);
    row.zone = bridge::shown(peer.zone);
    row.features = featureWords(peer).join(QStringLiteral(" · "));
    row.roleWord = roleWord(peer.clusterStatus);
    row.addressKey = addressKey(peer.addressIpv4.empty() ? peer.addressIpv6 : peer.addressIpv4);
    const QChar gap(QLatin1Char('\n'));
    QString text = row.name + gap + bridge::shown(peer.addressIpv4) + gap
                   + bridge::shown(peer.addressIpv6) + gap + bridge::shown(peer.publicKey) + gap
                   + row.zone + gap + row.features;
    for (const api::Feature& feature : peer.features) {
        text += gap + bridge::shown(feature.name);
    }
    row.haystack = text.toCaseFolded();
    return row;
}

api::Freshness livenessOf(const api::Peer& peer, WallTime now) {
    if (!peer.tunnel) {
        return api::Freshness::Never;
    }
    const auto byHandshake = api::freshnessOf(peer.tunnel->lastHandshake, now);
    return peer.liveness && *peer.liveness != api::Freshness::Never
               ? std::max(*peer.liveness, byHandshake)
               : byHandshake;
}

look::Tone peerTone(const api::Peer& peer, WallTime now) {
    if (peer.isSelf) {
        return look::Tone::Accent;
    }
    if (!peer.tunnel) {
        return look::Tone::Neutral;
    }
    switch (livenessOf(peer, now)) {
    case api::Freshness::Fresh:
        return look::Tone::Ok;
    case api::Freshness::Stale:
        return look::Tone::Warn;
    default:
        return look::Tone::Neutral;
    }
}

QString peerStateIcon(const api::Peer& peer, WallTime now) {
    if (peer.isSelf) {
        return QStringLiteral("device");
    }
    if (!peer.tunnel) {
        return {};
    }
    switch (livenessOf(peer, now)) {
    case api::Freshness::Fresh:
        return QStringLiteral("done");
    case api::Freshness::Stale:
        return QStringLiteral("clock");
    case api::Freshness::Gone:
        return QStringLiteral("off");
    case api::Freshness::Never:
        break;
    }
    return QStringLiteral("more");
}

QString toPeerKey(const std::string& id) {
    return QString::fromLatin1(key(id).toHex());
}

std::string fromPeerKey(const QString& peerKey) {
    return QByteArray::fromHex(peerKey.toLatin1()).toStdString();
}

QString peerStateText(const api::Peer& peer, WallTime now) {
    if (peer.isSelf) {
        return Peers::tr("This node");
    }
    if (!peer.tunnel) {
        return peer.isNeighbour ? Peers::tr("Linked") : Peers::tr("Member");
    }
    switch (livenessOf(peer, now)) {
    case api::Freshness::Fresh:
        return Peers::tr("Reachable");
    case api::Freshness::Stale:
        return Peers::tr("Stale");
    case api::Freshness::Gone:
        return Peers::tr("Gone");
    case api::Freshness::Never:
        break;
    }
    return Peers::tr("No contact yet");
}

QStringList featureWords(const api::Peer& peer) {
    QStringList words;
    for (const api::Feature& feature : peer.features) {
        if (feature.name == "NODES" || feature.name == "FEATURE_NONE") {
            continue;
        }
        const QString word = featureWord(feature.name);
        if (!words.contains(word)) {
            words.append(word);
        }
    }
    return words;
}

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
    case TrafficRole:
        return trafficText(row);
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
        {TrafficRole, "traffic"},
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
    bool differs = false;
    for (Row& row : rows_) {
        const auto now = livenessOf(row.peer, clock_.wallNow());
        differs = differs || now != row.freshness;
        row.freshness = now;
    }
    Q_EMIT dataChanged(
        index(0),
        index(count() - 1),
        {JoinedRole, StateRole, StateIconRole, ToneRole, HandshakeRole});
    if (differs) {
        Q_EMIT livenessChanged();
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
            Q_EMIT dataChanged(index(at), index(at), {TrafficRole, FlowingRole});
            Q_EMIT peerChanged(row.peer.id);
        }
    }
}

const PeersModel::Row* PeersModel::findRow(const std::string& id) const {
    const auto found = rowById_.constFind(key(id));
    return found == rowById_.constEnd() ? nullptr : &rowAt(*found);
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
            rows_.at(static_cast<std::size_t>(*known)) = makeRow(peer, nullptr);
            continue;
        }
        rowById_.insert(key(peer.id), count());
        rows_.push_back(makeRow(peer, nullptr));
    }
    endResetModel();
    Q_EMIT peerChanged({});
}

void PeersModel::put(const api::Peer& peer) {
    const auto known = rowById_.constFind(key(peer.id));
    if (known == rowById_.constEnd()) {
        beginInsertRows({}, count(), count());
        rowById_.insert(key(peer.id), count());
        rows_.push_back(makeRow(peer, nullptr));
        endInsertRows();
    } else {
        Row& row = rows_.at(static_cast<std::size_t>(*known));
        if (row.peer == peer) {
            return;
        }
        row = makeRow(peer, &row);
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
