// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/path_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/digits.h"
#include "ui/viewmodels/peers_model.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <utility>

namespace weft::viewmodels {
namespace {

using api::PathReason;

/// The context of these texts in the catalogues.
class PathWords {
    Q_DECLARE_TR_FUNCTIONS(PathWords)
};

QString milliseconds(std::chrono::nanoseconds time) {
    const double value = std::chrono::duration<double, std::milli>(time).count();
    return PathWords::tr("%1 ms").arg(
        withPlainDigits(QLocale().toString(value, 'f', value < 100 ? 1 : 0)));
}

Note toNote(const api::PathHop& hop, bool isLast) {
    Note note;
    note.text = bridge::shown(hop.nodeId);
    note.detail = hop.endpoint.empty() ? PathWords::tr("At a place that is not known")
                                       : bridge::shown(hop.endpoint);
    note.word = isLast ? PathWords::tr("The member") : PathWords::tr("Passes packets on");
    note.tone = isLast ? look::Tone::Ok : look::Tone::Accent;
    return note;
}

Note toNote(const api::PathFamily& family) {
    Note note;
    note.text =
        family.family == api::AddressFamily::Ipv4 ? PathWords::tr("IPv4") : PathWords::tr("IPv6");
    if (family.usable) {
        note.detail = PathWords::tr("%1 to %2")
                          .arg(bridge::shown(family.ownAddress), bridge::shown(family.address));
        note.word = PathWords::tr("In use");
        note.tone = look::Tone::Ok;
    } else {
        note.detail = pathReasonWord(family.reason);
        note.word = PathWords::tr("Not used");
    }
    return note;
}

QString wayName(const api::PathAlternative& way) {
    switch (way.kind) {
    case api::PathKind::Direct:
        return PathWords::tr("Directly");
    case api::PathKind::OverNodes:
        return PathWords::tr("Over other members");
    case api::PathKind::Endpoint:
        break;
    }
    return bridge::shown(way.endpoint);
}

Note toNote(const api::PathAlternative& way) {
    Note note;
    note.text = wayName(way);
    note.word = way.inUse ? PathWords::tr("In use") : PathWords::tr("Not used");
    note.tone = way.inUse ? look::Tone::Ok : look::Tone::Neutral;
    const QString why = pathReasonWord(way.reason);
    const QString remedy = pathRemedy(way.reason);
    note.detail = why.isEmpty() || remedy.isEmpty() ? why : PathWords::tr("%1 %2").arg(why, remedy);
    return note;
}

template <typename Items>
std::vector<Note> notesOf(const Items& items) {
    std::vector<Note> notes;
    notes.reserve(items.size());
    for (const auto& item : items) {
        notes.push_back(toNote(item));
    }
    return notes;
}

QString lossWord(const api::PingLoss& loss) {
    switch (loss.reason) {
    case api::PingLossReason::Timeout:
        return PathWords::tr("No answer");
    case api::PingLossReason::Unreachable:
        return PathWords::tr("Cannot be reached: %1").arg(bridge::shownLong(loss.text));
    case api::PingLossReason::NotSent:
        break;
    }
    return PathWords::tr("Not sent: %1").arg(bridge::shownLong(loss.text));
}

}  // namespace

PathViewModel::PathViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock) {}

void PathViewModel::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        forget();
        profile_ = profile;
    }
}

void PathViewModel::explain(const QString& peerId) {
    std::string peer = fromPeerKey(peerId);
    if (peer != peer_) {
        forget();
        peer_ = std::move(peer);
    }
    refresh();
}

void PathViewModel::refresh() {
    if (peer_.empty()) {
        return;
    }
    busy_ = true;
    const auto finish = [this, number = ++asked_](const StatusOr<api::PathExplanation>& path) {
        if (number == asked_) {
            take(path);
        }
    };
    Q_EMIT changed();
    bridge_.controller().diagnosis().explainPath(
        profile_, peer_, bridge_.deliver<api::PathExplanation>(this, finish));
}

void PathViewModel::take(const StatusOr<api::PathExplanation>& path) {
    busy_ = false;
    if (path.ok()) {
        error_.clear();
        path_ = *path;
        std::vector<Note> hops;
        for (std::size_t at = 0; at < path->hops.size(); ++at) {
            hops.push_back(toNote(path->hops[at], at + 1 == path->hops.size()));
        }
        hops_.setNotes(std::move(hops));
        families_.setNotes(notesOf(path->families));
        ways_.setNotes(notesOf(path->alternatives));
    } else {
        error_ = errorSentence(tr("The way could not be read"), path.status());
    }
    Q_EMIT changed();
}

QString PathViewModel::summary() const {
    if (!path_) {
        return {};
    }
    if (!path_->works) {
        return pathReasonWord(path_->reason);
    }
    const int between = static_cast<int>(path_->hops.size()) - 1;
    return between < 1 ? tr("Packets go there directly.")
                       : tr("Packets go there over %n other member(s).", nullptr, between);
}

QString PathViewModel::remedy() const {
    return path_ && !path_->works ? pathRemedy(path_->reason) : QString();
}

look::Tone PathViewModel::tone() const {
    if (!path_) {
        return look::Tone::Neutral;
    }
    return path_->works ? look::Tone::Ok : look::Tone::Warn;
}

QString PathViewModel::handshake() const {
    return path_ && path_->lastHandshake ? relativeTime(*path_->lastHandshake, clock_.wallNow())
                                         : QString();
}

void PathViewModel::ping() {
    if (pinging_ || peer_.empty()) {
        return;
    }
    clearPing();
    pinging_ = true;
    api::PingQuestion question;
    question.target = peer_;
    question.count = kPings;
    const std::uint64_t number = ++pingNumber_;
    const auto told = bridge_.deliver<api::PingUpdate>(
        this, [this, number](const StatusOr<api::PingUpdate>& update) {
            if (number == pingNumber_ && pinging_) {
                takePing(*update);
            }
        });
    const auto ended = bridge_.deliverStatus(this, [this, number](const Status& status) {
        if (number == pingNumber_ && pinging_) {
            endPing(status);
        }
    });
    ping_ = bridge_.controller().diagnosis().ping(
        profile_, question, [told](const api::PingUpdate& update) { told(update); }, ended);
    Q_EMIT pingChanged();
}

void PathViewModel::takePing(const api::PingUpdate& update) {
    const auto* start = std::get_if<api::PingStart>(&update);
    const auto* reply = std::get_if<api::PingReply>(&update);
    const auto* loss = std::get_if<api::PingLoss>(&update);
    if (start != nullptr) {
        doubt_ = asSentence(bridge::shownLong(start->doubt));
    } else if (reply != nullptr) {
        pingText_ = milliseconds(reply->roundTrip);
    } else if (loss != nullptr) {
        pingText_ = lossWord(*loss);
    }
    results_.add(update);
    Q_EMIT pingChanged();
}

void PathViewModel::endPing(const Status& status) {
    pinging_ = false;
    ping_.cancel();
    if (!status.ok()) {
        pingError_ = errorSentence(tr("The ping did not work"), status);
    }
    Q_EMIT pingChanged();
}

QString PathViewModel::pingDetail() const {
    if (!pingError_.isEmpty()) {
        return pingError_;
    }
    if (results_.sent() == 0) {
        return doubt_;
    }
    const QString counts = tr("%1 of %2 answered")
                               .arg(withPlainDigits(QLocale().toString(results_.received())))
                               .arg(withPlainDigits(QLocale().toString(results_.sent())));
    if (results_.received() == 0) {
        return doubt_.isEmpty() ? counts : tr("%1. %2").arg(counts, doubt_);
    }
    return tr("%1, %2 to %3, %4 on average")
        .arg(
            counts,
            milliseconds(results_.shortest()),
            milliseconds(results_.longest()),
            milliseconds(results_.mean()));
}

look::Tone PathViewModel::pingTone() const {
    if (!pingError_.isEmpty()) {
        return look::Tone::Error;
    }
    if (results_.sent() == 0) {
        return look::Tone::Neutral;
    }
    return results_.received() == results_.sent() ? look::Tone::Ok : look::Tone::Warn;
}

void PathViewModel::stopPing() {
    if (pinging_) {
        endPing(okStatus());
    }
}

void PathViewModel::clearPing() {
    pingText_.clear();
    pingError_.clear();
    doubt_.clear();
    results_ = {};
}

void PathViewModel::forget() {
    ++asked_;
    ++pingNumber_;
    ping_.cancel();
    pinging_ = false;
    clearPing();
    peer_.clear();
    busy_ = false;
    error_.clear();
    path_.reset();
    hops_.setNotes({});
    families_.setNotes({});
    ways_.setNotes({});
    Q_EMIT changed();
    Q_EMIT pingChanged();
}

QString pathReasonWord(PathReason reason) {
    switch (reason) {
    case PathReason::None:
        return {};
    case PathReason::NoCommonFamily:
        return PathWords::tr("The two ends have no kind of address in common.");
    case PathReason::NoPublicEndpoint:
        return PathWords::tr("The member says of no place where it can be called.");
    case PathReason::UdpBlocked:
        return PathWords::tr("Nobody answers: UDP does not get through.");
    case PathReason::SymmetricNat:
        return PathWords::tr("Both ends are behind routers that change ports.");
    case PathReason::AclOneSided:
        return PathWords::tr("The rules accept one direction alone.");
    case PathReason::DeniedByAcl:
        return PathWords::tr("The rules do not let the two talk.");
    case PathReason::HandshakeTimeout:
        return PathWords::tr("It was called and did not answer.");
    case PathReason::NotConnected:
        return PathWords::tr("There is no link between the two.");
    case PathReason::NoWay:
        return PathWords::tr("No links lead there over members that both may reach.");
    case PathReason::Longer:
        return PathWords::tr("Another way costs less.");
    case PathReason::OtherAnswers:
        return PathWords::tr("Another place answers.");
    case PathReason::Withheld:
        return PathWords::tr("Members on the way would take another one.");
    case PathReason::NoTunnel:
        return PathWords::tr("This node has no tunnel at the moment.");
    case PathReason::Unknown:
        break;
    }
    return PathWords::tr("For a reason that this window does not know.");
}

QString pathRemedy(PathReason reason) {
    switch (reason) {
    case PathReason::NoCommonFamily:
        return PathWords::tr("Give both an address of the same kind.");
    case PathReason::NoPublicEndpoint:
        return PathWords::tr("Give the member or this node an endpoint that the other can call.");
    case PathReason::UdpBlocked:
        return PathWords::tr("Let UDP through to WireGuard's port on one of the two sides.");
    case PathReason::SymmetricNat:
        return PathWords::tr(
            "Forward a port on one of the routers, or link both to a third member.");
    case PathReason::AclOneSided:
    case PathReason::DeniedByAcl:
        return PathWords::tr("Add a rule that accepts both directions.");
    case PathReason::HandshakeTimeout:
        return PathWords::tr("Check that the member runs and that UDP gets through to it.");
    case PathReason::NotConnected:
    case PathReason::NoWay:
        return PathWords::tr("Add a link between the two.");
    case PathReason::Withheld:
        return PathWords::tr("Accept the members on the way for both ends, or add a link.");
    case PathReason::NoTunnel:
        return PathWords::tr("The checks on the overview say what keeps it away.");
    default:
        return {};
    }
}

}  // namespace weft::viewmodels
