// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/clock.h"

#include <QByteArray>
#include <QCollator>
#include <QString>

#include <optional>

namespace weft::viewmodels {

/// Bytes per second, by the last two figures of a member.
struct PeerRates {
    double received = 0;
    double sent = 0;

    bool flowing() const { return received > 0 || sent > 0; }
};

/// One member with what the list shows of it, made once.
struct PeerRow {
    api::Peer peer;
    QString name;
    QString address;
    QString zone;
    QString features;
    QString roleWord;
    /// Lower case: name, addresses, key, zone and features, for the search.
    QString haystack;
    /// How packets go there; empty while nobody knows.
    QString way;
    /// To sort names by, as people of this place do, with numbers as numbers.
    std::optional<QCollatorSortKey> nameKey;
    /// Bytes of the IPv4 address, so that .9 comes before .10; of the other where there is none.
    QByteArray addressKey;
    QByteArray addressKeyIpv6;
    /// As it was when somebody last looked at the clock (see `livenessOf`).
    api::Freshness freshness = api::Freshness::Never;
    PeerRates rates;
    /// When the figures came.
    TimePoint figuresAt;
};

/// `before` is what the list had of the same member; null: it is new.
PeerRow makePeerRow(
    const api::Peer& peer,
    const PeerRow* before,
    const base::Clock& clock,
    const QCollator& collator);
/// Sorts names as people of this place do.
QCollator peerCollator();

/// How long ago; empty while there was none.
QString handshakeText(const api::Peer& peer, WallTime now);

}  // namespace weft::viewmodels
