// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/autostart.h"
#include "app/gui/core_factory.h"
#include "app/gui/desktop_notifier.h"
#include "app/gui/keychain_store.h"
#include "app/gui/options.h"
#include "app/gui/quick_panel.h"
#include "app/gui/quit_signals.h"
#include "app/gui/single_instance.h"
#include "app/gui/system_theme.h"
#include "app/gui/tray.h"
#include "app/gui/tray_host.h"
#include "app/gui/window_keeper.h"
#include "core/base/clock.h"
#include "ui/qml/items/main_window.h"
#include "ui/viewmodels/app_view_model.h"
#include "ui/viewmodels/core_choice.h"
#include "ui/viewmodels/language.h"

#include <QObject>
#include <QSettings>

#include <functional>
#include <memory>

namespace weft::app {

/// The desktop program: core, view-models, window, tray, and how they begin and end.
/// Thread: main.
class Application final : public QObject, public viewmodels::CoreChoice {
    Q_OBJECT

public:
    /// `language` outlives this.
    Application(GuiOptions options, viewmodels::Language& language);
    ~Application() override;

    /// False when there is nothing to run: another window was raised, or this one cannot be made.
    /// `exitCode` then says how to end.
    bool start(int& exitCode);

    // --- viewmodels::CoreChoice ---
    QString currentText() const override;
    bool isEmbedded() const override { return core_->isEmbedded(); }
    QStringList foundSockets() const override;
    void attach(const QString& path, StatusCallback done) override;
    void embed(StatusCallback done) override;
    bool isSandbox() const override { return core_->isSandbox(); }
    void openSandbox() override;
    void leaveSandbox() override;

private:
    std::unique_ptr<Core> chooseCore(std::unique_ptr<Core> replaced) const;
    /// The core that another is to replace; a sandbox that covers it ends.
    std::unique_ptr<Core> takeCore();
    /// Builds everything above `core` anew.
    bool useCore(std::unique_ptr<Core> core);
    bool makeWindow();
    void dropWindow();
    void useLanguage();
    /// Shows everything in the words of now.
    void speakAnew();
    /// `page` is where the new window begins; empty: where it usually does.
    void changeCoreLater(std::function<std::unique_ptr<Core>()> make, const QString& page = {});
    void showPlace(const QString& place);
    void startTray();
    /// A panel that shows icons came or went.
    void takeHost(bool available);
    void notify(const viewmodels::Notice& notice);
    void openNotice(const QString& profileId, const QString& place);
    /// Says the first time what becomes of the meshes.
    void explainQuit();
    void measure();
    QString geometryKey() const;
    void restoreGeometry();
    void saveGeometry();
    void quit();
    void endNow();

    const GuiOptions options_;
    viewmodels::Language& language_;
    base::SystemClock clock_;
    QSettings settings_;
    viewmodels::Appearance appearance_;
    viewmodels::Preferences preferences_;
    const std::unique_ptr<viewmodels::LoginItem> login_;
    SystemTheme systemTheme_;
    KeychainStore secrets_;
    TrayHost host_;
    WindowKeeper keeper_;
    DesktopNotifier notifier_;
    SingleInstance instance_;
    QuitSignals signals_;
    /// Somebody quits and the meshes are being left.
    bool leaving_ = false;
    std::unique_ptr<Core> core_;
    /// What the sandbox covers, still at work. Null outside of one, and in one from the start.
    std::unique_ptr<Core> covered_;
    bool changing_ = false;
    std::unique_ptr<viewmodels::AppViewModel> app_;
    std::unique_ptr<qml::MainWindow> window_;
    QuickPanel panel_;
    std::unique_ptr<Tray> tray_;
};

}  // namespace weft::app
