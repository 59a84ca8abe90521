// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/conflict_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/words.h"

namespace weft::viewmodels {

void ConflictModel::setConflicts(const std::vector<api::PlanConflict>& conflicts) {
    std::vector<ConflictRow> rows;
    rows.reserve(conflicts.size());
    for (const api::PlanConflict& conflict : conflicts) {
        rows.push_back({toObjectKey(conflict.ref), conflict});
    }
    if (show(std::move(rows))) {
        Q_EMIT countChanged();
    }
}

QVariant ConflictModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ConflictRow& row = at(index);
    const api::PlanConflict& conflict = row.conflict;
    switch (role) {
    case KeyRole:
        return row.key;
    case TitleRole:
        return objectText(conflict.ref);
    case TextRole:
        return asSentence(bridge::shownLong(conflict.text));
    case FieldsRole:
        return threeSides(conflict.base, conflict.mine, conflict.theirs);
    case BaseTextRole:
        return conflict.base ? QString() : tr("It did not exist");
    case MineTextRole:
        return conflict.mine ? QString() : tr("Your draft removes it");
    case TheirsTextRole:
        return conflict.theirs ? QString() : tr("Somebody removed it");
    default:
        return {};
    }
}

QHash<int, QByteArray> ConflictModel::roleNames() const {
    return {
        {KeyRole, "key"},
        {TitleRole, "title"},
        {TextRole, "text"},
        {FieldsRole, "fields"},
        {BaseTextRole, "baseText"},
        {MineTextRole, "mineText"},
        {TheirsTextRole, "theirsText"},
    };
}

}  // namespace weft::viewmodels
