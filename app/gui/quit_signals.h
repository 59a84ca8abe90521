// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace weft::app {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal. Made before the first thread starts, so that all
/// threads leave these signals to it.
/// Thread: main.
class QuitSignals final : public QObject {
    Q_OBJECT

public:
    /// Blocks the signals for this thread and all that it starts; call it first of all.
    static void block();

    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void asked();

private:
    int fd_ = -1;
    QSocketNotifier* notifier_ = nullptr;
};

}  // namespace weft::app
