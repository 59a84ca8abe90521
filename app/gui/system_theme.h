// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/appearance.h"

#include <QDBusVariant>
#include <QObject>

namespace weft::app {

/// How the desktop wants windows to look: what its portal says, and until then the palette.
/// Thread: main.
class SystemTheme final : public QObject {
    Q_OBJECT

public:
    explicit SystemTheme(QObject* parent = nullptr);

    const viewmodels::DesktopLook& look() const { return look_; }
    bool isDark() const { return look_.dark; }
    /// Asks the portal; its answers come by `changed`. Does nothing without a session bus.
    void ask();
    /// What the portal says of one of its settings. Others and values without a meaning change
    /// nothing.
    void take(const QString& group, const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void takeSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askFor(const QString& group, const QString& key);

    viewmodels::DesktopLook look_;
};

}  // namespace weft::app
