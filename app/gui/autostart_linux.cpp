// SPDX-License-Identifier: Apache-2.0
#include "app/gui/autostart.h"

#include <QCoreApplication>
#include <QStandardPaths>

namespace weft::app {

std::unique_ptr<viewmodels::LoginItem> systemLoginItem() {
    const auto home = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return std::make_unique<XdgAutostart>(
        home.toStdString(), QCoreApplication::applicationFilePath().toStdString());
}

}  // namespace weft::app
