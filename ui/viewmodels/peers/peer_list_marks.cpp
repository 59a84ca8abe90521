// SPDX-License-Identifier: Apache-2.0
// Which members of the list are selected.
#include "ui/viewmodels/peers/peer_list.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

QByteArray PeerList::keyAt(int row) const {
    const int source =
        row >= 0 && row < rowCount() ? entries_.at(static_cast<std::size_t>(row)).source : -1;
    return source < 0 ? QByteArray() : QByteArray::fromStdString(peers_.rowAt(source).peer.id);
}

void PeerList::setSelecting(bool selecting) {
    if (!selecting) {
        clearSelection();
    } else if (!std::exchange(selecting_, true)) {
        Q_EMIT selectionChanged();
    }
}

QString PeerList::selectedText() const {
    return selected_.isEmpty() ? tr("None selected") : tr("%n selected", nullptr, selectedCount());
}

std::vector<const PeerRow*> PeerList::selectedRows() const {
    std::vector<const PeerRow*> rows = shownRows();
    std::erase_if(rows, [this](const PeerRow* row) {
        return !selected_.contains(QByteArray::fromStdString(row->peer.id));
    });
    return rows;
}

bool PeerList::pick(int row, int modifiers) {
    const auto keys = Qt::KeyboardModifiers::fromInt(modifiers);
    const QByteArray key = keyAt(row);
    if (key.isEmpty()) {
        return true;
    }
    if (keys.testFlag(Qt::ShiftModifier)) {
        extend(row, row);
        return true;
    }
    if (!keys.testFlag(Qt::ControlModifier) && !selecting()) {
        anchor_ = key;
        return false;
    }
    anchor_ = key;
    QSet<QByteArray> selected = selected_;
    if (!selected.remove(key)) {
        selected.insert(key);
    }
    selecting_ = true;
    setSelected(selected);
    return true;
}

void PeerList::extend(int from, int row) {
    int begin = rowOf(toPeerKey(anchor_.toStdString()));
    if (anchor_.isEmpty() || begin < 0) {
        begin = from;
        anchor_ = keyAt(from);
    }
    QSet<QByteArray> selected;
    for (int at = std::min(begin, row); at <= std::max(begin, row); ++at) {
        const QByteArray key = keyAt(at);
        if (!key.isEmpty()) {
            selected.insert(key);
        }
    }
    selecting_ = true;
    setSelected(selected);
}

void PeerList::selectAll() {
    QSet<QByteArray> selected;
    for (const PeerRow* row : shownRows()) {
        selected.insert(QByteArray::fromStdString(row->peer.id));
    }
    selecting_ = true;
    setSelected(selected);
}

void PeerList::clearSelection() {
    selecting_ = false;
    setSelected({});
}

void PeerList::setSelected(const QSet<QByteArray>& selected) {
    const QSet<QByteArray> before = std::exchange(selected_, selected);
    if (before != selected_ && !entries_.empty()) {
        // One word for all of them: only what is seen reads it.
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {SelectedRole});
    }
    Q_EMIT selectionChanged();
}

/// What is not in the list any more cannot be selected: nobody would see what happens to it.
void PeerList::pruneSelection() {
    if (selected_.isEmpty()) {
        return;
    }
    QSet<QByteArray> left;
    for (const QByteArray& key : std::as_const(selected_)) {
        const int source = peers_.rowOf(key.toStdString());
        if (source >= 0 && places_.at(static_cast<std::size_t>(source)).section != nullptr) {
            left.insert(key);
        }
    }
    if (left != selected_) {
        setSelected(left);
    }
}

}  // namespace weft::viewmodels
