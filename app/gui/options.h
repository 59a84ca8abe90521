// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/load.h"

#include <QString>
#include <QStringList>

#include <string>

namespace weft::app {

/// What the command line of the window asks for.
struct GuiOptions {
    /// Starts without showing the window, in the tray.
    bool hidden = false;
    /// Attaches to the service at this path and to nothing else.
    QString socket;
    /// Uses the built-in core even when a service runs.
    bool embedded = false;
    /// Begins in a simulated mesh.
    bool sandbox = false;
    /// Forgets place and size of the window.
    bool resetWindow = false;
    /// Prints when the first frame was shown and what memory is used, and ends.
    bool measureFirstFrame = false;
    /// A page or a sheet to open first.
    QString page;
    /// "info" when nobody says.
    std::string logLevel = "info";
    /// Where the built-in core gets its configuration from.
    config::LoadRequest core;
};

/// Reads the arguments after Qt has taken its own; --help and --version print and end the process,
/// and so does an unknown option, with 1.
GuiOptions readOptions(const QStringList& arguments);

}  // namespace weft::app
