// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/notifications/notification_centre.h"

#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {
namespace {

QString wordOf(look::Tone tone) {
    switch (tone) {
    case look::Tone::Ok:
        return NotificationCentre::tr("Good");
    case look::Tone::Warn:
        return NotificationCentre::tr("Warning");
    case look::Tone::Error:
        return NotificationCentre::tr("Error");
    default:
        return NotificationCentre::tr("Note");
    }
}

}  // namespace

NotificationCentre::NotificationCentre(
    const base::Clock& clock, const Preferences& preferences, QObject* parent)
    : QAbstractListModel(parent), clock_(clock), preferences_(preferences) {
    gap_.setSingleShot(true);
    gap_.setInterval(kGap);
    connect(&gap_, &QTimer::timeout, this, &NotificationCentre::popUpWaiting);
}

int NotificationCentre::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant NotificationCentre::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case TitleRole:
        return row.notice.title;
    case TextRole:
        return row.notice.text;
    case TimeRole:
        return relativeTime(row.at, clock_.wallNow());
    case ToneRole:
        return QVariant::fromValue(row.notice.tone);
    case WordRole:
        return wordOf(row.notice.tone);
    case UnreadRole:
        return row.unread;
    default:
        return {};
    }
}

QHash<int, QByteArray> NotificationCentre::roleNames() const {
    return {
        {TitleRole, "title"},
        {TextRole, "detail"},
        {TimeRole, "timeText"},
        {ToneRole, "tone"},
        {WordRole, "word"},
        {UnreadRole, "unread"},
    };
}

void NotificationCentre::post(const Notice& notice) {
    if (!preferences_.notifies(notice.category)) {
        return;
    }
    if (rows_.size() == kMost) {
        const int last = count() - 1;
        const bool wasUnread = rows_.back().unread;
        beginRemoveRows({}, last, last);
        rows_.pop_back();
        endRemoveRows();
        setUnread(unread_ - (wasUnread ? 1 : 0));
    }
    beginInsertRows({}, 0, 0);
    rows_.push_front({notice, clock_.wallNow(), true});
    endInsertRows();
    Q_EMIT countChanged();
    setUnread(unread_ + 1);
    if (!windowVisible_) {
        setAttention(true);
        popUp(notice);
    }
}

void NotificationCentre::popUp(const Notice& notice) {
    if (gap_.isActive()) {
        waiting_[notice.category] = notice;
        return;
    }
    gap_.start();
    Q_EMIT popupAsked(notice);
}

void NotificationCentre::popUpWaiting() {
    const auto waiting = std::exchange(waiting_, {});
    if (waiting.empty() || windowVisible_) {
        return;
    }
    gap_.start();
    for (const auto& [category, notice] : waiting) {
        Q_EMIT popupAsked(notice);
    }
}

void NotificationCentre::setWindowVisible(bool visible) {
    windowVisible_ = visible;
    if (visible) {
        waiting_.clear();
        setAttention(false);
    }
}

void NotificationCentre::markAllRead() {
    for (Row& row : rows_) {
        row.unread = false;
    }
    if (!rows_.empty() && unread_ > 0) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {UnreadRole});
    }
    setUnread(0);
    setAttention(false);
}

void NotificationCentre::clear() {
    if (!rows_.empty()) {
        beginResetModel();
        rows_.clear();
        endResetModel();
        Q_EMIT countChanged();
    }
    setUnread(0);
    setAttention(false);
}

void NotificationCentre::open(int row) {
    if (row < 0 || row >= count()) {
        return;
    }
    Row& opened = rows_.at(static_cast<std::size_t>(row));
    if (std::exchange(opened.unread, false)) {
        Q_EMIT dataChanged(index(row), index(row), {UnreadRole});
        setUnread(unread_ - 1);
    }
    const Notice notice = opened.notice;
    Q_EMIT openAsked(notice.profileId, notice.place);
}

void NotificationCentre::refreshAges() {
    if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {TimeRole});
    }
}

void NotificationCentre::setUnread(int unread) {
    if (unread != unread_) {
        unread_ = unread;
        Q_EMIT unreadChanged();
    }
}

void NotificationCentre::setAttention(bool attention) {
    if (attention != attention_) {
        attention_ = attention;
        Q_EMIT attentionChanged();
    }
}

}  // namespace weft::viewmodels
