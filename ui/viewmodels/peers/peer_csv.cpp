// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_csv.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/graph/export_text.h"
#include "ui/viewmodels/peers/peer_words.h"
#include "ui/viewmodels/words.h"

#include <QDateTime>
#include <QStringList>

namespace weft::viewmodels {
namespace {

QString isoTime(const std::optional<WallTime>& when) {
    if (!when) {
        return {};
    }
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(when->time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(since.count(), Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

QByteArray lineOf(const QStringList& values) {
    QByteArray line;
    for (const QString& value : values) {
        line += line.isEmpty() ? QByteArray() : QByteArrayLiteral(",");
        line += csvField(value);
    }
    return line + "\r\n";
}

}  // namespace

QByteArray csvField(const QString& text) {
    QString plain = plainText(text).trimmed();
    // Programs read these as the beginning of a formula.
    static const QString kFormula = QStringLiteral("=+-@");
    if (!plain.isEmpty() && kFormula.contains(plain.front())) {
        plain.prepend(QLatin1Char('\''));
    }
    plain.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return '"' + plain.toUtf8() + '"';
}

QByteArray peerCsv(const std::vector<const PeerRow*>& rows, WallTime now) {
    // Not translated: programs read them.
    QByteArray text = lineOf(
        {QStringLiteral("name"),
         QStringLiteral("state"),
         QStringLiteral("ipv4"),
         QStringLiteral("ipv6"),
         QStringLiteral("path"),
         QStringLiteral("last_handshake"),
         QStringLiteral("received_bytes"),
         QStringLiteral("sent_bytes"),
         QStringLiteral("services"),
         QStringLiteral("zone"),
         QStringLiteral("joined"),
         QStringLiteral("endpoint"),
         QStringLiteral("public_key")});
    for (const PeerRow* row : rows) {
        const api::Peer& peer = row->peer;
        const bool tunnel = peer.tunnel.has_value();
        text += lineOf(
            {row->name,
             peerStateText(peer, now),
             withoutLength(peer.addressIpv4),
             withoutLength(peer.addressIpv6),
             row->way,
             tunnel ? isoTime(peer.tunnel->lastHandshake) : QString(),
             tunnel ? QString::number(peer.tunnel->receivedBytes) : QString(),
             tunnel ? QString::number(peer.tunnel->sentBytes) : QString(),
             row->features,
             row->zone,
             isoTime(peer.joinedAt),
             bridge::shown(tunnel ? peer.tunnel->endpoint : peer.primaryEndpoint),
             bridge::shown(peer.publicKey)});
    }
    return text;
}

}  // namespace weft::viewmodels
