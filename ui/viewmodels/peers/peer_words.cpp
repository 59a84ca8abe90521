// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_words.h"

#include "ui/bridge/text.h"

#include <QByteArray>
#include <QCoreApplication>

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

}  // namespace

QString toPeerKey(const std::string& id) {
    return QString::fromLatin1(QByteArray::fromStdString(id).toHex());
}

std::string fromPeerKey(const QString& peerKey) {
    return QByteArray::fromHex(peerKey.toLatin1()).toStdString();
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

}  // namespace weft::viewmodels
