// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_row.h"

#include "core/net/ip_address.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/peers/peer_words.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class Peers {
    Q_DECLARE_TR_FUNCTIONS(Peers)
};

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

/// What went through between two figures. A counter that is smaller began anew.
double rate(std::uint64_t before, std::uint64_t now, Duration time) {
    const auto seconds = std::chrono::duration<double>(time).count();
    return now <= before || seconds <= 0 ? 0 : static_cast<double>(now - before) / seconds;
}

}  // namespace

QString trafficText(const PeerRow& row) {
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

PeerRow makePeerRow(const api::Peer& peer, const PeerRow* before, const base::Clock& clock) {
    PeerRow row;
    row.peer = peer;
    row.name = bridge::shown(peer.id);
    row.freshness = livenessOf(peer, clock.wallNow());
    row.figuresAt = clock.now();
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

}  // namespace weft::viewmodels
