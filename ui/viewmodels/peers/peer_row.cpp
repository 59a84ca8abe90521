// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_row.h"

#include "core/net/ip_address.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/peer_way.h"
#include "ui/viewmodels/peers/peer_words.h"
#include "ui/viewmodels/words.h"

namespace weft::viewmodels {
namespace {

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

QString handshakeText(const api::Peer& peer, WallTime now) {
    return peer.tunnel && peer.tunnel->lastHandshake
               ? relativeTime(*peer.tunnel->lastHandshake, now)
               : QString();
}

QCollator peerCollator() {
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

PeerRow makePeerRow(
    const api::Peer& peer,
    const PeerRow* before,
    const base::Clock& clock,
    const QCollator& collator) {
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
    row.way = wayWord(peer);
    // Folded, because the plain order of a machine without a language knows no case.
    row.nameKey = before != nullptr && before->nameKey ? *before->nameKey
                                                       : collator.sortKey(row.name.toCaseFolded());
    row.addressKeyIpv6 = addressKey(peer.addressIpv6);
    row.addressKey = peer.addressIpv4.empty() ? row.addressKeyIpv6 : addressKey(peer.addressIpv4);
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
