// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/viewmodels/look.h"
#include "ui/viewmodels/preferences.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>
#include <QTimer>

#include <cstddef>
#include <deque>
#include <map>

namespace weft::viewmodels {

/// Something that people may want to hear of. Texts are plain.
struct Notice {
    Preferences::Category category = Preferences::Category::Connection;
    look::Tone tone = look::Tone::Neutral;
    QString title;
    QString text;
    /// The page that it leads to, as Main.qml names it.
    QString place;
    /// The mesh that it is about; empty for none.
    QString profileId;
};

/// What happened, newest first, and what of it is worth a notification of the desktop. Categories
/// that somebody does not want are not kept at all.
/// Thread: main.
class NotificationCentre final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// Since somebody last looked at the list.
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)

public:
    /// So many are kept.
    static constexpr std::size_t kMost = 100;
    /// Two notifications closer than this are one: of each category the last is shown.
    static constexpr std::chrono::milliseconds kGap{500};

    enum Role {
        TitleRole = Qt::UserRole + 1,
        TextRole,
        TimeRole,
        ToneRole,
        WordRole,
        UnreadRole,
    };

    NotificationCentre(
        const base::Clock& clock, const Preferences& preferences, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(rows_.size()); }
    int unread() const { return unread_; }
    /// Something came while nobody saw the window: the dot at the icon of the tray.
    bool attention() const { return attention_; }

    void post(const Notice& notice);
    /// While somebody sees the window nothing pops up, and nothing is missed.
    void setWindowVisible(bool visible);

    Q_INVOKABLE void markAllRead();
    Q_INVOKABLE void clear();
    /// Goes where the notice leads to.
    Q_INVOKABLE void open(int row);
    /// The times anew.
    Q_INVOKABLE void refreshAges();

Q_SIGNALS:
    void countChanged();
    void unreadChanged();
    void attentionChanged();
    /// To be shown by the desktop, in place of the one before of the same category.
    void popupAsked(const weft::viewmodels::Notice& notice);
    void openAsked(const QString& profileId, const QString& place);

private:
    struct Row {
        Notice notice;
        WallTime at{};
        bool unread = true;
    };

    void popUp(const Notice& notice);
    void popUpWaiting();
    void setUnread(int unread);
    void setAttention(bool attention);

    const base::Clock& clock_;
    const Preferences& preferences_;
    std::deque<Row> rows_;
    int unread_ = 0;
    bool attention_ = false;
    bool windowVisible_ = false;
    QTimer gap_;
    std::map<Preferences::Category, Notice> waiting_;
};

}  // namespace weft::viewmodels
