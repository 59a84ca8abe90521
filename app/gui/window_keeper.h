// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/tray_host.h"
#include "ui/viewmodels/notifications/notification_centre.h"
#include "ui/viewmodels/preferences.h"

#include <QObject>
#include <QPointer>
#include <QSettings>
#include <QWindow>

namespace weft::app {

/// Keeps the window within reach: what becomes of it when somebody closes it, when it begins
/// hidden, and when the panel with its icon goes. Thread: main.
class WindowKeeper final : public QObject {
    Q_OBJECT

public:
    /// All outlive this.
    WindowKeeper(
        QSettings& settings,
        const viewmodels::Preferences& preferences,
        TrayHost& host,
        QObject* parent = nullptr);

    /// From now on that one; null for none. `centre` says what has to be explained.
    void keep(QWindow* window, viewmodels::NotificationCentre* centre);
    /// Shows the kept window for the first time, as far as `hidden` lets it. Returns whether it is
    /// on the screen.
    bool begin(bool hidden);

Q_SIGNALS:
    /// Somebody closed the window; its place can still be read.
    void closing();
    void quitAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool takeClose(QEvent& event);
    void takeHost(bool available);
    /// Says it the first time of all.
    void explainOnce(const QString& key, const QString& title, const QString& text);

    QSettings& settings_;
    const viewmodels::Preferences& preferences_;
    TrayHost& host_;
    QPointer<QWindow> window_;
    QPointer<viewmodels::NotificationCentre> centre_;
};

}  // namespace weft::app
