// SPDX-License-Identifier: Apache-2.0
#include "app/gui/autostart.h"

namespace weft::app {

std::unique_ptr<viewmodels::LoginItem> systemLoginItem() {
    return nullptr;
}

}  // namespace weft::app
