// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/simulator_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class SimulatorWords {
    Q_DECLARE_TR_FUNCTIONS(SimulatorWords)
};

QString verdict(bool accepted) {
    return accepted ? SimulatorWords::tr("Allowed") : SimulatorWords::tr("Denied");
}

look::Tone toneOf(bool accepted) {
    return accepted ? look::Tone::Ok : look::Tone::Error;
}

QString decision(const std::string& rule) {
    return rule.empty() ? SimulatorWords::tr("No rule is about it, and so it is denied")
                        : SimulatorWords::tr("The rule %1 decides").arg(bridge::shown(rule));
}

Note familyNote(const api::FamilyVerdict& family) {
    const QString name =
        family.family == api::AddressFamily::Ipv4 ? QStringLiteral("IPv4") : QStringLiteral("IPv6");
    if (family.fromAddress.empty() || family.toAddress.empty()) {
        return {
            name,
            SimulatorWords::tr("One of them has no address of this kind"),
            SimulatorWords::tr("Not used"),
            look::Tone::Neutral};
    }
    const QString addresses =
        SimulatorWords::tr("%1 to %2")
            .arg(bridge::shown(family.fromAddress), bridge::shown(family.toAddress));
    return {
        name,
        addresses + QLatin1Char('\n') + decision(family.acl),
        verdict(family.accepted),
        toneOf(family.accepted)};
}

/// The rules that were asked before the one that decided.
void addSkipped(const api::FamilyVerdict& family, std::vector<Note>& notes) {
    std::size_t skipped = 0;
    for (const api::AclTrace& trace : family.trace) {
        if (trace.matched) {
            continue;
        }
        if (++skipped <= SimulatorViewModel::kMostSkipped) {
            notes.push_back(
                {bridge::shown(trace.acl),
                 asSentence(bridge::shownLong(trace.reason)),
                 SimulatorWords::tr("Not about it"),
                 look::Tone::Neutral});
        }
    }
    if (skipped > SimulatorViewModel::kMostSkipped) {
        const auto more = static_cast<int>(skipped - SimulatorViewModel::kMostSkipped);
        notes.push_back(
            {SimulatorWords::tr("%n more rules are not about it", nullptr, more),
             {},
             {},
             look::Tone::Neutral});
    }
}

std::vector<Note> notesOf(const api::DirectionVerdict& direction) {
    std::vector<Note> notes;
    for (const api::FamilyVerdict& family : direction.families) {
        notes.push_back(familyNote(family));
        addSkipped(family, notes);
    }
    for (const api::RouteVerdict& route : direction.routes) {
        notes.push_back(
            {SimulatorWords::tr("The network %1 behind it").arg(bridge::shown(route.cidr)),
             decision(route.acl),
             verdict(route.accepted),
             toneOf(route.accepted)});
    }
    return notes;
}

}  // namespace

SimulatorViewModel::SimulatorViewModel(
    bridge::Bridge& bridge, const PeersModel& members, QObject* parent)
    : QObject(parent), bridge_(bridge), members_(members) {
    connect(&bridge_, &bridge::Bridge::policyChanged, this, [this] {
        if (isOpen_) {
            ask();
        }
    });
}

void SimulatorViewModel::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        from_.clear();
        to_.clear();
        forget();
        Q_EMIT changed();
    }
}

void SimulatorViewModel::setFrom(const QString& name) {
    if (name != from_) {
        from_ = name;
        ask();
    }
}

void SimulatorViewModel::setTo(const QString& name) {
    if (name != to_) {
        to_ = name;
        ask();
    }
}

void SimulatorViewModel::setWithDraft(bool with) {
    if (with != withDraft_) {
        withDraft_ = with;
        ask();
    }
}

void SimulatorViewModel::open(const QString& fromName, const QString& toName) {
    isOpen_ = true;
    from_ = fromName.isEmpty() ? from_ : fromName;
    to_ = toName.isEmpty() ? to_ : toName;
    ask();
}

void SimulatorViewModel::close() {
    isOpen_ = false;
}

void SimulatorViewModel::swap() {
    std::swap(from_, to_);
    ask();
}

QStringList SimulatorViewModel::suggestions(const QString& typed) const {
    const QString wanted = typed.trimmed().toLower();
    QStringList names;
    for (int row = 0; row < members_.count() && names.size() < kMostSuggestions; ++row) {
        const PeersModel::Row& member = members_.rowAt(row);
        if (member.haystack.contains(wanted) && member.name != typed) {
            names.append(member.name);
        }
    }
    return names;
}

QString SimulatorViewModel::problemOf(const QString& name) const {
    if (name.trimmed().isEmpty() || members_.find(bridge::toCore(name.trimmed())) != nullptr) {
        return {};
    }
    return tr("There is no member of that name");
}

void SimulatorViewModel::forget() {
    ++asked_;
    busy_ = false;
    answer_.reset();
    error_.clear();
    forward_.setNotes({});
    backward_.setNotes({});
}

void SimulatorViewModel::ask() {
    const std::string from = bridge::toCore(from_.trimmed());
    const std::string to = bridge::toCore(to_.trimmed());
    if (!isOpen_ || from == to || members_.find(from) == nullptr || members_.find(to) == nullptr) {
        forget();
        error_ = isOpen_ && !from.empty() && from == to
                     ? tr("A member always reaches itself. Choose two different ones.")
                     : QString();
        Q_EMIT changed();
        return;
    }
    busy_ = true;
    const auto finish = [this, number = ++asked_](const StatusOr<api::AccessExplanation>& answer) {
        if (number == asked_) {
            take(answer);
        }
    };
    auto done = bridge_.deliver<api::AccessExplanation>(this, finish);
    if (withDraft_) {
        bridge_.controller().planning().explain(
            profile_, api::DraftRules{}, from, to, std::move(done));
    } else {
        bridge_.controller().explainAccess(profile_, from, to, std::move(done));
    }
    Q_EMIT changed();
}

void SimulatorViewModel::take(const StatusOr<api::AccessExplanation>& answer) {
    if (!answer.ok()) {
        forget();
        error_ = errorSentence(tr("The rules could not be asked"), answer.status());
    } else {
        busy_ = false;
        error_.clear();
        answer_ = *answer;
        forward_.setNotes(notesOf(answer->forward));
        backward_.setNotes(notesOf(answer->backward));
    }
    Q_EMIT changed();
}

QString SimulatorViewModel::summary() const {
    return answer_ ? asSentence(bridge::shownLong(answer_->summary)) : QString();
}

QString SimulatorViewModel::verdictWord() const {
    if (!answer_) {
        return {};
    }
    if (answer_->tunnelPossible) {
        return tr("They may talk");
    }
    return answer_->forward.accepted || answer_->backward.accepted ? tr("One-sided: no tunnel")
                                                                   : tr("They may not talk");
}

look::Tone SimulatorViewModel::tone() const {
    if (!answer_) {
        return look::Tone::Neutral;
    }
    if (answer_->tunnelPossible) {
        return look::Tone::Ok;
    }
    return answer_->forward.accepted || answer_->backward.accepted ? look::Tone::Warn
                                                                   : look::Tone::Error;
}

QString SimulatorViewModel::forwardText() const {
    return answer_ ? tr("%1 to %2: %3")
                         .arg(from_.trimmed(), to_.trimmed(), verdict(answer_->forward.accepted))
                   : QString();
}

QString SimulatorViewModel::backwardText() const {
    return answer_ ? tr("%1 to %2: %3")
                         .arg(to_.trimmed(), from_.trimmed(), verdict(answer_->backward.accepted))
                   : QString();
}

QString SimulatorViewModel::command() const {
    QStringList words{
        QStringLiteral("explain"), QStringLiteral("access"), from_.trimmed(), to_.trimmed()};
    if (withDraft_) {
        words.append(QStringLiteral("--draft"));
    }
    return commandLine(words);
}

}  // namespace weft::viewmodels
