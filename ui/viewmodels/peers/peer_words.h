// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/clock.h"
#include "ui/viewmodels/look.h"

#include <QString>
#include <QStringList>

#include <string>

namespace weft::viewmodels {

/// The id of a member as QML carries it: opaque, and whole even when the id is not text.
QString toPeerKey(const std::string& id);
std::string fromPeerKey(const QString& peerKey);

/// "This node", "Reachable", "Linked": what a member is to this node.
QString peerStateText(const api::Peer& peer, WallTime now);
look::Tone peerTone(const api::Peer& peer, WallTime now);
/// The picture beside the word; empty for members without a tunnel.
QString peerStateIcon(const api::Peer& peer, WallTime now);
/// Whether a member answers, as the daemon has said, who hears its packets. What was said may be
/// old: a handshake that has grown too old meanwhile counts.
api::Freshness livenessOf(const api::Peer& peer, WallTime now);
/// The words for the features of a member, without its own "NODES" that all have.
QStringList featureWords(const api::Peer& peer);

}  // namespace weft::viewmodels
