// SPDX-License-Identifier: Apache-2.0
#include "tests/support/syscall_filter.h"

#include <cstddef>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

namespace weft::tests {
namespace {

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
/// The low half of the first argument on a little-endian machine.
constexpr std::uint32_t kFirstArgument = offsetof(seccomp_data, args);

}  // namespace

bool refuseSystemCall(long number, int error, std::optional<std::uint32_t> firstArgument) {
    const std::uint32_t refusal = SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error);
    std::vector<sock_filter> program{
        {kLoad, 0, 0, offsetof(seccomp_data, nr)},
        {kEqual,
         0,
         static_cast<std::uint8_t>(firstArgument ? 3 : 1),
         static_cast<std::uint32_t>(number)}};
    if (firstArgument) {
        program.push_back({kLoad, 0, 0, kFirstArgument});
        program.push_back({kEqual, 0, 1, *firstArgument});
    }
    program.push_back({kReturn, 0, 0, refusal});
    program.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
    sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
           && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace weft::tests
