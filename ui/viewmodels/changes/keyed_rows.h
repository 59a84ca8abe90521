// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace weft::viewmodels {

/// A list whose rows have a key: a new state changes only the rows that differ, so that people
/// stay where they are. A Row has `key` and compares.
/// Thread: main.
template <typename Row>
class KeyedRows : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    int count() const { return static_cast<int>(rows_.size()); }

protected:
    const std::vector<Row>& rows() const { return rows_; }
    const Row& at(const QModelIndex& index) const {
        return rows_.at(static_cast<std::size_t>(index.row()));
    }

    /// Whether their number changed.
    bool show(std::vector<Row> rows) {
        const auto before = rows_.size();
        std::size_t head = 0;
        const std::size_t shorter = std::min(rows.size(), rows_.size());
        while (head < shorter && rows[head].key == rows_[head].key) {
            ++head;
        }
        std::size_t tail = 0;
        while (tail < shorter - head
               && rows[rows.size() - 1 - tail].key == rows_[rows_.size() - 1 - tail].key) {
            ++tail;
        }
        replaceMiddle(rows, head, tail);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!(rows_[i] == rows[i])) {
                rows_[i] = std::move(rows[i]);
                const QModelIndex changed = index(static_cast<int>(i));
                Q_EMIT dataChanged(changed, changed);
            }
        }
        return before != rows_.size();
    }

private:
    void replaceMiddle(const std::vector<Row>& rows, std::size_t head, std::size_t tail) {
        const auto first = static_cast<int>(head);
        const auto place = [](auto& list, std::size_t index) {
            return list.begin() + static_cast<std::ptrdiff_t>(index);
        };
        if (rows_.size() > head + tail) {
            beginRemoveRows({}, first, static_cast<int>(rows_.size() - tail) - 1);
            rows_.erase(place(rows_, head), place(rows_, rows_.size() - tail));
            endRemoveRows();
        }
        if (rows.size() > head + tail) {
            beginInsertRows({}, first, static_cast<int>(rows.size() - tail) - 1);
            rows_.insert(place(rows_, head), place(rows, head), place(rows, rows.size() - tail));
            endInsertRows();
        }
    }

    std::vector<Row> rows_;
};

}  // namespace weft::viewmodels
