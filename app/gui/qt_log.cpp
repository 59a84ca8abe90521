// SPDX-License-Identifier: Apache-2.0
#include "app/gui/qt_log.h"

#include "core/base/log.h"

#include <QString>

namespace weft::app {
namespace {

spdlog::level::level_enum levelOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
    case QtFatalMsg:
        return spdlog::level::err;
    }
    return spdlog::level::warn;
}

void handle(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text) {
    base::logger("qt").log(levelOf(type), "{}", base::quoted(text.toStdString(), 1000));
}

}  // namespace

void routeQtLog() {
    qInstallMessageHandler(handle);
}

}  // namespace weft::app
