// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/app_view_model.h"

#include <QElapsedTimer>
#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace weft::app {

/// The icon in the panel, its menu and its notifications. Says what the window says.
/// Thread: main.
class Tray final : public QObject {
    Q_OBJECT

public:
    explicit Tray(QObject* parent = nullptr);

    /// Whether there is a panel that shows icons.
    static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }

    /// Shows that set of view-models from now on; null shows none.
    void setApp(viewmodels::AppViewModel* app);
    /// What the panel is painted like.
    void setDark(bool dark);
    /// While the window is seen there are no notifications, and nothing is missed.
    void setWindowVisible(bool visible);
    void show();

    /// The menu as it is now. For tests, and for panels that ask late.
    QMenu& menu() { return menu_; }

Q_SIGNALS:
    void openAsked(const QString& place);
    void quitAsked();

private:
    void renew();
    void renewIcon();
    void fillMenu();
    void addState();
    void addMeshes();
    void notify(viewmodels::look::Tone tone, const QString& title, const QString& text);

    viewmodels::AppViewModel* app_ = nullptr;
    QSystemTrayIcon icon_;
    QMenu menu_;
    QTimer frames_;
    int frame_ = 0;
    QElapsedTimer lastNotice_;
    bool dark_ = false;
    bool windowVisible_ = false;
    bool attention_ = false;
};

/// Foreign text for a menu, where & marks a key.
QString menuText(const QString& text);
/// Foreign text for a notification or a tip, whose host may read markup.
QString markupSafe(const QString& text);

}  // namespace weft::app
