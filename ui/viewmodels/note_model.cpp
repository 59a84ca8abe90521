// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/note_model.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

int NoteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant NoteModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Note& note = notes_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case TextRole:
        return note.text;
    case DetailRole:
        return note.detail;
    case WordRole:
        return note.word;
    case ToneRole:
        return QVariant::fromValue(note.tone);
    default:
        return {};
    }
}

QHash<int, QByteArray> NoteModel::roleNames() const {
    return {{TextRole, "text"}, {DetailRole, "detail"}, {WordRole, "word"}, {ToneRole, "tone"}};
}

void NoteModel::setNotes(std::vector<Note> notes) {
    const auto before = notes_.size();
    const auto after = notes.size();
    if (after < before) {
        beginRemoveRows({}, static_cast<int>(after), static_cast<int>(before) - 1);
        notes_.resize(after);
        endRemoveRows();
    }
    for (std::size_t row = 0; row < std::min(before, after); ++row) {
        if (notes_.at(row) != notes.at(row)) {
            notes_.at(row) = std::move(notes.at(row));
            const QModelIndex changed = index(static_cast<int>(row));
            Q_EMIT dataChanged(changed, changed);
        }
    }
    if (after > before) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(after) - 1);
        for (std::size_t row = before; row < after; ++row) {
            notes_.push_back(std::move(notes.at(row)));
        }
        endInsertRows();
    }
    if (before != after) {
        Q_EMIT countChanged();
    }
}

}  // namespace weft::viewmodels
