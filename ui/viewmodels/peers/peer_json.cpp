// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_json.h"

#include "ui/bridge/text.h"

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

QJsonObject toJson(const api::PeerTunnel& tunnel) {
    QJsonArray allowedIps;
    for (const std::string& prefix : tunnel.allowedIps) {
        allowedIps.append(bridge::shown(prefix));
    }
    QJsonObject drops;
    for (const api::Drops& drop : tunnel.drops) {
        drops.insert(bridge::shown(drop.reason), static_cast<qint64>(drop.packets));
    }
    return {
        {QStringLiteral("endpoint"), bridge::shown(tunnel.endpoint)},
        {QStringLiteral("path"), bridge::shown(tunnel.path)},
        {QStringLiteral("receivedBytes"), static_cast<qint64>(tunnel.receivedBytes)},
        {QStringLiteral("sentBytes"), static_cast<qint64>(tunnel.sentBytes)},
        {QStringLiteral("handshakes"), static_cast<qint64>(tunnel.handshakes)},
        {QStringLiteral("rekeys"), static_cast<qint64>(tunnel.rekeys)},
        {QStringLiteral("keepaliveSeconds"), static_cast<qint64>(tunnel.keepalive.count())},
        {QStringLiteral("allowedIPs"), allowedIps},
        {QStringLiteral("drops"), drops},
    };
}

QJsonObject toJson(const api::PeerWay& way) {
    return {
        {QStringLiteral("kind"), bridge::shown(way.kind)},
        {QStringLiteral("reason"), bridge::shown(way.reason)},
        {QStringLiteral("text"), bridge::shownLong(way.text)},
        {QStringLiteral("remedy"), bridge::shownLong(way.remedy)},
    };
}

}  // namespace

QString peerJson(const api::Peer& peer) {
    auto json = toJson(peer);
    if (peer.tunnel) {
        json.insert(QStringLiteral("tunnel"), toJson(*peer.tunnel));
    }
    if (peer.way) {
        json.insert(QStringLiteral("way"), toJson(*peer.way));
    }
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Indented)).trimmed();
}

}  // namespace weft::viewmodels
