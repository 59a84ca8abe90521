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
#include <sys/prctl.h>
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
    // A program that root starts would have them again.
    if (::prctl(PR_CAPBSET_DROP, CAP_NET_ADMIN, 0, 0, 0) != 0
        || ::prctl(PR_CAPBSET_DROP, CAP_NET_RAW, 0, 0, 0) != 0) {
        return false;
    }
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

bool becomeUserWithNetworkRights(unsigned user) {
    // By the system call, which is of this thread alone, unlike the library's function.
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0
        || ::syscall(SYS_setresuid, user, user, user) != 0) {
        return false;
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> sets{};
    sets[0].permitted = 1U << CAP_NET_ADMIN;
    sets[0].effective = sets[0].permitted;
    return ::syscall(SYS_capset, &header, sets.data()) == 0;
}

}  // namespace weft::tests
