// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace weft::platform::detail {

/// Makes the file say `bytes` where it says `now`; nullopt: there is none. Replaced as a whole when
/// everything beside the bytes can be kept that way; otherwise written in place, and what a crash
/// or a full disk leaves is a beginning of `bytes` before an end of `now`.
/// Errors: kPermissionDenied, kResourceExhausted, kUnavailable
Status writeFile(
    const std::filesystem::path& file,
    const std::optional<std::string>& now,
    std::string_view bytes);

/// Removes what a program that was killed while it replaced `file` has left beside it.
void removeLeftovers(const std::filesystem::path& file);

/// Errors: kPermissionDenied, kUnavailable
Status removeFile(const std::filesystem::path& file);

}  // namespace weft::platform::detail
