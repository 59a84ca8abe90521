// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/node_list_model.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

int NodeListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant NodeListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case NodeRole:
        return static_cast<int>(row.node);
    case NameRole:
        return row.name;
    case LineRole:
        return row.line;
    case DetailRole:
        return row.detail;
    case NoteRole:
        return row.note;
    case StateRole:
        return row.stateText;
    case StateIconRole:
        return row.stateIcon;
    case ToneRole:
        return QVariant::fromValue(row.tone);
    case InitialRole:
        return row.name.isEmpty() ? QStringLiteral("?") : row.name.left(1).toUpper();
    case SelfRole:
        return row.isSelf;
    default:
        return {};
    }
}

QHash<int, QByteArray> NodeListModel::roleNames() const {
    return {
        {NodeRole, "node"},
        {NameRole, "name"},
        {LineRole, "line"},
        {DetailRole, "detail"},
        {NoteRole, "note"},
        {StateRole, "stateText"},
        {StateIconRole, "stateIcon"},
        {ToneRole, "tone"},
        {InitialRole, "initial"},
        {SelfRole, "isSelf"},
    };
}

void NodeListModel::show(std::vector<Row> rows) {
    if (rows == rows_) {
        return;
    }
    if (!std::ranges::equal(rows, rows_, {}, &Row::id, &Row::id)) {
        const bool counts = rows.size() != rows_.size();
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
        if (counts) {
            Q_EMIT countChanged();
        }
        return;
    }
    const std::vector<Row> before = std::exchange(rows_, std::move(rows));
    for (int i = 0; i < count(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!(rows_[at] == before[at])) {
            Q_EMIT dataChanged(index(i), index(i));
        }
    }
}

int NodeListModel::rowOf(int node) const {
    const auto found = std::ranges::find_if(
        rows_, [node](const Row& row) { return static_cast<int>(row.node) == node; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int NodeListModel::nodeAt(int row) const {
    return row < 0 || row >= count() ? -1
                                     : static_cast<int>(rows_[static_cast<std::size_t>(row)].node);
}

}  // namespace weft::viewmodels
