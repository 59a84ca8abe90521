// SPDX-License-Identifier: Apache-2.0
#include "tests/support/syscall_filter.h"

#include <cstddef>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

namespace weft::tests {
namespace {

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kAnd = BPF_ALU | BPF_AND | BPF_K;
constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
constexpr std::uint8_t kStepsPerCondition = 3;

/// The low half on a little-endian machine.
std::uint32_t placeOf(unsigned argument) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + argument * sizeof(__u64));
}

}  // namespace

bool refuseSystemCall(long number, int error, const std::vector<ArgumentIs>& conditions) {
    // Each comparison jumps over the rest, to the last step, when it does not hold.
    auto left = static_cast<std::uint8_t>(conditions.size() * kStepsPerCondition + 1);
    std::vector<sock_filter> program{
        {kLoad, 0, 0, offsetof(seccomp_data, nr)},
        {kEqual, 0, left, static_cast<std::uint32_t>(number)}};
    for (const auto& condition : conditions) {
        left = static_cast<std::uint8_t>(left - kStepsPerCondition);
        program.push_back({kLoad, 0, 0, placeOf(condition.index)});
        program.push_back({kAnd, 0, 0, condition.mask});
        program.push_back({kEqual, 0, left, condition.value});
    }
    program.push_back({kReturn, 0, 0, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error)});
    program.push_back({kReturn, 0, 0, SECCOMP_RET_ALLOW});
    sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
           && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace weft::tests
