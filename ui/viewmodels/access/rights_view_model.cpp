// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rights_view_model.h"

#include "core/api/policy_words.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

QString wordOf(const Right& right) {
    if (!right.allowed) {
        return RightsViewModel::tr("No");
    }
    return right.names.empty() ? RightsViewModel::tr("Yes") : RightsViewModel::tr("Some");
}

look::Tone toneOf(const Right& right) {
    if (!right.allowed) {
        return look::Tone::Neutral;
    }
    return right.names.empty() ? look::Tone::Ok : look::Tone::Warn;
}

/// "role route-editor by the binding office-routes, through group office".
QString sourceOf(const Right& right) {
    QString text = RightsViewModel::tr("Role %1 by the binding %2")
                       .arg(bridge::shown(right.role), bridge::shown(right.binding));
    if (!right.group.empty()) {
        text = RightsViewModel::tr("%1, through group %2", "a role and a binding")
                   .arg(text, bridge::shown(right.group));
    }
    return right.names.empty() ? text
                               : RightsViewModel::tr("%1, only for %2", "a role and names")
                                     .arg(text, enumerated(shownNames(right.names)));
}

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

RightsViewModel::RightsViewModel(bridge::Bridge& bridge, QObject* parent)
    : QAbstractListModel(parent), bridge_(bridge) {}

int RightsViewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !known_ ? 0 : static_cast<int>(rights_.size());
}

QVariant RightsViewModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case TitleRole:
        return resourceName(kRightResources.at(row));
    case CellsRole: {
        QVariantList cells;
        for (const Right& right : rights_.at(row)) {
            cells.append(QVariantMap{
                {QStringLiteral("word"), wordOf(right)},
                {QStringLiteral("tone"), static_cast<int>(toneOf(right))}});
        }
        return cells;
    }
    case DetailRole:
        return detailOf(row);
    case SpokenRole:
        return spokenOf(row);
    default:
        return {};
    }
}

QHash<int, QByteArray> RightsViewModel::roleNames() const {
    return {
        {TitleRole, "title"},
        {CellsRole, "cells"},
        {DetailRole, "detail"},
        {SpokenRole, "spoken"},
    };
}

QString RightsViewModel::detailOf(std::size_t row) const {
    if (state_ && state_->rolesDisabled) {
        return tr("Roles are switched off");
    }
    QStringList sources;
    for (const Right& right : rights_.at(row)) {
        if (right.allowed && !sources.contains(sourceOf(right))) {
            sources.append(sourceOf(right));
        }
    }
    return sources.join(QStringLiteral("; "));
}

QString RightsViewModel::spokenOf(std::size_t row) const {
    QStringList parts{resourceName(kRightResources.at(row))};
    for (std::size_t column = 0; column < kRightVerbs.size(); ++column) {
        parts.append(
            tr("%1: %2", "a verb and yes or no")
                .arg(verbName(kRightVerbs.at(column)), wordOf(rights_.at(row).at(column))));
    }
    return parts.join(QStringLiteral(", "));
}

QStringList RightsViewModel::verbs() const {
    QStringList names;
    for (const api::PolicyVerb verb : kRightVerbs) {
        names.append(verbName(verb));
    }
    return names;
}

api::SubjectKind RightsViewModel::subjectKind() const {
    return kind_ == 1   ? api::SubjectKind::Node
           : kind_ == 2 ? api::SubjectKind::User
                        : api::SubjectKind::All;
}

void RightsViewModel::setSubject(const QString& subject) {
    if (subject != subject_) {
        subject_ = subject;
        compute();
    }
}

void RightsViewModel::setKind(int kind) {
    if (kind != kind_) {
        kind_ = kind;
        compute();
    }
}

void RightsViewModel::setColumn(int column) {
    const int kept = std::clamp(column, 0, static_cast<int>(kRightVerbs.size()) - 1);
    if (kept != column_) {
        column_ = kept;
        forgetAnswer();
        Q_EMIT changed();
    }
}

void RightsViewModel::setRow(int row) {
    const int kept = std::clamp(row, 0, static_cast<int>(kRightResources.size()) - 1);
    if (kept != row_) {
        row_ = kept;
        forgetAnswer();
        Q_EMIT changed();
    }
}

void RightsViewModel::setMesh(const api::ProfileId& profile) {
    profile_ = profile;
    subject_.clear();
    state_.reset();
    compute();
}

void RightsViewModel::setState(std::shared_ptr<const api::PolicyState> state) {
    state_ = std::move(state);
    compute();
}

void RightsViewModel::compute() {
    const std::string name = bridge::toCore(subject_.trimmed());
    const bool known = state_ != nullptr && !name.empty();
    const Rights rights = known ? rightsOf(*state_, name, subjectKind()) : Rights();
    forgetAnswer();
    const bool isReset = known != known_;
    if (isReset) {
        beginResetModel();
        known_ = known;
        rights_ = rights;
        endResetModel();
    }
    if (known && !isReset) {
        rights_ = rights;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
    Q_EMIT changed();
}

void RightsViewModel::forgetAnswer() {
    ++asked_;
    busy_ = false;
    answer_.clear();
    answerTone_ = look::Tone::Neutral;
}

api::AccessQuestion RightsViewModel::question() const {
    return {
        bridge::toCore(subject_.trimmed()),
        subjectKind(),
        kRightVerbs.at(static_cast<std::size_t>(column_)),
        kRightResources.at(static_cast<std::size_t>(row_)),
        {}};
}

void RightsViewModel::ask() {
    if (!known_ || busy_) {
        return;
    }
    forgetAnswer();
    busy_ = true;
    const auto take = [this, number = asked_](const StatusOr<api::AccessAnswer>& answer) {
        if (number != asked_) {
            return;
        }
        busy_ = false;
        if (answer.ok()) {
            answer_ = asSentence(bridge::shownLong(answer->reason));
            answerTone_ = answer->allowed ? look::Tone::Ok : look::Tone::Warn;
        } else {
            answer_ = errorSentence(tr("The mesh could not be asked"), answer.status());
            answerTone_ = look::Tone::Error;
        }
        Q_EMIT changed();
    };
    bridge_.controller().checkAccess(
        profile_, question(), bridge_.deliver<api::AccessAnswer>(this, take));
    Q_EMIT changed();
}

QString RightsViewModel::command() const {
    const api::AccessQuestion asked = question();
    QString who = subject_.trimmed();
    if (asked.subjectKind != api::SubjectKind::All) {
        who = fromView(api::wordFor(asked.subjectKind)) + QLatin1Char(':') + who;
    }
    return commandLine(
        {QStringLiteral("can"),
         who,
         fromView(api::wordFor(asked.verb)),
         fromView(api::wordFor(asked.resource)),
         QStringLiteral("--profile"),
         QString::fromStdString(profile_.value())});
}

}  // namespace weft::viewmodels
