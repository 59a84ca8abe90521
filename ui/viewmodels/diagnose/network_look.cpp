// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/network_look.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <array>
#include <utility>

namespace weft::viewmodels {
namespace {

/// The name of a check; its id for one that this window does not know.
QString nameOf(const std::string& id) {
    static constexpr std::array<std::pair<const char*, const char*>, 10> kNames{{
        {"udp", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "UDP")},
        {"endpoints", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Endpoints")},
        {"ipv4", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "IPv4")},
        {"ipv6", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "IPv6")},
        {"leader", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Leader")},
        {"mtu", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Packet size")},
        {"names", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Names")},
        {"firewall", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Firewall")},
        {"forwarding", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Forwarding")},
        {"collisions", QT_TRANSLATE_NOOP("weft::viewmodels::NetworkLook", "Colliding networks")},
    }};
    for (const auto& [known, name] : kNames) {
        if (id == known) {
            return NetworkLook::tr(name);
        }
    }
    return bridge::shown(id);
}

QString wordOf(api::CheckState state) {
    switch (state) {
    case api::CheckState::Ok:
        return NetworkLook::tr("Good");
    case api::CheckState::Warn:
        return NetworkLook::tr("Warning");
    case api::CheckState::Failed:
        return NetworkLook::tr("Failed");
    case api::CheckState::Off:
        return NetworkLook::tr("Not in use");
    case api::CheckState::Pending:
        break;
    }
    return NetworkLook::tr("Not known yet");
}

look::Tone toneOf(api::CheckState state) {
    switch (state) {
    case api::CheckState::Ok:
        return look::Tone::Ok;
    case api::CheckState::Warn:
        return look::Tone::Warn;
    case api::CheckState::Failed:
        return look::Tone::Error;
    default:
        return look::Tone::Neutral;
    }
}

Note toNote(const api::NetworkCheck& check) {
    Note note;
    note.text = nameOf(check.id);
    note.detail = asSentence(bridge::shownLong(check.text));
    const QString remedy = asSentence(bridge::shownLong(check.remedy));
    if (!remedy.isEmpty()) {
        note.detail = NetworkLook::tr("%1 %2").arg(note.detail, remedy);
    }
    note.word = wordOf(check.state);
    note.tone = toneOf(check.state);
    return note;
}

}  // namespace

NetworkLook::NetworkLook(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock) {}

QString NetworkLook::ranText() const {
    return ranAt_ ? tr("Checked %1").arg(relativeTime(*ranAt_, clock_.wallNow())) : QString();
}

void NetworkLook::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++asked_;
    busy_ = false;
    error_.clear();
    ranAt_.reset();
    checks_.setNotes({});
    Q_EMIT changed();
}

void NetworkLook::show() {
    if (!known() && error_.isEmpty()) {
        run();
    }
}

void NetworkLook::refreshAges() {
    if (known()) {
        Q_EMIT changed();
    }
}

void NetworkLook::run() {
    if (busy_ || profile_.empty()) {
        return;
    }
    busy_ = true;
    using Checks = std::vector<api::NetworkCheck>;
    const auto finish = [this, number = ++asked_](const StatusOr<Checks>& checks) {
        if (number == asked_) {
            take(checks);
        }
    };
    Q_EMIT changed();
    bridge_.controller().diagnosis().checkNetwork(profile_, bridge_.deliver<Checks>(this, finish));
}

void NetworkLook::cancel() {
    if (busy_) {
        ++asked_;
        busy_ = false;
        Q_EMIT changed();
    }
}

void NetworkLook::take(const StatusOr<std::vector<api::NetworkCheck>>& checks) {
    busy_ = false;
    if (checks.ok()) {
        error_.clear();
        ranAt_ = clock_.wallNow();
        std::vector<Note> notes;
        notes.reserve(checks->size());
        for (const auto& check : *checks) {
            notes.push_back(toNote(check));
        }
        checks_.setNotes(std::move(notes));
    } else {
        error_ = errorSentence(tr("The network could not be checked"), checks.status());
    }
    Q_EMIT changed();
}

}  // namespace weft::viewmodels
