// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/app_view_model.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace weft::app {

/// A line of the tray's menu.
struct TrayEntry {
    /// What it is. Stays the same while its text changes, and is unique in its menu.
    QString id;
    /// As a menu takes it: foreign parts went through menuText.
    QString text;
    std::function<void()> act;
    bool enabled = true;
    /// Nothing when it cannot be checked.
    std::optional<bool> checked;
    /// Shown beside it.
    QString keys;
    std::vector<TrayEntry> children;

    bool isSeparator() const { return text.isEmpty(); }
};

/// What the menu asks of the program.
struct TrayCommands {
    /// Shows the window at that place; empty as it is.
    std::function<void(const QString& place)> open;
    std::function<void()> quit;
};

/// The menu for what the view-models say; null is a menu without a core. Pure, but what is chosen
/// later acts on `app`.
std::vector<TrayEntry> trayEntries(viewmodels::AppViewModel* app, const TrayCommands& commands);

/// Foreign text for a menu, where & marks a key.
QString menuText(const QString& text);

}  // namespace weft::app
