// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"
#include "core/api/types.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::viewmodels {

/// What the buttons of the page Changes do, as a line for a shell.

/// As a shell takes it for one word.
QString shellWord(const std::string& text);
/// "group/laptops", "edge/a/b": an object as the command line names it.
std::string commandName(const api::ObjectRef& ref);

QString reviewCommand(const api::ProfileId& profile);
QString applyCommand(
    const api::ProfileId& profile, std::chrono::seconds revertAfter, const QString& note);
/// None: all.
QString discardCommand(const api::ProfileId& profile, const std::vector<api::ObjectRef>& objects);
QString rebaseCommand(const api::ProfileId& profile, const api::ObjectRef& object, bool mine);
QString undoCommand(
    const api::ProfileId& profile,
    std::uint64_t change,
    const std::vector<api::ObjectRef>& only,
    bool skipChanged);
QString restoreCommand(const api::ProfileId& profile, std::uint64_t change, bool intoDraft);

}  // namespace weft::viewmodels
