// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peer_details.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace weft::viewmodels {
namespace {

QJsonObject toJson(const api::Peer& peer) {
    QJsonArray features;
    for (const api::Feature& feature : peer.features) {
        features.append(QJsonObject{
            {QStringLiteral("feature"), bridge::shown(feature.name)},
            {QStringLiteral("port"), feature.port}});
    }
    QJsonArray endpoints;
    for (const std::string& endpoint : peer.wireguardEndpoints) {
        endpoints.append(bridge::shown(endpoint));
    }
    return {
        {QStringLiteral("id"), bridge::shown(peer.id)},
        {QStringLiteral("publicKey"), bridge::shown(peer.publicKey)},
        {QStringLiteral("primaryEndpoint"), bridge::shown(peer.primaryEndpoint)},
        {QStringLiteral("wireguardEndpoints"), endpoints},
        {QStringLiteral("zoneAwarenessID"), bridge::shown(peer.zone)},
        {QStringLiteral("privateIPv4"), bridge::shown(peer.addressIpv4)},
        {QStringLiteral("privateIPv6"), bridge::shown(peer.addressIpv6)},
        {QStringLiteral("features"), features},
    };
}

}  // namespace

PeerDetails::PeerDetails(
    bridge::Bridge& bridge, const PeersModel& peers, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), peers_(peers), clock_(clock) {
    connect(&peers, &PeersModel::peerChanged, this, [this](const std::string& id) {
        if (open_ && (id.empty() || id == peer_.id)) {
            refresh();
        }
    });
}

QString PeerDetails::name() const {
    return bridge::shown(peer_.id);
}

QString PeerDetails::initial() const {
    return name().left(1).toUpper();
}

QString PeerDetails::stateText() const {
    return gone_ ? tr("No longer a member") : peerStateText(peer_);
}

look::Tone PeerDetails::tone() const {
    if (gone_) {
        return look::Tone::Warn;
    }
    if (peer_.isSelf) {
        return look::Tone::Accent;
    }
    return peer_.isNeighbour ? look::Tone::Ok : look::Tone::Neutral;
}

QString PeerDetails::addressIpv4() const {
    return withoutLength(peer_.addressIpv4);
}

QString PeerDetails::addressIpv6() const {
    return withoutLength(peer_.addressIpv6);
}

QString PeerDetails::zone() const {
    return bridge::shown(peer_.zone);
}

QString PeerDetails::role() const {
    return roleWord(peer_.clusterStatus);
}

QString PeerDetails::joined() const {
    return peer_.joinedAt ? tr("%1 (%2)").arg(
               relativeTime(*peer_.joinedAt, clock_.wallNow()), dateTime(*peer_.joinedAt))
                          : QString();
}

QString PeerDetails::links() const {
    return tr("%n link(s) to other members", nullptr, static_cast<int>(peer_.neighbourCount));
}

QString PeerDetails::endpoint() const {
    return bridge::shown(peer_.primaryEndpoint);
}

QString PeerDetails::publicKey() const {
    return bridge::shown(peer_.publicKey);
}

QString PeerDetails::rawText() const {
    return open_ ? QString::fromUtf8(QJsonDocument(toJson(peer_)).toJson(QJsonDocument::Indented))
                       .trimmed()
                 : QString();
}

bool PeerDetails::canRelease() const {
    return isAdmin_ && open_ && !peer_.isSelf;
}

void PeerDetails::refreshAges() {
    if (open_) {
        Q_EMIT changed();
    }
}

void PeerDetails::setMesh(const api::ProfileId& profile, bool isAdmin) {
    if (profile != profile_) {
        profile_ = profile;
        isAdmin_ = isAdmin;
        close();
    } else if (isAdmin != isAdmin_) {
        isAdmin_ = isAdmin;
        Q_EMIT changed();
    }
}

void PeerDetails::show(const QString& peerId) {
    const api::Peer* peer = peers_.find(fromPeerKey(peerId));
    if (peer == nullptr) {
        return;
    }
    peer_ = *peer;
    open_ = true;
    gone_ = false;
    setError({});
    Q_EMIT changed();
}

void PeerDetails::close() {
    if (open_) {
        open_ = false;
        setError({});
        Q_EMIT changed();
    }
}

void PeerDetails::release() {
    if (busy_ || !canRelease()) {
        return;
    }
    busy_ = true;
    Q_EMIT busyChanged();
    setError({});
    const auto finish = [this](const Status& status) {
        busy_ = false;
        Q_EMIT busyChanged();
        if (status.ok()) {
            Q_EMIT done(tr("The name may now be used with another key."));
        } else {
            setError(errorSentence(tr("The name could not be released"), status));
        }
    };
    bridge_.controller().releaseNode(profile_, peer_.id, bridge_.deliverStatus(this, finish));
}

void PeerDetails::refresh() {
    const api::Peer* peer = peers_.find(peer_.id);
    gone_ = peer == nullptr;
    if (peer != nullptr) {
        peer_ = *peer;
    }
    Q_EMIT changed();
}

void PeerDetails::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT errorTextChanged();
    }
}

}  // namespace weft::viewmodels
