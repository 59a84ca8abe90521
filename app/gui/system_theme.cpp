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
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");
constexpr uint kPrefersDark = 1;
constexpr uint kPrefersLight = 2;

bool paletteIsDark() {
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
           < palette.color(QPalette::WindowText).lightness();
}

}  // namespace

SystemTheme::SystemTheme(QObject* parent) : QObject(parent), dark_(paletteIsDark()) {}

void SystemTheme::ask() {
    // Without an address the library would try to start a bus, which takes long.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(
        kService,
        kPath,
        kInterface,
        QStringLiteral("SettingChanged"),
        this,
        SLOT(takeSetting(QString, QString, QDBusVariant)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) {
            take(reply.value().variant());
        }
    });
}

void SystemTheme::takeSetting(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == kGroup && key == kKey) {
        take(value.variant());
    }
}

void SystemTheme::take(const QVariant& value) {
    // Read wraps the value in a second variant; SettingChanged does not.
    const QVariant plain = value.canConvert<QDBusVariant>() && !value.canConvert<uint>()
                               ? value.value<QDBusVariant>().variant()
                               : value;
    const uint preference = plain.toUInt();
    if (preference != kPrefersDark && preference != kPrefersLight) {
        return;
    }
    const bool dark = preference == kPrefersDark;
    if (dark != dark_) {
        dark_ = dark;
        Q_EMIT changed(dark);
    }
}

}  // namespace weft::app
