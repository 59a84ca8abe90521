// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/look.h"

#include <QIcon>
#include <QString>

#include <array>

namespace weft::app {

/// The edges of the pictures that an icon of the tray has, in pixels: what panels ask for.
inline constexpr std::array kTrayIconSizes{16, 18, 20, 22, 24, 32, 48, 64};

/// What the icon is painted with. The shape says the state in each of them.
enum class TrayInk {
    Colour,
    /// White, for dark panels.
    LightMono,
    /// Black, for light panels.
    DarkMono,
};

/// What the icon in the panel says.
struct TrayIconLook {
    viewmodels::look::Shape shape = viewmodels::look::Shape::Dashed;
    viewmodels::look::Tone tone = viewmodels::look::Tone::Neutral;
    TrayInk ink = TrayInk::DarkMono;
    /// Which picture of the moving shape.
    int frame = 0;
    /// Something was missed.
    bool attention = false;

    friend bool operator==(const TrayIconLook&, const TrayIconLook&) = default;
};

/// One picture of it, `pixels` wide and high.
QImage paintTrayIcon(const TrayIconLook& look, int pixels);
/// All of them.
QIcon makeTrayIcon(const TrayIconLook& look);

/// Whether the panel is dark. `desktop` as in XDG_CURRENT_DESKTOP: the panel of some is dark
/// whatever the theme of windows is.
bool isPanelDark(const QString& desktop, bool isThemeDark);

}  // namespace weft::app
