// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace weft::app {

/// Whether the desktop is dark: what its portal says, and until then the lightness of the palette.
/// Thread: main.
class SystemTheme final : public QObject {
    Q_OBJECT

public:
    explicit SystemTheme(QObject* parent = nullptr);

    bool isDark() const { return dark_; }
    /// Asks the portal; its answer comes by `changed`. Does nothing without a session bus.
    void ask();

Q_SIGNALS:
    void changed(bool dark);

private Q_SLOTS:
    void takeSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);

    bool dark_ = false;
};

}  // namespace weft::app
