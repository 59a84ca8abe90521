// SPDX-License-Identifier: Apache-2.0
#include "app/gui/single_instance.h"

#include <QLocalSocket>
#include <QStandardPaths>

namespace weft::app {
namespace {

/// A running window answers at once; a dead socket refuses at once.
constexpr int kConnectMilliseconds = 300;

}  // namespace

SingleInstance::SingleInstance(const QString& name, QObject* parent)
    : QObject(parent), name_(name) {
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

QString SingleInstance::defaultName() {
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)
           + QStringLiteral("/weft-window");
}

bool SingleInstance::raiseOther() {
    QLocalSocket socket;
    socket.connectToServer(name_);
    if (!socket.waitForConnected(kConnectMilliseconds)) {
        return false;
    }
    socket.disconnectFromServer();
    return true;
}

bool SingleInstance::listen() {
    // Left behind by a window that was killed: nobody answered on it.
    QLocalServer::removeServer(name_);
    return server_.listen(name_);
}

void SingleInstance::greet() {
    while (QLocalSocket* caller = server_.nextPendingConnection()) {
        // That somebody came is all there is to say: nothing is read.
        caller->deleteLater();
        Q_EMIT raiseAsked();
    }
}

}  // namespace weft::app
