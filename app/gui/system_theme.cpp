// SPDX-License-Identifier: Apache-2.0
#include "app/gui/system_theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace weft::app {
namespace {

// https://flatpak.github.io/xdg-desktop-portal, org.freedesktop.portal.Settings
const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kColorScheme = QStringLiteral("color-scheme");
const QString kContrast = QStringLiteral("contrast");
const QString kReducedMotion = QStringLiteral("reduced-motion");
constexpr uint kPrefersDark = 1;
constexpr uint kPrefersLight = 2;
constexpr uint kPrefersContrast = 1;
constexpr uint kPrefersNoMotion = 1;
// Desktops whose portal has no word for motion hand on their own setting.
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
const QString kGnomeAnimations = QStringLiteral("enable-animations");

bool paletteIsDark() {
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
           < palette.color(QPalette::WindowText).lightness();
}

}  // namespace

SystemTheme::SystemTheme(QObject* parent) : QObject(parent) {
    look_.dark = paletteIsDark();
}

void SystemTheme::ask() {
    // Without an address the library would try to start a bus, which takes long.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return;
    }
    QDBusConnection::sessionBus().connect(
        kService,
        kPath,
        kInterface,
        QStringLiteral("SettingChanged"),
        this,
        SLOT(takeSetting(QString, QString, QDBusVariant)));
    askFor(kAppearance, kColorScheme);
    askFor(kAppearance, kContrast);
    askFor(kGnome, kGnomeAnimations);
    // Last: where there is one, it says more than that of one desktop.
    askFor(kAppearance, kReducedMotion);
}

void SystemTheme::askFor(const QString& group, const QString& key) {
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) {
            take(group, key, reply.value().variant());
        }
    });
}

void SystemTheme::takeSetting(const QString& group, const QString& key, const QDBusVariant& value) {
    take(group, key, value.variant());
}

void SystemTheme::take(const QString& group, const QString& key, const QVariant& value) {
    // Read wraps the value in a second variant; SettingChanged does not.
    const QVariant plain = value.canConvert<QDBusVariant>() && !value.canConvert<uint>()
                               ? value.value<QDBusVariant>().variant()
                               : value;
    viewmodels::DesktopLook look = look_;
    const uint number = plain.toUInt();
    if (group == kAppearance && key == kColorScheme) {
        const bool isSaid = number == kPrefersDark || number == kPrefersLight;
        look.dark = isSaid ? number == kPrefersDark : look.dark;
    } else if (group == kAppearance && key == kContrast) {
        look.highContrast = number == kPrefersContrast;
    } else if (group == kAppearance && key == kReducedMotion) {
        look.reduceMotion = number == kPrefersNoMotion;
    } else if (group == kGnome && key == kGnomeAnimations) {
        look.reduceMotion = !plain.toBool();
    }
    if (look != look_) {
        look_ = look;
        Q_EMIT changed();
    }
}

}  // namespace weft::app
