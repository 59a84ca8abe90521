// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QObject>

namespace weft::app {

/// One window per user: a second start raises the first one's window and ends.
/// Thread: main.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    /// The name is a path in the user's own runtime folder, where nobody else can put a socket.
    explicit SingleInstance(const QString& name, QObject* parent = nullptr);

    /// The name for this user.
    static QString defaultName();

    /// True when a window runs already; it was asked to come to the front.
    bool raiseOther();
    /// Becomes the one. False when the socket cannot be made; the window works without.
    bool listen();

Q_SIGNALS:
    void raiseAsked();

private:
    void greet();

    QString name_;
    QLocalServer server_;
};

}  // namespace weft::app
