// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/log_model.h"

#include "ui/bridge/text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

look::Tone toneOf(api::LogLevel level) {
    switch (level) {
    case api::LogLevel::Error:
        return look::Tone::Error;
    case api::LogLevel::Warn:
        return look::Tone::Warn;
    case api::LogLevel::Info:
        return look::Tone::Accent;
    default:
        return look::Tone::Neutral;
    }
}

}  // namespace

QString logTime(WallTime time) {
    const auto since = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(since.count()).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString logLevelWord(api::LogLevel level) {
    switch (level) {
    case api::LogLevel::Trace:
        return LogModel::tr("Trace");
    case api::LogLevel::Debug:
        return LogModel::tr("Debug");
    case api::LogLevel::Info:
        return LogModel::tr("Info");
    case api::LogLevel::Warn:
        return LogModel::tr("Warning");
    case api::LogLevel::Error:
        return LogModel::tr("Error");
    case api::LogLevel::Off:
        break;
    }
    return LogModel::tr("Nothing");
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const std::uint64_t number = shown_.at(static_cast<std::size_t>(index.row()));
    const Row& row = rows_.at(static_cast<std::size_t>(number - first_));
    const bool isNote = !row.note.isEmpty();
    switch (role) {
    case TimeRole:
        return logTime(row.line.time);
    case LevelRole:
        return isNote ? QString() : logLevelWord(row.line.level);
    case ToneRole:
        return QVariant::fromValue(isNote ? look::Tone::Relay : toneOf(row.line.level));
    case SubsystemRole:
        return bridge::shown(row.line.subsystem);
    case TextRole:
        return isNote ? row.note : bridge::shownLong(row.line.text);
    case NoteRole:
        return isNote;
    default:
        return {};
    }
}

QHash<int, QByteArray> LogModel::roleNames() const {
    return {
        {TimeRole, "time"},
        {LevelRole, "level"},
        {ToneRole, "tone"},
        {SubsystemRole, "subsystem"},
        {TextRole, "text"},
        {NoteRole, "isNote"}};
}

bool LogModel::passes(const Row& row) const {
    if (!row.note.isEmpty()) {
        return true;
    }
    if (row.line.level < filter_.least
        || (!filter_.subsystems.empty() && !filter_.subsystems.contains(row.line.subsystem))) {
        return false;
    }
    return filter_.text.isEmpty()
           || QString::fromStdString(row.line.text).contains(filter_.text, Qt::CaseInsensitive)
           || QString::fromStdString(row.line.subsystem)
                  .contains(filter_.text, Qt::CaseInsensitive);
}

void LogModel::append(const std::vector<api::LogLine>& lines) {
    std::vector<Row> rows;
    rows.reserve(std::min(lines.size(), kMostRows));
    const std::size_t skipped = lines.size() - std::min(lines.size(), kMostRows);
    for (std::size_t at = skipped; at < lines.size(); ++at) {
        rows.push_back({lines[at], {}});
        if (subsystems_.size() < kMostSubsystems) {
            subsystems_.insert(lines[at].subsystem);
        }
    }
    append(std::move(rows));
}

void LogModel::appendNote(WallTime time, const QString& text) {
    Row row;
    row.line.time = time;
    row.note = text;
    append(std::vector<Row>{std::move(row)});
}

void LogModel::append(std::vector<Row> rows) {
    makeRoom(rows.size());
    std::vector<std::uint64_t> added;
    for (Row& row : rows) {
        if (passes(row)) {
            added.push_back(first_ + rows_.size());
        }
        rows_.push_back(std::move(row));
    }
    if (added.empty()) {
        return;
    }
    beginInsertRows({}, count(), count() + static_cast<int>(added.size()) - 1);
    shown_.insert(shown_.end(), added.begin(), added.end());
    endInsertRows();
    Q_EMIT countChanged();
}

void LogModel::makeRoom(std::size_t more) {
    if (rows_.size() + more <= kMostRows) {
        return;
    }
    const std::size_t gone = rows_.size() + more - kMostRows;
    const std::uint64_t first = first_ + gone;
    const auto kept = std::lower_bound(shown_.begin(), shown_.end(), first);
    const int hidden = static_cast<int>(kept - shown_.begin());
    if (hidden > 0) {
        beginRemoveRows({}, 0, hidden - 1);
        shown_.erase(shown_.begin(), kept);
    }
    rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(gone));
    first_ = first;
    if (hidden > 0) {
        endRemoveRows();
        Q_EMIT countChanged();
    }
}

void LogModel::setFilter(Filter filter) {
    if (filter == filter_) {
        return;
    }
    beginResetModel();
    filter_ = std::move(filter);
    shown_.clear();
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        if (passes(rows_[at])) {
            shown_.push_back(first_ + at);
        }
    }
    endResetModel();
    Q_EMIT countChanged();
}

void LogModel::clear() {
    if (rows_.empty()) {
        return;
    }
    beginResetModel();
    first_ += rows_.size();
    rows_.clear();
    shown_.clear();
    endResetModel();
    Q_EMIT countChanged();
}

QString LogModel::text() const {
    QString all;
    for (const std::uint64_t number : shown_) {
        const Row& row = rows_.at(static_cast<std::size_t>(number - first_));
        const QString time =
            QDateTime::fromMSecsSinceEpoch(
                std::chrono::floor<std::chrono::milliseconds>(row.line.time.time_since_epoch())
                    .count())
                .toUTC()
                .toString(Qt::ISODateWithMs);
        if (row.note.isEmpty()) {
            all += QStringLiteral("%1 %2 %3: %4\n")
                       .arg(
                           time,
                           QString::fromStdString(std::string(base::nameOf(row.line.level))),
                           bridge::shown(row.line.subsystem),
                           bridge::shownLong(row.line.text));
        } else {
            all += QStringLiteral("%1 --- %2\n").arg(time, row.note);
        }
    }
    return all;
}

}  // namespace weft::viewmodels
