// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace weft::app {

/// Whether the desktop has a panel that shows icons. Panels come late at login, crash, and come
/// back. Thread: main.
class TrayHost final : public QObject {
    Q_OBJECT

public:
    /// Nothing tells of panels of the older kind, so that they are looked for.
    static constexpr std::chrono::seconds kLookPeriod{5};

    explicit TrayHost(QObject* parent = nullptr);
    /// The same by `isThere`, for tests.
    explicit TrayHost(std::function<bool()> isThere, QObject* parent = nullptr);

    /// Looks for the first time, which asks the panel and may take a moment.
    void begin();
    bool isAvailable() const { return available_; }
    /// Looks again and again from now on.
    void watch();
    /// Looks now.
    void look();

Q_SIGNALS:
    void changed(bool available);

private:
    std::function<bool()> isThere_;
    bool available_ = false;
    QTimer timer_;
};

}  // namespace weft::app
