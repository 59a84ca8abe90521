// SPDX-License-Identifier: Apache-2.0
#include "tests/support/network_namespace.h"

#include "core/base/unique_fd.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace weft::tests {

bool enterNewNetwork() {
    if (::unshare(CLONE_NEWNET) != 0) {
        return false;
    }
    const base::UniqueFd any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP;
    return ::ioctl(any.get(), SIOCSIFFLAGS, &request) == 0;
}

bool dropNetworkRights() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> sets{};
    if (::syscall(SYS_capget, &header, sets.data()) != 0) {
        return false;
    }
    const std::uint32_t kept = ~(1U << CAP_NET_ADMIN | 1U << CAP_NET_RAW);
    sets[0].effective &= kept;
    sets[0].permitted &= kept;
    sets[0].inheritable &= kept;
    return ::syscall(SYS_capset, &header, sets.data()) == 0;
}

}  // namespace weft::tests
