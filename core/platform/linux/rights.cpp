// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/rights.h"

#include "core/base/log.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

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

void passOnTheRight() {
    // A service has it from its manager, and may be forbidden to change rights at all.
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_NET_ADMIN, 0, 0) == 1) {
        return;
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> sets{};
    constexpr std::uint32_t kBit = 1U << CAP_NET_ADMIN;
    if (::syscall(SYS_capget, &header, sets.data()) != 0 || (sets[0].permitted & kBit) == 0) {
        return;
    }
    // What is to be ambient has to be inheritable.
    sets[0].inheritable |= kBit;
    if (::syscall(SYS_capset, &header, sets.data()) == 0) {
        ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0);
    }
}

}  // namespace weft::platform::detail
