// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/name_look.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/digits.h"
#include "ui/viewmodels/words.h"

#include <QLocale>

#include <utility>

namespace weft::viewmodels {
namespace {

/// A name is no longer than this (RFC 1035, 2.3.4).
constexpr qsizetype kMostNameCharacters = 253;

Note serverNote(const api::NameService& names) {
    Note note;
    note.text = NameLook::tr("Server of this node");
    if (names.server.empty()) {
        note.detail = NameLook::tr("This node answers for no names.");
        note.word = NameLook::tr("Not in use");
        return note;
    }
    note.detail =
        names.servesMembers
            ? NameLook::tr("%1, for the mesh and this host").arg(bridge::shown(names.server))
            : NameLook::tr("%1, for this host alone").arg(bridge::shown(names.server));
    return note;
}

Note answersNote(const api::NameService& names, WallTime now) {
    Note note = serverNote(names);
    if (!names.reason.empty()) {
        note.detail = asSentence(bridge::shownLong(names.reason));
        note.word = NameLook::tr("Warning");
        note.tone = look::Tone::Warn;
    } else if (names.answers && names.askedAt) {
        note.word = NameLook::tr("Answered %1").arg(relativeTime(*names.askedAt, now));
        note.tone = look::Tone::Ok;
    }
    return note;
}

Note hostNote(const api::NameService& names) {
    Note note;
    note.text = NameLook::tr("Programs of this host");
    if (!names.hostAsks) {
        note.detail = NameLook::tr("They do not look for names of the mesh. The profile can switch "
                                   "that on.");
        note.word = NameLook::tr("Not in use");
        return note;
    }
    if (!names.hostReason.empty()) {
        note.detail = asSentence(bridge::shownLong(names.hostReason));
        note.word = NameLook::tr("Warning");
        note.tone = look::Tone::Warn;
        return note;
    }
    note.detail = names.way == api::ResolverWay::File
                      ? NameLook::tr("They find names of the mesh by /etc/resolv.conf.")
                      : NameLook::tr("They find names of the mesh by systemd-resolved.");
    note.word = NameLook::tr("Good");
    note.tone = look::Tone::Ok;
    return note;
}

Note queriesNote(const api::NameService& names) {
    const QLocale locale;
    Note note;
    note.text = NameLook::tr("Queries");
    note.detail =
        NameLook::tr("%1 in all, %2 dropped, %3 asked of others, %4 known from before, "
                     "%5 in vain")
            .arg(
                withPlainDigits(locale.toString(static_cast<qulonglong>(names.queries))),
                withPlainDigits(locale.toString(static_cast<qulonglong>(names.dropped))),
                withPlainDigits(locale.toString(static_cast<qulonglong>(names.forwarded))),
                withPlainDigits(locale.toString(static_cast<qulonglong>(names.fromCache))),
                withPlainDigits(locale.toString(static_cast<qulonglong>(names.failed))));
    note.word = NameLook::tr("Note");
    note.tone = look::Tone::Accent;
    return note;
}

Note domainNote(const api::NameService& names) {
    Note note;
    note.text = NameLook::tr("Domain");
    note.detail = domainText(names.domain);
    if (names.nodes > 0) {
        note.detail = NameLook::tr("%1 · %2, %3 without a name")
                          .arg(
                              note.detail,
                              memberCount(static_cast<int>(names.nodes)),
                              withPlainDigits(QLocale().toString(names.nodesWithoutName)));
    }
    note.word = NameLook::tr("Note");
    note.tone = look::Tone::Accent;
    return note;
}

Note toNote(const api::NameRecord& record) {
    Note note;
    note.text = bridge::shownLong(record.data);
    note.detail = domainText(record.name);
    note.word =
        NameLook::tr("%1, for %2 s")
            .arg(bridge::shown(record.type), withPlainDigits(QLocale().toString(record.ttl)));
    note.tone = look::Tone::Ok;
    return note;
}

}  // namespace

NameLook::NameLook(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock) {}

QStringList NameLook::types() const {
    return {
        tr("Address"),
        QStringLiteral("A"),
        QStringLiteral("AAAA"),
        QStringLiteral("PTR"),
        QStringLiteral("TXT"),
        QStringLiteral("SRV")};
}

void NameLook::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++asked_;
    ++lookedUp_;
    known_ = false;
    error_.clear();
    facts_.setNotes({});
    clearAnswer();
    Q_EMIT changed();
}

void NameLook::clearAnswer() {
    asking_ = false;
    answer_.clear();
    source_.clear();
    command_.clear();
    tone_ = look::Tone::Neutral;
    records_.setNotes({});
    Q_EMIT answerChanged();
}

void NameLook::refresh() {
    if (profile_.empty()) {
        return;
    }
    const auto finish = [this, number = ++asked_](const StatusOr<api::NameService>& names) {
        if (number == asked_) {
            take(names);
        }
    };
    bridge_.controller().diagnosis().nameService(
        profile_, bridge_.deliver<api::NameService>(this, finish));
}

void NameLook::take(const StatusOr<api::NameService>& names) {
    if (names.ok()) {
        error_.clear();
        known_ = true;
        std::vector<Note> facts{
            answersNote(*names, clock_.wallNow()), hostNote(*names), domainNote(*names)};
        if (!names->server.empty()) {
            facts.push_back(queriesNote(*names));
        }
        facts_.setNotes(std::move(facts));
    } else {
        error_ = errorSentence(tr("The state of the names could not be read"), names.status());
    }
    Q_EMIT changed();
}

void NameLook::lookUp(const QString& name, int type) {
    const QString wanted = name.trimmed();
    if (asking_ || profile_.empty()) {
        return;
    }
    clearAnswer();
    if (wanted.isEmpty() || wanted.size() > kMostNameCharacters) {
        answer_ = wanted.isEmpty()
                      ? tr("Write a name, or an address.")
                      : tr("A name has %1 characters at most.").arg(kMostNameCharacters);
        tone_ = look::Tone::Warn;
        Q_EMIT answerChanged();
        return;
    }
    api::NameQuestion question;
    question.name = bridge::toCore(wanted);
    QStringList words{QStringLiteral("dns"), wanted};
    if (type > 0 && type < types().size()) {
        question.type = bridge::toCore(types().at(type));
        words << QStringLiteral("-t") << types().at(type);
    }
    command_ = commandLine(words);
    asking_ = true;
    const auto finish = [this, number = ++lookedUp_](const StatusOr<api::NameAnswer>& answer) {
        if (number == lookedUp_) {
            takeAnswer(answer);
        }
    };
    Q_EMIT answerChanged();
    bridge_.controller().diagnosis().lookUpName(
        profile_, question, bridge_.deliver<api::NameAnswer>(this, finish));
}

void NameLook::takeAnswer(const StatusOr<api::NameAnswer>& answer) {
    asking_ = false;
    if (!answer.ok()) {
        answer_ = errorSentence(tr("The name could not be looked up"), answer.status());
        tone_ = look::Tone::Error;
        Q_EMIT answerChanged();
        return;
    }
    const QString name = domainText(answer->name);
    const auto count = static_cast<int>(answer->records.size());
    if (answer->result == "NXDOMAIN") {
        answer_ = tr("There is no %1.").arg(name);
        tone_ = look::Tone::Warn;
    } else if (answer->result != "NOERROR") {
        answer_ = tr("The server says %1 to %2.").arg(bridge::shown(answer->result), name);
        tone_ = look::Tone::Error;
    } else if (count == 0) {
        answer_ = tr("%1 has no records of type %2.").arg(name, bridge::shown(answer->type));
        tone_ = look::Tone::Warn;
    } else {
        answer_ = tr("%1 has %n record(s) of type %2.", nullptr, count)
                      .arg(name, bridge::shown(answer->type));
        tone_ = look::Tone::Ok;
    }
    const double took = std::chrono::duration<double, std::milli>(answer->took).count();
    source_ = tr("%1 answered after %2 ms")
                  .arg(
                      bridge::shown(answer->server),
                      withPlainDigits(QLocale().toString(took, 'f', took < 100 ? 1 : 0)));
    std::vector<Note> records;
    for (const auto& record : answer->records) {
        records.push_back(toNote(record));
    }
    records_.setNotes(std::move(records));
    Q_EMIT answerChanged();
}

}  // namespace weft::viewmodels
