// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/history_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/changes/change_words.h"
#include "ui/viewmodels/words.h"

#include <QStringList>

#include <algorithm>

namespace weft::viewmodels {
namespace {

QString undoHint(const api::Change& change) {
    if (change.withoutObjects || change.objects.empty()) {
        return HistoryModel::tr(
            "It was too large to be kept with its objects: it cannot be taken back.");
    }
    return {};
}

QString leftAloneText(const api::Change& change) {
    QStringList lines;
    for (const std::string& line : change.leftAlone) {
        lines.append(asSentence(bridge::shownLong(line)));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

void HistoryModel::setChanges(const std::vector<api::Change>& changes) {
    std::vector<HistoryRow> rows;
    rows.reserve(changes.size());
    for (const api::Change& change : changes) {
        rows.push_back({change.id, change});
    }
    if (show(std::move(rows))) {
        Q_EMIT countChanged();
    }
}

void HistoryModel::refreshAges() {
    if (count() > 0) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {AgeRole});
    }
}

const api::Change* HistoryModel::find(std::uint64_t id) const {
    const auto found = std::ranges::find(rows(), id, &HistoryRow::key);
    return found == rows().end() ? nullptr : &found->change;
}

int HistoryModel::rowOf(qulonglong number) const {
    const auto found = std::ranges::find(rows(), std::uint64_t{number}, &HistoryRow::key);
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const api::Change& change = at(index).change;
    switch (role) {
    case NumberRole:
        return QVariant::fromValue<qulonglong>(change.id);
    case VerbRole:
        return verbText(change);
    case AgeRole:
        return change.at ? relativeTime(*change.at, clock_.wallNow()) : QString();
    case TimeRole:
        return change.at ? dateTime(*change.at) : tr("at a time that nobody knows");
    case AuthorRole:
        return authorText(change);
    case ObjectsTextRole:
        return objectsText(change);
    case NoteRole:
        return bridge::shownLong(change.note);
    case ObjectsRole:
        return objectChanges(change);
    case RevertsRole:
        return QVariant::fromValue<qulonglong>(change.reverts);
    case RevertedByRole:
        return QVariant::fromValue<qulonglong>(
            change.revertedBy.empty() ? 0 : change.revertedBy.back());
    case WaitsRole:
        return change.revertAt.has_value();
    case LeftAloneRole:
        return leftAloneText(change);
    case UndoHintRole:
        return undoHint(change);
    default:
        return {};
    }
}

QHash<int, QByteArray> HistoryModel::roleNames() const {
    return {
        {NumberRole, "number"},
        {VerbRole, "verb"},
        {AgeRole, "age"},
        {TimeRole, "time"},
        {AuthorRole, "author"},
        {ObjectsTextRole, "objectsText"},
        {NoteRole, "note"},
        {ObjectsRole, "objects"},
        {RevertsRole, "reverts"},
        {RevertedByRole, "revertedBy"},
        {WaitsRole, "waits"},
        {LeftAloneRole, "leftAlone"},
        {UndoHintRole, "undoHint"},
    };
}

}  // namespace weft::viewmodels
