// SPDX-License-Identifier: Apache-2.0
#include "app/gui/options.h"

#include <QCommandLineParser>

#include <array>
#include <utility>

namespace weft::app {
namespace {

/// The context of these texts in the catalogues.
class Options {
    Q_DECLARE_TR_FUNCTIONS(Options)
};

void describe(QCommandLineParser& parser) {
    const auto flag = [&parser](const char* name, const QString& help) {
        parser.addOption({QString::fromLatin1(name), help});
    };
    const auto value = [&parser](const char* name, const QString& help, const char* what) {
        parser.addOption({QString::fromLatin1(name), help, QString::fromLatin1(what)});
    };
    parser.setApplicationDescription(
        Options::tr("A desktop node and console for Webmesh networks."));
    parser.addHelpOption();
    parser.addVersionOption();
    flag("hidden", Options::tr("Start in the tray, without the window."));
    value("socket", Options::tr("Attach to the service at this socket."), "PATH");
    flag("embedded", Options::tr("Use the built-in core even when a service runs."));
    flag("sandbox", Options::tr("Start in a simulated mesh, where nothing is real."));
    value("config", Options::tr("Configuration of the built-in core: YAML, JSON or TOML."), "FILE");
    value("state-dir", Options::tr("Where the built-in core keeps keys and data."), "FOLDER");
    value("log-level", Options::tr("trace, debug, info, warn, error or off."), "LEVEL");
    value(
        "page",
        Options::tr("Open with overview, peers, settings, create, join or attach."),
        "NAME");
    flag("reset-window", Options::tr("Forget place and size of the window."));
    flag(
        "measure-first-frame",
        Options::tr("Print the time to the first frame and the memory, and end."));
}

}  // namespace

GuiOptions readOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    describe(parser);
    parser.process(arguments);
    const auto has = [&parser](const char* name) {
        return parser.isSet(QString::fromLatin1(name));
    };
    const auto value = [&parser](const char* name) {
        return parser.value(QString::fromLatin1(name));
    };
    GuiOptions options;
    options.hidden = has("hidden");
    options.socket = value("socket");
    options.embedded = has("embedded");
    options.sandbox = has("sandbox");
    options.resetWindow = has("reset-window");
    options.measureFirstFrame = has("measure-first-frame");
    options.page = value("page");
    if (has("log-level")) {
        options.logLevel = value("log-level").toStdString();
    }
    // The core reads flags of its own; of the window's only these concern it.
    options.core = config::requestOfProcess(0, nullptr);
    if (has("config")) {
        options.core.arguments.push_back("--config=" + value("config").toStdString());
    }
    if (has("state-dir")) {
        options.core.arguments.push_back("--weft.state-dir=" + value("state-dir").toStdString());
    }
    return options;
}

}  // namespace weft::app
