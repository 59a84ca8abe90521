// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>

namespace weft::app {

/// The icon of the program, drawn like the one in resources: for window lists of desktops that do
/// not look it up by name.
QIcon appIcon();

}  // namespace weft::app
