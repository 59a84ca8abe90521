// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/log.h"
#include "core/base/status.h"

#include <chrono>
#include <functional>

namespace weft::app {

/// What a process that holds keys does before anything else: no core files, not readable by
/// debuggers of the same user, files for the owner alone, few memory arenas.
void hardenProcess();

/// Blocks the signals that end the daemon, in this thread and all that it starts, and ignores those
/// that mean nothing to it. Before the first thread.
Status blockSignals();
/// Waits for one of the blocked signals; its number. Calls `meanwhile` each `interval` until then.
int waitForSignal(std::chrono::seconds interval, const std::function<void()>& meanwhile);
/// From now on a second request to end ends at once.
void restoreSignals();

/// Journal when standard error is the journal's (JOURNAL_STREAM names its file), else Stderr.
base::LogTarget logTarget();

/// Tells the service manager, when there is one.
void notifyReady();
void notifyStopping();

}  // namespace weft::app
