// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray.h"

#include "ui/qml/items/state_shape.h"

#include <QIcon>
#include <QPainter>
#include <QPixmap>

#include <array>

namespace weft::app {
namespace {

using viewmodels::look::Action;
using viewmodels::look::Tone;

constexpr std::chrono::milliseconds kFramePeriod{250};
/// Two notifications closer than this are one event in two words.
constexpr int kNoticeGapMilliseconds = 500;
constexpr int kNoticeMilliseconds = 4000;
/// What panels ask for.
constexpr std::array kIconSizes{16, 22, 24, 32, 48, 64};
constexpr qsizetype kMenuCharacters = 48;

QIcon makeIcon(const qml::ShapeStyle& style) {
    QIcon icon;
    for (const int size : kIconSizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        qml::paintShape(painter, QRectF(0, 0, size, size), style);
        icon.addPixmap(pixmap);
    }
    return icon;
}

}  // namespace

QString menuText(const QString& text) {
    QString safe =
        text.size() > kMenuCharacters ? text.left(kMenuCharacters) + QChar(0x2026) : text;
    return safe.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

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
        renewIcon();
    });
    connect(
        &icon_, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason why) {
            if (why == QSystemTrayIcon::Trigger || why == QSystemTrayIcon::DoubleClick) {
                Q_EMIT openAsked(QString());
            }
        });
    connect(
        &icon_, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT openAsked(QString()); });
    renewIcon();
    fillMenu();
}

void Tray::setApp(viewmodels::AppViewModel* app) {
    if (app_ != nullptr) {
        app_->disconnect(this);
        app_->connection()->disconnect(this);
    }
    app_ = app;
    if (app_ != nullptr) {
        connect(app_, &viewmodels::AppViewModel::presentationChanged, this, &Tray::renew);
        connect(app_->connection(), &viewmodels::ConnectionViewModel::changed, this, &Tray::renew);
        connect(app_, &viewmodels::AppViewModel::notice, this, &Tray::notify);
    }
    renew();
}

void Tray::setDark(bool dark) {
    dark_ = dark;
    renewIcon();
}

void Tray::setWindowVisible(bool visible) {
    windowVisible_ = visible;
    if (visible && attention_) {
        attention_ = false;
        renewIcon();
    }
}

void Tray::show() {
    icon_.show();
}

void Tray::renew() {
    const bool moves = app_ != nullptr && app_->connection()->animated();
    if (moves && !frames_.isActive()) {
        frames_.start();
    } else if (!moves) {
        frames_.stop();
    }
    renewIcon();
    fillMenu();
}

void Tray::renewIcon() {
    qml::ShapeStyle style;
    style.ink = dark_ ? QColor(0xED, 0xF0, 0xF4) : QColor(0x15, 0x19, 0x1F);
    style.badge = dark_ ? QColor(0xF2, 0xB2, 0x4C) : QColor(0x8F, 0x54, 0x00);
    style.ground = Qt::transparent;
    style.frame = frame_;
    style.attention = attention_;
    style.shape = viewmodels::look::Shape::Dashed;
    QString tip = tr("Weft");
    if (app_ != nullptr) {
        const viewmodels::ConnectionViewModel& mesh = *app_->connection();
        style.shape = mesh.shape();
        if (mesh.tone() == Tone::Error) {
            style.badge = dark_ ? QColor(0xFF, 0x8A, 0x80) : QColor(0xB3, 0x24, 0x24);
        }
        tip = mesh.exists() ? tr("%1: %2").arg(mesh.profileName(), mesh.word()) : mesh.word();
    }
    icon_.setIcon(makeIcon(style));
    icon_.setToolTip(markupSafe(tip));
}

void Tray::fillMenu() {
    menu_.clear();
    if (app_ != nullptr) {
        addState();
        addMeshes();
        menu_.addSeparator();
    }
    menu_.addAction(tr("Open Weft"), this, [this] { Q_EMIT openAsked(QString()); });
    menu_.addAction(
        tr("Settings…"), this, [this] { Q_EMIT openAsked(QStringLiteral("settings")); });
    menu_.addSeparator();
    menu_.addAction(tr("Quit"), this, [this] { Q_EMIT quitAsked(); });
}

void Tray::addState() {
    viewmodels::ConnectionViewModel& mesh = *app_->connection();
    const QString head =
        mesh.exists() ? tr("%1: %2").arg(mesh.profileName(), mesh.word()) : mesh.word();
    menu_.addAction(menuText(head), this, [this] { Q_EMIT openAsked(QString()); });
    if (mesh.inMesh() && !mesh.addressIpv4().isEmpty()) {
        const QString address = mesh.addressIpv4();
        menu_.addAction(tr("Copy %1").arg(menuText(address)), this, [this, address] {
            app_->copy(address, tr("IPv4"));
        });
    }
    menu_.addSeparator();
    if (mesh.action() != Action::NoAction) {
        QAction* act =
            menu_.addAction(mesh.actionText(), this, [this] { app_->connection()->act(); });
        act->setEnabled(mesh.actionHint().isEmpty() && !mesh.busy());
    }
}

void Tray::addMeshes() {
    viewmodels::ProfilesModel& profiles = *app_->profiles();
    if (profiles.count() < 2) {
        return;
    }
    QMenu* meshes = menu_.addMenu(tr("Meshes"));
    for (int row = 0; row < profiles.count(); ++row) {
        const QModelIndex at = profiles.index(row);
        const auto text = [&at](viewmodels::ProfilesModel::Role role) {
            return at.data(role).toString();
        };
        const QString id = text(viewmodels::ProfilesModel::ProfileIdRole);
        const QString line = tr("%1 (%2)").arg(
            menuText(text(viewmodels::ProfilesModel::NameRole)),
            menuText(text(viewmodels::ProfilesModel::StateRole)));
        QAction* choose = meshes->addAction(line, this, [this, id] { app_->showProfile(id); });
        choose->setCheckable(true);
        choose->setChecked(at.data(viewmodels::ProfilesModel::CurrentRole).toBool());
    }
}

void Tray::notify(Tone tone, const QString& title, const QString& text) {
    if (windowVisible_) {
        return;
    }
    attention_ = true;
    renewIcon();
    if (lastNotice_.isValid() && lastNotice_.elapsed() < kNoticeGapMilliseconds) {
        return;
    }
    lastNotice_.start();
    const auto kind = tone == Tone::Error  ? QSystemTrayIcon::Critical
                      : tone == Tone::Warn ? QSystemTrayIcon::Warning
                                           : QSystemTrayIcon::Information;
    icon_.showMessage(markupSafe(title), markupSafe(text), kind, kNoticeMilliseconds);
}

}  // namespace weft::app
