// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// One line of a list that says how things are: a check, a problem.
struct Note {
    QString text;
    /// A second line, smaller: the remedy, the age.
    QString detail;
    /// The state in a word, for those who do not see the colour.
    QString word;
    look::Tone tone = look::Tone::Neutral;

    friend bool operator==(const Note&, const Note&) = default;
};

/// A short list of notes. Rows that stay the same are not reported as changed.
class NoteModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by a view-model")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role { TextRole = Qt::UserRole + 1, DetailRole, WordRole, ToneRole };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(notes_.size()); }

    void setNotes(std::vector<Note> notes);

Q_SIGNALS:
    void countChanged();

private:
    std::vector<Note> notes_;
};

}  // namespace weft::viewmodels
