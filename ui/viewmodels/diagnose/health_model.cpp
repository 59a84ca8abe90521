// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/health_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/connection_view_model.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

int HealthModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant HealthModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case NameRole:
        return row.name;
    case WordRole:
        return row.shown.word;
    case DetailRole:
        return row.shown.detail;
    case ToneRole:
        return QVariant::fromValue(row.shown.tone);
    case ChecksRole:
        return QVariant::fromValue(row.checks.get());
    case ProblemsRole:
        return QVariant::fromValue(row.problems.get());
    default:
        return {};
    }
}

QHash<int, QByteArray> HealthModel::roleNames() const {
    return {
        {NameRole, "name"},
        {WordRole, "word"},
        {DetailRole, "detail"},
        {ToneRole, "tone"},
        {ChecksRole, "checks"},
        {ProblemsRole, "problems"}};
}

void HealthModel::setState(
    const api::DaemonState& state,
    const api::ProfileId& current,
    api::LinkState link,
    api::Grade grade) {
    state_ = state;
    link_ = link;
    grade_ = grade;
    std::vector<api::ProfileId> ids;
    for (const api::Profile& profile : state.profiles) {
        ids.push_back(profile.id);
    }
    const auto shown = std::find(ids.begin(), ids.end(), current);
    if (shown != ids.end()) {
        std::rotate(ids.begin(), shown, shown + 1);
    }
    setRows(ids);
    refreshAges();
}

void HealthModel::setRows(const std::vector<api::ProfileId>& ids) {
    const auto isSame = [](const Row& row, const api::ProfileId& id) { return row.id == id; };
    if (std::equal(rows_.begin(), rows_.end(), ids.begin(), ids.end(), isSame)) {
        return;
    }
    std::vector<Row> rows;
    rows.reserve(ids.size());
    for (const auto& id : ids) {
        rows.push_back({id, {}, {}, std::make_unique<NoteModel>(), std::make_unique<NoteModel>()});
    }
    beginResetModel();
    rows_.swap(rows);
    endResetModel();
    // Views let go of their notes a moment later.
    left_ = std::move(rows);
    Q_EMIT countChanged();
}

void HealthModel::fill(Row& row) {
    const api::Profile* profile = state_.findProfile(row.id);
    const api::Connection* connection = state_.findConnection(row.id);
    const WallTime now = clock_.wallNow();
    row.name = profile == nullptr ? QString() : bridge::shown(profile->name);
    row.shown = present({link_, grade_, connection, now, false});
    const bool isKnown = connection != nullptr && link_ == api::LinkState::Ready;
    row.checks->setNotes(isKnown ? checkNotes(*connection, now) : std::vector<Note>());
    row.problems->setNotes(isKnown ? problemNotes(*connection) : std::vector<Note>());
}

void HealthModel::refreshAges() {
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        Row& row = rows_[at];
        const QString name = row.name;
        const ConnectionPresentation shown = row.shown;
        fill(row);
        if (name != row.name || shown != row.shown) {
            const QModelIndex changed = index(static_cast<int>(at));
            Q_EMIT dataChanged(changed, changed);
        }
    }
    summarise();
}

void HealthModel::summarise() {
    int problems = 0;
    for (const Row& row : rows_) {
        problems += row.problems->count();
    }
    QString summary;
    if (link_ == api::LinkState::Ready && !rows_.empty()) {
        summary =
            problems == 0 ? tr("No problem is known.") : tr("%n problem(s)", nullptr, problems);
    }
    if (summary != summary_) {
        summary_ = std::move(summary);
        Q_EMIT summaryChanged();
    }
}

}  // namespace weft::viewmodels
