// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray.h"

#include "app/gui/menu_lines.h"
#include "ui/qml/items/state_shape.h"

#include <QIcon>

namespace weft::app {
namespace {

using viewmodels::Preferences;
using viewmodels::look::Tone;

constexpr int kNoticeMilliseconds = 4000;
/// Standing still, the moving shape shows two nodes.
constexpr int kStillFrame = 2;

}  // namespace

QString markupSafe(const QString& text) {
    QString safe = text;
    // Look-alikes instead of entities: a host that reads no markup would show the entities.
    safe.replace(QLatin1Char('<'), QChar(0x2039));
    safe.replace(QLatin1Char('>'), QChar(0x203A));
    safe.replace(QLatin1Char('&'), QChar(0xFF06));
    return safe;
}

Tray::Tray(QObject* parent) : QObject(parent) {
    icon_.setContextMenu(&menu_);
    frames_.setInterval(kFramePeriod);
    connect(&frames_, &QTimer::timeout, this, [this] {
        frame_ = (frame_ + 1) % qml::kShapeFrames;
        if (++framesShown_ * kFramePeriod >= kLongestMove) {
            frames_.stop();
            frame_ = kStillFrame;
        }
        renewIcon();
    });
    glance_.setSingleShot(true);
    glance_.setInterval(kLongestGlance);
    connect(&glance_, &QTimer::timeout, this, [this] { setGlance(false); });
    connect(&menu_, &QMenu::aboutToShow, this, [this] {
        setGlance(true);
        renewMenu();
    });
    // After the menu has gone: what was put off meanwhile is done now.
    connect(&menu_, &QMenu::aboutToHide, this, [this] { setGlance(false); });
    connect(&menu_, &QMenu::aboutToHide, this, &Tray::renewMenu, Qt::QueuedConnection);
    connect(&icon_, &QSystemTrayIcon::activated, this, &Tray::takeClick);
    connect(&icon_, &QSystemTrayIcon::messageClicked, this, &Tray::messageClicked);
    renew();
}

Tray::~Tray() {
    // The menu goes before the icon that shows it otherwise.
    icon_.setContextMenu(nullptr);
}

void Tray::setApp(viewmodels::AppViewModel* app) {
    if (app_ != nullptr) {
        setGlance(false);
        app_->disconnect(this);
        for (QObject* part : std::initializer_list<QObject*>{
                 app_->connection(),
                 app_->exits(),
                 app_->profiles(),
                 app_->preferences(),
                 app_->notifications(),
                 app_->changes()->waiting(),
                 app_->allPeers()}) {
            part->disconnect(this);
        }
    }
    app_ = app;
    if (app_ != nullptr) {
        connect(app_, &viewmodels::AppViewModel::presentationChanged, this, &Tray::renew);
        connect(app_->connection(), &viewmodels::ConnectionViewModel::changed, this, &Tray::renew);
        connect(
            app_->connection(),
            &viewmodels::ConnectionViewModel::busyChanged,
            this,
            &Tray::renewMenu);
        connect(app_->exits(), &viewmodels::ExitNodes::changed, this, &Tray::renew);
        connect(app_->preferences(), &Preferences::changed, this, &Tray::renew);
        connect(
            app_->notifications(),
            &viewmodels::NotificationCentre::attentionChanged,
            this,
            &Tray::renewIcon);
        connect(
            app_->changes()->waiting(),
            &viewmodels::WaitingChange::changed,
            this,
            &Tray::renewMenu);
        connect(app_->allPeers(), &viewmodels::PeersModel::countChanged, this, &Tray::renewMenu);
    }
    renew();
}

void Tray::setDark(bool dark) {
    dark_ = dark;
    renewIcon();
}

void Tray::show() {
    icon_.show();
}

void Tray::setGlance(bool glances) {
    if (glances) {
        glance_.start();
    } else {
        glance_.stop();
    }
    if (app_ != nullptr) {
        app_->setGlance(glances);
    }
}

void Tray::takeClick(QSystemTrayIcon::ActivationReason why) {
    if (why == QSystemTrayIcon::Trigger) {
        Q_EMIT panelAsked();
    } else if (why == QSystemTrayIcon::DoubleClick) {
        Q_EMIT openAsked(QString());
    }
}

void Tray::renew() {
    const bool moves =
        app_ != nullptr && app_->connection()->animated() && !app_->appearance()->reduceMotion();
    if (!moves) {
        frames_.stop();
        framesShown_ = 0;
        frame_ = kStillFrame;
    } else if (framesShown_ == 0 && !frames_.isActive()) {
        frame_ = 0;
        frames_.start();
    }
    renewIcon();
    renewMenu();
}

TrayInk Tray::ink() const {
    const auto style =
        app_ == nullptr ? Preferences::TrayIconStyle::Auto : app_->preferences()->trayIconStyle();
    switch (style) {
    case Preferences::TrayIconStyle::Colour:
        return TrayInk::Colour;
    case Preferences::TrayIconStyle::Light:
        return TrayInk::LightMono;
    case Preferences::TrayIconStyle::Dark:
        return TrayInk::DarkMono;
    case Preferences::TrayIconStyle::Auto:
        break;
    }
    return isPanelDark(qEnvironmentVariable("XDG_CURRENT_DESKTOP"), dark_) ? TrayInk::LightMono
                                                                           : TrayInk::DarkMono;
}

void Tray::renewIcon() {
    TrayIconLook look;
    look.ink = ink();
    QString tip = tr("Weft");
    if (app_ != nullptr) {
        const viewmodels::ConnectionViewModel& mesh = *app_->connection();
        look.shape = mesh.shape();
        look.tone = mesh.tone();
        look.frame = look.shape == viewmodels::look::Shape::Filling ? frame_ : 0;
        look.attention = app_->notifications()->attention();
        tip = mesh.exists() ? tr("%1: %2").arg(mesh.profileName(), mesh.word()) : mesh.word();
    }
    // Each is sent to the panel, pixel by pixel.
    if (look != look_) {
        look_ = look;
        icon_.setIcon(makeTrayIcon(look));
    }
    if (const QString safe = markupSafe(tip); safe != icon_.toolTip()) {
        icon_.setToolTip(safe);
    }
}

void Tray::renewMenu() {
    const TrayCommands commands{
        [this](const QString& place) { Q_EMIT openAsked(place); }, [this] { Q_EMIT quitAsked(); }};
    updateMenu(menu_, trayEntries(app_, commands));
}

void Tray::showMessage(const viewmodels::Notice& notice) {
    const auto kind = notice.tone == Tone::Error  ? QSystemTrayIcon::Critical
                      : notice.tone == Tone::Warn ? QSystemTrayIcon::Warning
                                                  : QSystemTrayIcon::Information;
    icon_.showMessage(markupSafe(notice.title), markupSafe(notice.text), kind, kNoticeMilliseconds);
}

}  // namespace weft::app
