// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_cells.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/peer_way.h"
#include "ui/viewmodels/peers/peer_words.h"
#include "ui/viewmodels/words.h"

namespace weft::viewmodels {
namespace {

using Column = PeerColumns::Column;

template <typename T>
int order(const T& left, const T& right) {
    if (left == right) {
        return 0;
    }
    return left < right ? -1 : 1;
}

/// Texts that are empty say nothing: they come last.
int orderWords(const QString& left, const QString& right) {
    if (left.isEmpty() != right.isEmpty()) {
        return left.isEmpty() ? 1 : -1;
    }
    return QString::compare(left, right, Qt::CaseInsensitive);
}

/// What flows; when nothing does, what has.
QString volume(std::uint64_t total, double rate) {
    return rate > 0 ? byteRate(rate) : bytes(total);
}

std::optional<WallTime> handshake(const api::Peer& peer) {
    return peer.tunnel ? peer.tunnel->lastHandshake : std::nullopt;
}

/// Most first: who sends now comes before who did.
int orderVolumes(double leftRate, double rightRate, std::uint64_t left, std::uint64_t right) {
    const int byRate = -order(leftRate, rightRate);
    return byRate != 0 ? byRate : -order(left, right);
}

const api::PeerTunnel& tunnelOf(const PeerRow& row) {
    static const api::PeerTunnel kNone;
    return row.peer.tunnel ? *row.peer.tunnel : kNone;
}

/// Where it is called; what the mesh says of it where there is no tunnel.
const std::string& endpointOf(const PeerRow& row) {
    const std::string& called = tunnelOf(row).endpoint;
    return called.empty() ? row.peer.primaryEndpoint : called;
}

}  // namespace

int stateRank(const PeerRow& row) {
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

QString peerCell(const PeerRow& row, Column column, WallTime now) {
    switch (column) {
    case Column::Name:
        return row.name;
    case Column::State:
        return peerStateText(row.peer, now);
    case Column::Ipv4:
        return withoutLength(row.peer.addressIpv4);
    case Column::Ipv6:
        return withoutLength(row.peer.addressIpv6);
    case Column::Way:
        return wayWord(row.peer);
    case Column::Handshake:
        return handshakeText(row.peer, now);
    case Column::Received:
        return row.peer.tunnel ? volume(tunnelOf(row).receivedBytes, row.rates.received)
                               : QString();
    case Column::Sent:
        return row.peer.tunnel ? volume(tunnelOf(row).sentBytes, row.rates.sent) : QString();
    case Column::Features:
        return row.features;
    case Column::Zone:
        return row.zone;
    case Column::Joined:
        return row.peer.joinedAt ? relativeTime(*row.peer.joinedAt, now) : QString();
    case Column::Endpoint:
        return bridge::shown(endpointOf(row));
    case Column::Key:
        return shortKey(row.peer.publicKey);
    }
    return {};
}

int comparePeers(const PeerRow& left, const PeerRow& right, Column column) {
    switch (column) {
    case Column::Name:
        return left.nameKey && right.nameKey ? left.nameKey->compare(*right.nameKey)
                                             : order(left.name, right.name);
    case Column::State:
        return order(stateRank(left), stateRank(right));
    case Column::Ipv4:
        return order(left.addressKey, right.addressKey);
    case Column::Ipv6:
        return order(left.addressKeyIpv6, right.addressKeyIpv6);
    case Column::Way:
        return orderWords(left.way, right.way);
    case Column::Handshake:
        // The latest first, as with who joined: the news are what one looks for.
        return order(handshake(right.peer), handshake(left.peer));
    case Column::Received:
        return orderVolumes(
            left.rates.received,
            right.rates.received,
            tunnelOf(left).receivedBytes,
            tunnelOf(right).receivedBytes);
    case Column::Sent:
        return orderVolumes(
            left.rates.sent, right.rates.sent, tunnelOf(left).sentBytes, tunnelOf(right).sentBytes);
    case Column::Features:
        return orderWords(left.features, right.features);
    case Column::Zone:
        return orderWords(left.zone, right.zone);
    case Column::Joined:
        return order(right.peer.joinedAt, left.peer.joinedAt);
    case Column::Endpoint:
        return order(endpointOf(left), endpointOf(right));
    case Column::Key:
        return order(left.peer.publicKey, right.peer.publicKey);
    }
    return 0;
}

}  // namespace weft::viewmodels
