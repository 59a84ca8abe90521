// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::app {

/// From now on what Qt and QML have to say goes to the logger "qt".
void routeQtLog();

}  // namespace weft::app
