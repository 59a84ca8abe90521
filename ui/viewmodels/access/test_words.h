// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/kept_tests.h"
#include "core/api/types.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace weft::viewmodels {

/// The words for tests of who must reach whom.

/// "group laptops must reach nas by IPv6".
QString sentenceOf(const api::PolicyTest& test);
/// What `theirs` has that `mine` has not, a line for each field.
QStringList differences(const api::PolicyTest& mine, const api::PolicyTest& theirs);
/// "The rule cameras-stay-in denies it": what decided between two nodes, the way there first.
QString decidingText(const api::AccessExplanation& explanation);
/// "The background service ran them 2 min ago: 3 pass, 1 fails".
QString figuresText(const api::PolicyTestFigures& figures, WallTime now);

}  // namespace weft::viewmodels
