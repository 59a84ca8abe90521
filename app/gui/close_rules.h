// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/preferences.h"

namespace weft::app {

/// What becomes of the window when somebody closes it.
enum class CloseOutcome { Hide, Minimise, Quit };

/// Nothing hides where no icon is left to bring it back.
CloseOutcome closeOutcome(viewmodels::Preferences::CloseAction wanted, bool hasTray);

/// How the window begins. `hidden`: somebody asked for a start without it.
enum class StartOutcome { Show, Minimise, Hide };
StartOutcome startOutcome(bool hidden, bool hasTray);

}  // namespace weft::app
