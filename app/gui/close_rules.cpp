// SPDX-License-Identifier: Apache-2.0
#include "app/gui/close_rules.h"

namespace weft::app {

using CloseAction = viewmodels::Preferences::CloseAction;

CloseOutcome closeOutcome(CloseAction wanted, bool hasTray) {
    switch (wanted) {
    case CloseAction::Quit:
        return CloseOutcome::Quit;
    case CloseAction::Minimise:
        return CloseOutcome::Minimise;
    case CloseAction::Auto:
    case CloseAction::Hide:
        break;
    }
    return hasTray ? CloseOutcome::Hide : CloseOutcome::Minimise;
}

StartOutcome startOutcome(bool hidden, bool hasTray) {
    if (!hidden) {
        return StartOutcome::Show;
    }
    return hasTray ? StartOutcome::Hide : StartOutcome::Minimise;
}

}  // namespace weft::app
