// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft::app {

/// Longer than any autostart file that somebody wrote on purpose.
inline constexpr std::size_t kMostAutostartBytes = std::size_t{64} * 1024;

/// What a file in the folder "autostart" of a desktop says: Desktop Entry Specification 1.5 and
/// Desktop Application Autostart Specification 0.5.
struct AutostartEntry {
    /// The program and its arguments.
    std::vector<std::string> command;
    /// The desktop was told not to start it (Hidden, or the key of GNOME).
    bool isOff = false;

    friend bool operator==(const AutostartEntry&, const AutostartEntry&) = default;
};

/// The text of a file. Errors: kInvalidArgument: no program, or one that such a file cannot name
/// (an equals sign in the path, or a NUL).
StatusOr<std::string> encodeAutostart(const AutostartEntry& entry);

/// What it does not know it skips, the field codes of Exec (%f, %U) among it.
/// Errors: kInvalidArgument: no desktop entry, no Exec, or quotes that are left open.
StatusOr<AutostartEntry> decodeAutostart(std::string_view text);

}  // namespace weft::app
