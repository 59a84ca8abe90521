// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/report/answers.h"

namespace weft::cli {

/// Asks the daemon for everything that a report is made of, and notes what it asks for. A part that
/// cannot be had has its error in its place.
/// Errors: kCancelled  somebody pressed Ctrl-C
StatusOr<report::Answers> collectAnswers(Context& context);

}  // namespace weft::cli
