// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/notifications/notification_centre.h"

#include <QObject>

#include <map>

namespace weft::app {

/// Notifications by the service of the desktop (org.freedesktop.Notifications): one of each
/// category at a time, the next in the place of the one before.
/// Thread: main.
class DesktopNotifier final : public QObject {
    Q_OBJECT

public:
    /// What only tells goes by itself after this; warnings as long as the desktop keeps them.
    static constexpr int kInformationMilliseconds = 4000;

    explicit DesktopNotifier(QObject* parent = nullptr);

    void show(const viewmodels::Notice& notice);
    /// The same before the program ends: waits until the service has it, shortly.
    void showLast(const viewmodels::Notice& notice);

Q_SIGNALS:
    void activated(const QString& profileId, const QString& place);
    /// There is no such service.
    void refused(const weft::viewmodels::Notice& notice);

private Q_SLOTS:
    void takeAction(uint id, const QString& action);
    void takeClosed(uint id, uint reason);

private:
    struct Shown {
        uint id = 0;
        viewmodels::Notice notice;
    };

    void listen();

    bool listens_ = false;
    std::map<viewmodels::Preferences::Category, Shown> shown_;
};

}  // namespace weft::app
