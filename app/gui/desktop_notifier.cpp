// SPDX-License-Identifier: Apache-2.0
#include "app/gui/desktop_notifier.h"

#include "app/gui/tray.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <algorithm>
#include <utility>

namespace weft::app {
namespace {

using viewmodels::look::Tone;

// https://specifications.freedesktop.org/notification-spec, version 1.2
const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
const QString kInterface = QStringLiteral("org.freedesktop.Notifications");
/// The action of a click on the notification itself.
const QString kDefaultAction = QStringLiteral("default");
constexpr int kByDesktop = -1;
constexpr int kLastWaitMilliseconds = 500;

/// Without an address the library would try to start a bus, which takes long.
bool hasBus() {
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
           && QDBusConnection::sessionBus().isConnected();
}

QDBusMessage messageFor(const viewmodels::Notice& notice, uint replaced) {
    QDBusMessage call =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Notify"));
    const bool informs = notice.tone != Tone::Warn && notice.tone != Tone::Error;
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("net.weft.Weft")}};
    call << QStringLiteral("Weft") << replaced << QStringLiteral("net.weft.Weft")
         << markupSafe(notice.title) << markupSafe(notice.text)
         << QStringList{kDefaultAction, DesktopNotifier::tr("Show")} << hints
         << (informs ? DesktopNotifier::kInformationMilliseconds : kByDesktop);
    return call;
}

}  // namespace

DesktopNotifier::DesktopNotifier(QObject* parent) : QObject(parent) {}

void DesktopNotifier::listen() {
    if (std::exchange(listens_, true)) {
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(
        kService,
        kPath,
        kInterface,
        QStringLiteral("ActionInvoked"),
        this,
        SLOT(takeAction(uint, QString)));
    bus.connect(
        kService,
        kPath,
        kInterface,
        QStringLiteral("NotificationClosed"),
        this,
        SLOT(takeClosed(uint, uint)));
}

void DesktopNotifier::show(const viewmodels::Notice& notice) {
    if (!hasBus()) {
        Q_EMIT refused(notice);
        return;
    }
    listen();
    const uint replaced = shown_[notice.category].id;
    auto* watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(messageFor(notice, replaced)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            Q_EMIT refused(notice);
        } else {
            shown_[notice.category] = {reply.value(), notice};
        }
    });
}

void DesktopNotifier::showLast(const viewmodels::Notice& notice) {
    if (hasBus()) {
        QDBusConnection::sessionBus().call(
            messageFor(notice, shown_[notice.category].id), QDBus::Block, kLastWaitMilliseconds);
    }
}

void DesktopNotifier::takeAction(uint id, const QString& action) {
    const auto shown = std::ranges::find_if(
        shown_, [id](const auto& each) { return id != 0 && each.second.id == id; });
    if (shown != shown_.end() && action == kDefaultAction) {
        const viewmodels::Notice notice = shown->second.notice;
        Q_EMIT activated(notice.profileId, notice.place);
    }
}

void DesktopNotifier::takeClosed(uint id, uint /*reason*/) {
    // A number that is over may be given to a notification of somebody else.
    std::erase_if(shown_, [id](const auto& each) { return each.second.id == id; });
}

}  // namespace weft::app
