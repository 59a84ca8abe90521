// SPDX-License-Identifier: Apache-2.0
#include "app/gui/application.h"

#include "app/gui/app_icon.h"
#include "app/gui/process_figures.h"
#include "core/base/log.h"

#include <QApplication>
#include <QScreen>
#include <QTimer>

#include <cstdio>
#include <utility>

namespace weft::app {
namespace {

using namespace std::chrono_literals;

/// After the first frame, when the core is up too.
constexpr std::chrono::milliseconds kMeasureAfter = 1500ms;
/// A service that does not answer keeps nobody from quitting.
constexpr std::chrono::milliseconds kLeaveWithin = 5s;
const QString kGeometryGroup = QStringLiteral("window/");
const QString kToldQuit = QStringLiteral("told/quit");

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("gui");
    return logger;
}

std::vector<std::filesystem::path> candidates() {
    return config::socketCandidates(config::requestOfProcess(0, nullptr).environment);
}

}  // namespace

Application::Application(GuiOptions options, viewmodels::Language& language)
    : options_(std::move(options))
    , language_(language)
    , settings_(
          QSettings::IniFormat,
          QSettings::UserScope,
          QStringLiteral("weft"),
          QStringLiteral("window"))
    , appearance_(&settings_)
    , preferences_(&settings_)
    , login_(systemLoginItem())
    , secrets_(settings_)
    , keeper_(settings_, preferences_, host_)
    // A sandbox is a window of its own beside that of the real meshes.
    , instance_(
          SingleInstance::defaultName()
          + (options_.sandbox ? QStringLiteral("-sandbox") : QString())) {
    useLanguage();
    appearance_.setDesktop(systemTheme_.look());
    connect(&systemTheme_, &SystemTheme::changed, this, [this] {
        appearance_.setDesktop(systemTheme_.look());
        if (tray_) {
            tray_->setDark(systemTheme_.isDark());
        }
    });
    connect(&appearance_, &viewmodels::Appearance::languageChanged, this, [this] {
        useLanguage();
        speakAnew();
    });
    connect(
        &preferences_, &viewmodels::Preferences::byteUnitsChanged, this, [this] { speakAnew(); });
    connect(&instance_, &SingleInstance::raiseAsked, this, [this] { showPlace({}); });
    connect(&signals_, &QuitSignals::asked, this, &Application::quit);
    connect(&keeper_, &WindowKeeper::closing, this, &Application::saveGeometry);
    connect(&keeper_, &WindowKeeper::quitAsked, this, &Application::quit);
    connect(&panel_, &QuickPanel::openAsked, this, &Application::showPlace);
    connect(&host_, &TrayHost::changed, this, &Application::takeHost);
    connect(&notifier_, &DesktopNotifier::activated, this, &Application::openNotice);
    connect(&notifier_, &DesktopNotifier::refused, this, [this](const viewmodels::Notice& notice) {
        if (tray_) {
            tray_->showMessage(notice);
        }
    });
}

Application::~Application() {
    tray_.reset();
    dropWindow();
    app_.reset();
}

bool Application::start(int& exitCode) {
    exitCode = 0;
    if (!options_.measureFirstFrame) {
        if (instance_.raiseOther()) {
            log().info("another window runs and was raised");
            return false;
        }
        if (!instance_.listen()) {
            log().warn("a second start will not find this window");
        }
    }
    if (options_.resetWindow) {
        settings_.remove(kGeometryGroup);
    }
    systemTheme_.ask();
    host_.begin();
    if (!useCore(options_.sandbox ? Core::sandbox() : chooseCore(nullptr))) {
        exitCode = 1;
        return false;
    }
    if (options_.measureFirstFrame) {
        measure();
    }
    // After the first frame: panels and window lists can wait.
    QTimer::singleShot(0, this, [this] {
        QGuiApplication::setWindowIcon(appIcon());
        host_.watch();
        startTray();
    });
    if (keeper_.begin(options_.hidden)) {
        if (!options_.hidden) {
            window_->raise();
        }
        if (!options_.page.isEmpty()) {
            window_->open(options_.page);
        }
    }
    return true;
}

std::unique_ptr<Core> Application::chooseCore(std::unique_ptr<Core> replaced) const {
    if (!options_.socket.isEmpty()) {
        return Core::attach(options_.socket.toStdString(), std::move(replaced));
    }
    if (!options_.embedded) {
        for (const auto& path : candidates()) {
            if (probeSocket(path).ok()) {
                log().info("attaching socket={}", path.string());
                return Core::attach(path, std::move(replaced));
            }
        }
    }
    return Core::embed(options_.core, std::move(replaced));
}

std::unique_ptr<Core> Application::takeCore() {
    if (covered_ == nullptr) {
        return std::move(core_);
    }
    covered_->outlive(std::move(core_));
    return std::move(covered_);
}

bool Application::useCore(std::unique_ptr<Core> core) {
    core_ = std::move(core);
    app_ = std::make_unique<viewmodels::AppViewModel>(
        core_->controller(),
        viewmodels::AppServices{clock_, appearance_, &secrets_, this, &preferences_, login_.get()});
    app_->start();
    // Nobody sees the window before it is shown.
    app_->setActive(false);
    connect(
        app_->notifications(),
        &viewmodels::NotificationCentre::popupAsked,
        this,
        &Application::notify);
    if (tray_) {
        tray_->setApp(app_.get());
    }
    return makeWindow();
}

bool Application::makeWindow() {
    window_ = std::make_unique<qml::MainWindow>(*app_);
    QQuickWindow* window = window_->window();
    if (window == nullptr) {
        log().error("the window cannot be made");
        return false;
    }
    restoreGeometry();
    keeper_.keep(window, app_->notifications());
    connect(window_.get(), &qml::MainWindow::quitAsked, this, &Application::quit);
    connect(window, &QWindow::visibilityChanged, this, [this](QWindow::Visibility visibility) {
        app_->setActive(visibility != QWindow::Hidden && visibility != QWindow::Minimized);
    });
    return true;
}

void Application::dropWindow() {
    panel_.drop();
    if (window_ && window_->window() != nullptr) {
        saveGeometry();
        keeper_.keep(nullptr, nullptr);
        window_->window()->disconnect(this);
    }
    window_.reset();
}

QString Application::currentText() const {
    if (isSandbox()) {
        return tr("Sandbox");
    }
    return isEmbedded() ? tr("Built-in core") : QString::fromStdString(core_->socket().string());
}

QStringList Application::foundSockets() const {
    QStringList found;
    for (const auto& path : candidates()) {
        if (path != core_->socket() && probeSocket(path).ok()) {
            found.append(QString::fromStdString(path.string()));
        }
    }
    return found;
}

void Application::attach(const QString& path, StatusCallback done) {
    const Status status = probeSocket(path.toStdString());
    done(status);
    if (status.ok()) {
        changeCoreLater([this, path] { return Core::attach(path.toStdString(), takeCore()); });
    }
}

void Application::embed(StatusCallback done) {
    done(okStatus());
    if (covered_ != nullptr && covered_->isEmbedded()) {
        leaveSandbox();
    } else if (!isEmbedded()) {
        changeCoreLater([this] { return Core::embed(options_.core, takeCore()); });
    }
}

void Application::openSandbox() {
    if (isSandbox()) {
        return;
    }
    changeCoreLater([this] {
        covered_ = std::move(core_);
        return Core::sandbox();
    });
}

void Application::leaveSandbox() {
    if (!isSandbox()) {
        return;
    }
    changeCoreLater([this] { return covered_ == nullptr ? chooseCore(takeCore()) : takeCore(); });
}

void Application::useLanguage() {
    const QString code = appearance_.language();
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    language_.use(locale);
}

void Application::speakAnew() {
    // Texts that were made with the old words are everywhere above the core: it alone stays.
    const QString page = window_->window()->property("page").toString();
    changeCoreLater([this] { return std::move(core_); }, page);
}

void Application::changeCoreLater(
    std::function<std::unique_ptr<Core>()> make, const QString& page) {
    // Not now: the one who asks is part of what is built anew. And once: a second wish of the same
    // moment would find another core than the one it was made over.
    if (changing_) {
        return;
    }
    changing_ = true;
    QTimer::singleShot(0, this, [this, make = std::move(make), page] {
        changing_ = false;
        const bool visible = window_->window()->isVisible();
        if (tray_) {
            tray_->setApp(nullptr);
        }
        dropWindow();
        app_.reset();
        if (!useCore(make())) {
            QCoreApplication::exit(1);
            return;
        }
        if (visible) {
            window_->raise();
        }
        if (!page.isEmpty()) {
            window_->open(page);
        }
    });
}

void Application::showPlace(const QString& place) {
    window_->raise();
    if (!place.isEmpty()) {
        window_->open(place);
    }
}

void Application::startTray() {
    if (!host_.isAvailable() || tray_) {
        return;
    }
    tray_ = std::make_unique<Tray>();
    tray_->setDark(systemTheme_.isDark());
    tray_->setApp(app_.get());
    connect(tray_.get(), &Tray::openAsked, this, &Application::showPlace);
    connect(
        tray_.get(), &Tray::panelAsked, this, [this] { panel_.toggle(*app_, tray_->geometry()); });
    connect(tray_.get(), &Tray::messageClicked, this, [this] { showPlace({}); });
    connect(tray_.get(), &Tray::quitAsked, this, &Application::quit);
    tray_->show();
}

void Application::takeHost(bool available) {
    // The icon stays when a panel goes: it shows itself again when one comes.
    if (available) {
        startTray();
    }
}

void Application::notify(const viewmodels::Notice& notice) {
    notifier_.show(notice);
}

void Application::openNotice(const QString& profileId, const QString& place) {
    if (!profileId.isEmpty()) {
        app_->showProfile(profileId);
    }
    showPlace(place);
}

void Application::explainQuit() {
    // Who chose to disconnect knows.
    const bool isChosen = preferences_.disconnectOnQuit() && !isEmbedded();
    if (isChosen || settings_.value(kToldQuit).toBool() || !app_->connection()->inMesh()) {
        return;
    }
    settings_.setValue(kToldQuit, true);
    viewmodels::Notice notice;
    if (isEmbedded()) {
        notice.title = tr("The mesh is left");
        notice.text = tr("Its core ends with this program.");
    } else {
        notice.title = tr("The mesh stays connected");
        notice.text = tr("The background service goes on without this window.");
    }
    notifier_.showLast(notice);
}

void Application::measure() {
    QQuickWindow* window = window_->window();
    connect(
        window,
        &QQuickWindow::frameSwapped,
        this,
        [this] {
            const auto time = sinceProcessStart();
            QTimer::singleShot(kMeasureAfter, this, [time] {
                const auto resident = residentBytes();
                std::printf(
                    "first frame %lld ms, resident %zu KB\n",
                    time ? static_cast<long long>(time->count()) : -1,
                    resident.value_or(0) / 1024);
                std::fflush(stdout);
                QCoreApplication::exit();
            });
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

QString Application::geometryKey() const {
    // Another set of screens, another place.
    QStringList screens;
    for (const QScreen* screen : QGuiApplication::screens()) {
        const QRect at = screen->geometry();
        screens.append(
            QStringLiteral("%1x%2+%3+%4").arg(at.width()).arg(at.height()).arg(at.x()).arg(at.y()));
    }
    return kGeometryGroup + screens.join(QLatin1Char('_'));
}

void Application::restoreGeometry() {
    QQuickWindow* window = window_->window();
    const QRect kept = settings_.value(geometryKey()).toRect();
    bool visible = false;
    for (const QScreen* screen : QGuiApplication::screens()) {
        visible = visible || screen->availableGeometry().intersects(kept);
    }
    if (kept.isValid() && visible) {
        window->setGeometry(kept);
    }
}

void Application::saveGeometry() {
    const QQuickWindow* window = window_->window();
    if (window != nullptr && window->visibility() == QWindow::Windowed) {
        settings_.setValue(geometryKey(), window->geometry());
    }
}

void Application::quit() {
    saveGeometry();
    // The embedded core leaves its meshes by itself.
    if (!preferences_.disconnectOnQuit() || isEmbedded() || std::exchange(leaving_, true)) {
        endNow();
        return;
    }
    window_->window()->hide();
    auto* profiles = app_->profiles();
    for (int row = 0; row < profiles->count(); ++row) {
        const QModelIndex at = profiles->index(row);
        if (at.data(viewmodels::ProfilesModel::ConnectedRole).toBool()) {
            profiles->disconnectFrom(at.data(viewmodels::ProfilesModel::ProfileIdRole).toString());
        }
    }
    if (!profiles->busy()) {
        endNow();
        return;
    }
    connect(profiles, &viewmodels::ProfilesModel::busyChanged, this, [this, profiles] {
        if (!profiles->busy()) {
            endNow();
        }
    });
    QTimer::singleShot(kLeaveWithin, this, &Application::endNow);
}

void Application::endNow() {
    explainQuit();
    // Leaving the meshes may take a moment; nobody has to look on.
    if (tray_) {
        tray_.reset();
    }
    // Quitting closes each window, which would only hide this one.
    keeper_.keep(nullptr, nullptr);
    window_->window()->hide();
    QCoreApplication::quit();
}

}  // namespace weft::app
