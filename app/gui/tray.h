// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/tray_icon.h"
#include "ui/viewmodels/app_view_model.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <chrono>
#include <optional>

namespace weft::app {

/// The icon in the panel and its menu. Says what the window says.
/// Thread: main.
class Tray final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kFramePeriod{250};
    /// What has moved for so long stands still: it will not settle soon, and panels repaint.
    static constexpr std::chrono::seconds kLongestMove{60};
    /// Members are followed so long after the menu was opened. Not all panels say that it closed.
    static constexpr std::chrono::seconds kLongestGlance{30};

    explicit Tray(QObject* parent = nullptr);
    ~Tray() override;

    /// Shows that set of view-models from now on; null shows none.
    void setApp(viewmodels::AppViewModel* app);
    /// What the desktop is painted like.
    void setDark(bool dark);
    void show();
    /// Where the icon is; empty where the panel does not say.
    QRect geometry() const { return icon_.geometry(); }
    /// By the panel, for what the desktop's own service does not take. Plain text.
    void showMessage(const viewmodels::Notice& notice);

    /// The menu as it is now. For tests, and for panels that ask late.
    QMenu& menu() { return menu_; }
    const TrayIconLook& look() const { return *look_; }

Q_SIGNALS:
    void openAsked(const QString& place);
    /// The icon was clicked.
    void panelAsked();
    void quitAsked();
    void messageClicked();

private:
    void renew();
    void renewIcon();
    void renewMenu();
    void setGlance(bool glances);
    void takeClick(QSystemTrayIcon::ActivationReason why);
    TrayInk ink() const;

    viewmodels::AppViewModel* app_ = nullptr;
    QMenu menu_;
    QSystemTrayIcon icon_;
    QTimer frames_;
    QTimer glance_;
    int frame_ = 0;
    int framesShown_ = 0;
    bool dark_ = false;
    std::optional<TrayIconLook> look_;
};

/// Foreign text for a notification or a tip, whose host may read markup.
QString markupSafe(const QString& text);

}  // namespace weft::app
