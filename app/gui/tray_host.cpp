// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray_host.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusServiceWatcher>
#include <QSystemTrayIcon>

#include <utility>

namespace weft::app {
namespace {

const QString kWatcher = QStringLiteral("org.kde.StatusNotifierWatcher");

bool hasBus() {
    // Without an address the library would try to start a bus, which takes long.
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
           && QDBusConnection::sessionBus().isConnected();
}

bool hasWatcher() {
    return hasBus() && QDBusConnection::sessionBus().interface()->isServiceRegistered(kWatcher);
}

/// Qt decides at its first look which kind of panel it speaks to. Of the kind on the bus it would
/// ask the panel itself each time and wait for it, which may hang: afterwards the bus is asked.
std::function<bool()> lookAtDesktop() {
    return [isFirst = true, isOnBus = false]() mutable {
        if (!std::exchange(isFirst, false) && isOnBus) {
            return hasWatcher();
        }
        const bool available = QSystemTrayIcon::isSystemTrayAvailable();
        isOnBus = isOnBus || (available && hasWatcher());
        return available;
    };
}

}  // namespace

TrayHost::TrayHost(QObject* parent) : TrayHost(lookAtDesktop(), parent) {}

TrayHost::TrayHost(std::function<bool()> isThere, QObject* parent)
    : QObject(parent), isThere_(std::move(isThere)) {
    timer_.setInterval(kLookPeriod);
    connect(&timer_, &QTimer::timeout, this, &TrayHost::look);
}

void TrayHost::begin() {
    available_ = isThere_();
}

void TrayHost::watch() {
    timer_.start();
    if (!hasBus()) {
        return;
    }
    auto* owner = new QDBusServiceWatcher(
        kWatcher, QDBusConnection::sessionBus(), QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(owner, &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayHost::look);
}

void TrayHost::look() {
    const bool available = isThere_();
    if (available != available_) {
        available_ = available;
        Q_EMIT changed(available);
    }
}

}  // namespace weft::app
