// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_access.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr qsizetype kSearchCharacters = 200;

/// The context of these texts in the catalogues.
class PairWords {
    Q_DECLARE_TR_FUNCTIONS(PairWords)
};

/// "allowed by home-all", for the families that both of them have.
QString decision(const api::DirectionVerdict& direction) {
    QStringList rules;
    for (const api::FamilyVerdict& family : direction.families) {
        const bool counts = !family.fromAddress.empty() && !family.toAddress.empty()
                            && family.accepted == direction.accepted;
        const QString rule = bridge::shown(family.acl);
        if (counts && !rule.isEmpty() && !rules.contains(rule)) {
            rules.append(rule);
        }
    }
    if (rules.isEmpty()) {
        return direction.accepted ? PairWords::tr("allowed")
                                  : PairWords::tr("denied, because no rule is about it");
    }
    const QString names = rules.join(QStringLiteral(", "));
    return direction.accepted ? PairWords::tr("allowed by the rule %1").arg(names)
                              : PairWords::tr("denied by the rule %1").arg(names);
}

}  // namespace

PeerAccess::PeerAccess(bridge::Bridge& bridge, const PeersModel& members, QObject* parent)
    : QObject(parent), bridge_(bridge), members_(members) {
    // What was found by other rules is of no use any more.
    connect(&bridge_, &bridge::Bridge::policyChanged, this, [this] {
        if (!peer_.empty()) {
            forget();
            list();
        }
    });
    connect(&members_, &PeersModel::countChanged, this, [this] {
        if (!peer_.empty()) {
            list();
        }
    });
}

void PeerAccess::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        close();
    }
}

void PeerAccess::open(const QString& peerId) {
    const std::string id = fromPeerKey(peerId);
    if (id == peer_) {
        return;
    }
    forget();
    peer_ = id;
    search_.clear();
    list();
}

void PeerAccess::close() {
    if (!peer_.empty()) {
        forget();
        peer_.clear();
        list();
    }
}

void PeerAccess::setSearchText(const QString& text) {
    const QString wanted = text.left(kSearchCharacters);
    if (wanted != search_) {
        search_ = wanted;
        list();
    }
}

void PeerAccess::forget() {
    ++number_;
    waiting_ = 0;
    queue_.clear();
    verdicts_.clear();
    error_.clear();
}

void PeerAccess::list() {
    const QStringList words = search_.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<const PeerRow*> found;
    for (int row = 0; row < members_.count() && !peer_.empty(); ++row) {
        const PeerRow& member = members_.rowAt(row);
        const bool matches = std::ranges::all_of(
            words, [&member](const QString& word) { return member.haystack.contains(word); });
        if (matches && member.peer.id != peer_) {
            found.push_back(&member);
        }
    }
    const auto byName = [](const PeerRow* left, const PeerRow* right) {
        return QString::compare(left->name, right->name, Qt::CaseInsensitive) < 0;
    };
    const std::size_t shown = std::min(found.size(), kMost);
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(shown), byName);
    rest_ = static_cast<int>(found.size() - shown);
    others_.clear();
    queue_.clear();
    for (std::size_t i = 0; i < shown; ++i) {
        const std::string& id = found[i]->peer.id;
        others_.push_back(id);
        if (!verdicts_.contains(QByteArray::fromStdString(id))) {
            queue_.push_back(id);
        }
    }
    ask();
    show();
}

void PeerAccess::ask() {
    while (waiting_ < kAtOnce && !queue_.empty()) {
        const std::string other = std::move(queue_.front());
        queue_.pop_front();
        ++waiting_;
        const auto finish =
            [this, number = number_, other](const StatusOr<api::AccessExplanation>& answer) {
                if (number == number_) {
                    take(other, answer);
                }
            };
        bridge_.controller().explainAccess(
            profile_, peer_, other, bridge_.deliver<api::AccessExplanation>(this, finish));
    }
}

void PeerAccess::take(const std::string& other, const StatusOr<api::AccessExplanation>& answer) {
    --waiting_;
    if (answer.ok()) {
        verdicts_.insert(
            QByteArray::fromStdString(other),
            {answer->forward.accepted,
             answer->backward.accepted,
             decision(answer->forward),
             decision(answer->backward)});
    } else if (answer.status().code() != StatusCode::kNotFound) {
        // A member that has just gone is no error; anything else would come again for each.
        error_ = errorSentence(tr("The rules could not be asked"), answer.status());
        queue_.clear();
    }
    ask();
    showSoon();
}

void PeerAccess::showSoon() {
    // Answers come in handfuls: they are shown together.
    if (!std::exchange(showing_, true)) {
        QMetaObject::invokeMethod(this, &PeerAccess::show, Qt::QueuedConnection);
    }
}

Note PeerAccess::noteOf(const std::string& other) const {
    const auto found = verdicts_.constFind(QByteArray::fromStdString(other));
    const QString name = bridge::shown(other);
    if (found == verdicts_.constEnd()) {
        return {name, {}, busy() ? tr("Being asked") : QString(), look::Tone::Neutral};
    }
    const QString detail = tr("To it: %1").arg(found->toText) + QLatin1Char('\n')
                           + tr("From it: %1").arg(found->fromText);
    if (found->to && found->from) {
        return {name, detail, tr("Both ways"), look::Tone::Ok};
    }
    return found->to || found->from ? Note{name, detail, tr("One-sided"), look::Tone::Warn}
                                    : Note{name, detail, tr("Not at all"), look::Tone::Neutral};
}

void PeerAccess::show() {
    showing_ = false;
    std::vector<Note> notes;
    notes.reserve(others_.size());
    for (const std::string& other : others_) {
        notes.push_back(noteOf(other));
    }
    pairs_.setNotes(std::move(notes));
    Q_EMIT changed();
}

QString PeerAccess::summary() const {
    int both = 0;
    int oneSided = 0;
    int none = 0;
    for (const std::string& other : others_) {
        const auto found = verdicts_.constFind(QByteArray::fromStdString(other));
        if (found == verdicts_.constEnd()) {
            continue;
        }
        both += found->to && found->from ? 1 : 0;
        oneSided += found->to != found->from ? 1 : 0;
        none += !found->to && !found->from ? 1 : 0;
    }
    return tr("%1 both ways, %2 one-sided, %3 not at all").arg(both).arg(oneSided).arg(none);
}

QString PeerAccess::restText() const {
    return rest_ == 0 ? QString()
                      : tr("%n more: search for the ones that are meant.", nullptr, rest_);
}

}  // namespace weft::viewmodels
