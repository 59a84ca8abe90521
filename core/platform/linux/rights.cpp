// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/rights.h"

#include "core/base/log.h"

#include <filesystem>
#include <string>
#include <system_error>

namespace weft::platform::detail {

Status missingRight(std::string_view deed) {
    std::error_code error;
    auto program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    if (error || program.empty()) {
        program = "PROGRAM";
    }
    return permissionDenied(
        "{} needs the right CAP_NET_ADMIN, which this process does not have. Use the weftd service "
        "of the installed package, or give the right to the program: setcap cap_net_admin+ep {}",
        deed,
        base::quoted(program, 4096));
}

}  // namespace weft::platform::detail
