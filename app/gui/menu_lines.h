// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/tray_entries.h"

#include <QMenu>

#include <vector>

namespace weft::app {

/// Makes `menu` say what `entries` say. Lines that stay are changed in place. In a menu that is
/// open now no line comes, goes or moves, so that nothing slips from under the pointer: call it
/// again when it closes.
void updateMenu(QMenu& menu, const std::vector<TrayEntry>& entries);

}  // namespace weft::app
