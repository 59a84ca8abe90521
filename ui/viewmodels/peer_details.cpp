// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peer_details.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/peer_way.h"
#include "ui/viewmodels/peers/peer_json.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class PeerFigures {
    Q_DECLARE_TR_FUNCTIONS(PeerFigures)
};

/// For sentences: beyond a thousand million nobody counts.
int asCount(std::uint64_t count) {
    constexpr std::uint64_t kMost = 999'999'999;
    return static_cast<int>(std::min(count, kMost));
}

QString volume(std::uint64_t total, double rate) {
    const QString now = byteRate(rate);
    return now.isEmpty() ? bytes(total) : PeerFigures::tr("%1, now %2").arg(bytes(total), now);
}

/// The reasons that people meet; the others by their names.
QString dropWord(const std::string& reason) {
    if (reason == "replayed") {
        return PeerFigures::tr("received twice");
    }
    if (reason == "wrong_source") {
        return PeerFigures::tr("from an address that is not the member's");
    }
    if (reason == "bad_authentication") {
        return PeerFigures::tr("damaged or forged");
    }
    if (reason == "denied") {
        return PeerFigures::tr("not allowed by the rules");
    }
    if (reason == "malformed_inner") {
        return PeerFigures::tr("no IP packet");
    }
    if (reason == "expired_session") {
        return PeerFigures::tr("of a session that had ended");
    }
    if (reason == "no_endpoint") {
        return PeerFigures::tr("not sent: nobody knows where the member is");
    }
    if (reason == "staged_expired" || reason == "staged_overflow") {
        return PeerFigures::tr("not sent: the member did not answer");
    }
    return bridge::shown(reason);
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
    return gone_ ? tr("No longer a member") : peerStateText(peer_, clock_.wallNow());
}

QString PeerDetails::stateIcon() const {
    return gone_ ? QStringLiteral("off") : peerStateIcon(peer_, clock_.wallNow());
}

look::Tone PeerDetails::tone() const {
    return gone_ ? look::Tone::Warn : peerTone(peer_, clock_.wallNow());
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

QStringList PeerDetails::networks() const {
    QStringList list;
    if (peer_.tunnel) {
        for (const std::string& prefix : peer_.tunnel->allowedIps) {
            list.append(bridge::shown(prefix));
        }
    }
    return list;
}

QString PeerDetails::endpoint() const {
    return bridge::shown(peer_.primaryEndpoint);
}

QString PeerDetails::handshake() const {
    if (!peer_.tunnel) {
        return {};
    }
    const auto& last = peer_.tunnel->lastHandshake;
    return last ? relativeTime(*last, clock_.wallNow()) : tr("None yet");
}

QString PeerDetails::received() const {
    if (!peer_.tunnel) {
        return {};
    }
    const auto* row = gone_ ? nullptr : peers_.findRow(peer_.id);
    return volume(peer_.tunnel->receivedBytes, row == nullptr ? 0 : row->rates.received);
}

QString PeerDetails::sent() const {
    if (!peer_.tunnel) {
        return {};
    }
    const auto* row = gone_ ? nullptr : peers_.findRow(peer_.id);
    return volume(peer_.tunnel->sentBytes, row == nullptr ? 0 : row->rates.sent);
}

QString PeerDetails::currentEndpoint() const {
    return peer_.tunnel ? bridge::shown(peer_.tunnel->endpoint) : QString();
}

QString PeerDetails::path() const {
    if (!peer_.tunnel) {
        return {};
    }
    return peer_.tunnel->path == "udp" ? tr("Direct, over UDP") : bridge::shown(peer_.tunnel->path);
}

QString PeerDetails::way() const {
    return wayWord(peer_);
}

QString PeerDetails::wayDetail() const {
    return viewmodels::wayDetail(peer_);
}

look::Tone PeerDetails::wayTone() const {
    return viewmodels::wayTone(peer_);
}

QString PeerDetails::sessions() const {
    return peer_.tunnel ? tr("%n handshake(s)", nullptr, asCount(peer_.tunnel->handshakes))
                        : QString();
}

QString PeerDetails::drops() const {
    QStringList parts;
    if (peer_.tunnel) {
        for (const api::Drops& drop : peer_.tunnel->drops) {
            parts.append(tr("%1 × %2").arg(drop.packets).arg(dropWord(drop.reason)));
        }
    }
    return parts.join(QLatin1Char('\n'));
}

QString PeerDetails::publicKey() const {
    return bridge::shown(peer_.publicKey);
}

QString PeerDetails::rawText() const {
    if (!open_) {
        return {};
    }
    return peerJson(peer_);
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
