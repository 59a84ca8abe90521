// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// The lines of a log that pass a filter, oldest first. Keeps the last ones alone.
/// Thread: main.
class LogModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by LogView")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    /// Lines that are kept, shown or not.
    static constexpr std::size_t kMostRows = 5000;
    /// Parts of the daemon that can be chosen; the daemon has fewer.
    static constexpr std::size_t kMostSubsystems = 64;

    enum Role {
        TimeRole = Qt::UserRole + 1,
        LevelRole,
        ToneRole,
        SubsystemRole,
        TextRole,
        /// A line that somebody put there, or that tells of lines that are missing.
        NoteRole
    };

    struct Filter {
        api::LogLevel least = api::LogLevel::Trace;
        /// Any of them; empty: all.
        std::set<std::string> subsystems;
        /// Part of the text or of the subsystem, in any case; empty: all.
        QString text;

        friend bool operator==(const Filter&, const Filter&) = default;
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(shown_.size()); }
    bool isEmpty() const { return rows_.empty(); }

    void append(const std::vector<api::LogLine>& lines);
    /// A row that is shown whatever the filter says.
    void appendNote(WallTime time, const QString& text);
    void setFilter(Filter filter);
    const Filter& filter() const { return filter_; }
    void clear();

    /// The parts of the daemon that wrote lines so far, by name.
    const std::set<std::string>& subsystems() const { return subsystems_; }
    /// What is shown, a line each.
    QString text() const;

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        api::LogLine line;
        /// Of a row that is no line.
        QString note;
    };

    bool passes(const Row& row) const;
    void append(std::vector<Row> rows);
    /// Takes the oldest rows away until so many more have room.
    void makeRoom(std::size_t more);

    std::deque<Row> rows_;
    /// The number of the first of them since the beginning.
    std::uint64_t first_ = 0;
    /// Numbers of the rows that pass.
    std::deque<std::uint64_t> shown_;
    Filter filter_;
    std::set<std::string> subsystems_;
};

/// "10:21:07.532" in the user's time zone.
QString logTime(WallTime time);
QString logLevelWord(api::LogLevel level);

}  // namespace weft::viewmodels
