// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peer_way.h"

#include "ui/bridge/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class WayWords {
    Q_DECLARE_TR_FUNCTIONS(WayWords)
};

/// Why a way is relayed, as the daemon names it.
struct Reason {
    const char* name;
    const char* word;
    const char* text;
    /// What helps.
    const char* remedy;
};

constexpr std::array kReasons{
    Reason{
        "no_common_family",
        QT_TRANSLATE_NOOP("WayWords", "no common family"),
        QT_TRANSLATE_NOOP(
            "WayWords",
            "One of the two is known under IPv4 addresses alone, the other under IPv6 addresses."),
        QT_TRANSLATE_NOOP(
            "WayWords", "Give both nodes the same family of addresses, or one of them both.")},
    Reason{
        "no_public_endpoint",
        QT_TRANSLATE_NOOP("WayWords", "no public endpoint"),
        QT_TRANSLATE_NOOP("WayWords", "Nobody has seen yet where one of the two can be called."),
        QT_TRANSLATE_NOOP(
            "WayWords",
            "Wait until both have talked to a member that is reachable from outside; else set an "
            "endpoint for one of them.")},
    Reason{
        "symmetric_nat",
        QT_TRANSLATE_NOOP("WayWords", "symmetric NAT"),
        QT_TRANSLATE_NOOP(
            "WayWords",
            "A router gives each destination another port, so that a node cannot be called where "
            "others see it."),
        QT_TRANSLATE_NOOP(
            "WayWords",
            "Forward the WireGuard port on one of the routers and set it as the node's endpoint, "
            "or switch the router from symmetric to cone translation.")},
    Reason{
        "handshake_timeout",
        QT_TRANSLATE_NOOP("WayWords", "handshake timeout"),
        QT_TRANSLATE_NOOP(
            "WayWords", "Both nodes have called each other, and nothing came through."),
        QT_TRANSLATE_NOOP(
            "WayWords",
            "Let UDP through between the two, or forward the WireGuard port on one of the routers; "
            "it is tried again by itself. That a router gives each destination another port is "
            "known once two members see the node.")},
    Reason{
        "acl_one_sided",
        QT_TRANSLATE_NOOP("WayWords", "rules for one direction alone"),
        QT_TRANSLATE_NOOP("WayWords", "The access rules let packets pass in one direction only."),
        QT_TRANSLATE_NOOP("WayWords", "Add a rule for the other direction.")},
    Reason{
        "not_weft",
        QT_TRANSLATE_NOOP("WayWords", "does not take part"),
        QT_TRANSLATE_NOOP("WayWords", "The node does not take part in finding direct ways."),
        QT_TRANSLATE_NOOP(
            "WayWords", "Run Weft with a tunnel on both nodes, or give one of them an endpoint.")},
};

const Reason* reasonOf(const api::PeerWay& way) {
    const auto* found = std::ranges::find_if(
        kReasons, [&way](const Reason& reason) { return way.reason == reason.name; });
    return found == kReasons.end() ? nullptr : found;
}

bool isDirect(const api::Peer& peer) {
    return peer.way ? peer.way->kind == "direct" : peer.isNeighbour;
}

}  // namespace

QString wayWord(const api::Peer& peer) {
    if (peer.isSelf) {
        return {};
    }
    if (isDirect(peer)) {
        return WayWords::tr("Direct");
    }
    if (!peer.way) {
        return {};
    }
    if (peer.way->kind == "probing") {
        return WayWords::tr("Being tried");
    }
    const auto* reason = reasonOf(*peer.way);
    return reason == nullptr ? WayWords::tr("Relayed")
                             : WayWords::tr("Relayed: %1").arg(WayWords::tr(reason->word));
}

QString wayDetail(const api::Peer& peer) {
    if (peer.isSelf || isDirect(peer) || !peer.way) {
        return {};
    }
    if (peer.way->kind == "probing") {
        return WayWords::tr("Packets go over other members while a direct way is tried.");
    }
    if (const auto* reason = reasonOf(*peer.way)) {
        return WayWords::tr("%1 %2").arg(WayWords::tr(reason->text), WayWords::tr(reason->remedy));
    }
    // One that this window does not know: in the daemon's words.
    const QString text = bridge::shownLong(peer.way->text);
    const QString remedy = bridge::shownLong(peer.way->remedy);
    return text.isEmpty() || remedy.isEmpty() ? text + remedy
                                              : WayWords::tr("%1 %2").arg(text, remedy);
}

look::Tone wayTone(const api::Peer& peer) {
    if (wayWord(peer).isEmpty()) {
        return look::Tone::Neutral;
    }
    if (isDirect(peer)) {
        return look::Tone::Ok;
    }
    return peer.way->kind == "probing" ? look::Tone::Accent : look::Tone::Relay;
}

}  // namespace weft::viewmodels
