// SPDX-License-Identifier: Apache-2.0
#include "app/gui/application.h"
#include "app/gui/options.h"
#include "app/gui/qt_log.h"
#include "app/gui/quit_signals.h"
#include "app/startup/vector_mask.h"
#include "core/base/log.h"
#include "core/rpc/library.h"
#include "ui/viewmodels/language.h"

#include <QApplication>
#include <QQuickWindow>

#include <cstdio>
#include <exception>

#include <sys/stat.h>

namespace {

int run(int argc, char** argv) {
    // Before Qt takes its part of the arguments, and what the desktop left for the new window out
    // of the environment, and before there is a thread, a signal mask or a socket.
    weft::app::maskVectorsIfItPays(argv);
    // Keys and settings are the user's alone.
    ::umask(077);
    weft::app::QuitSignals::block();
    QApplication::setApplicationName(QStringLiteral("weft"));
    QApplication::setApplicationVersion(QStringLiteral(WEFT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("net.weft.Weft"));
    QApplication application(argc, argv);
    weft::viewmodels::Language language(QLocale::system());
    QApplication::setQuitOnLastWindowClosed(false);
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    const weft::app::GuiOptions options = weft::app::readOptions(QApplication::arguments());
    if (!weft::base::configureLogging(options.logLevel, weft::base::LogTarget::Stderr)) {
        std::fprintf(stderr, "weft: \"%s\" is no log level\n", options.logLevel.c_str());
        return 2;
    }
    weft::app::routeQtLog();
    weft::rpc::prepareLibrary();
    weft::app::Application weft(options, language);
    int exitCode = 0;
    if (!weft.start(exitCode)) {
        return exitCode;
    }
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "weft: %s\n", error.what());
        return 1;
    }
}
