// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/datagram_filter.h"

#include <array>
#include <limits>

#include <netinet/udp.h>
#include <sys/socket.h>

namespace weft::transport::detail {
namespace {

constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();

sock_filter step(unsigned code, std::uint32_t operand) {
    return {static_cast<std::uint16_t>(code), 0, 0, operand};
}

/// Goes on when the comparison holds; else to the end of the pattern, which is not known yet.
sock_filter check(unsigned comparison, std::uint32_t operand) {
    return step(BPF_JMP | comparison | BPF_K, operand);
}

bool isCheck(const sock_filter& step) {
    return BPF_CLASS(step.code) == BPF_JMP;
}

void addPattern(
    std::vector<sock_filter>& program,
    const DatagramPattern& pattern,
    std::uint32_t answer,
    std::uint32_t headerBytes) {
    const auto begin = program.size();
    program.push_back(step(BPF_LD | BPF_W | BPF_LEN, 0));
    program.push_back(check(BPF_JGE, static_cast<std::uint32_t>(pattern.leastBytes) + headerBytes));
    for (const auto& bits : pattern.bits) {
        program.push_back(step(BPF_LD | BPF_W | BPF_ABS, bits.offset + headerBytes));
        if (bits.mask != kAll) {
            program.push_back(step(BPF_ALU | BPF_AND | BPF_K, bits.mask));
        }
        program.push_back(check(BPF_JEQ, bits.value));
    }
    program.push_back(step(BPF_RET | BPF_K, answer));
    // A pattern has few words, so that every distance fits.
    for (auto at = begin; at < program.size(); ++at) {
        if (isCheck(program[at])) {
            program[at].jf = static_cast<std::uint8_t>(program.size() - at - 1);
        }
    }
}

bool attach(const base::UniqueFd& fd, int option, std::vector<sock_filter> program) {
    const sock_fprog all{static_cast<std::uint16_t>(program.size()), program.data()};
    return ::setsockopt(fd.get(), SOL_SOCKET, option, &all, sizeof all) == 0;
}

}  // namespace

std::vector<sock_filter> filterProgram(
    std::span<const FilterRule> rules, std::uint32_t otherwise, std::uint32_t headerBytes) {
    std::vector<sock_filter> program;
    for (const auto& rule : rules) {
        for (const auto& pattern : rule.patterns) {
            addPattern(program, pattern, rule.answer, headerBytes);
        }
    }
    program.push_back(step(BPF_RET | BPF_K, otherwise));
    return program;
}

bool attachAcceptFilter(const base::UniqueFd& fd, const DatagramSorting& sorting) {
    // A socket's own filter still sees the header of UDP. It answers how many bytes are kept.
    const std::array<FilterRule, 2> rules{
        FilterRule{sorting.bulk, kAll}, FilterRule{sorting.control, kAll}};
    return attach(fd, SO_ATTACH_FILTER, filterProgram(rules, 0, sizeof(udphdr)));
}

void detachFilter(const base::UniqueFd& fd) {
    const int unused = 0;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused);
}

bool attachGroupFilter(const base::UniqueFd& fd, const DatagramSorting& sorting) {
    // The header is gone here. The answer is the number of a socket, in the order of their binds.
    const std::array<FilterRule, 1> rules{FilterRule{sorting.control, 1}};
    return attach(fd, SO_ATTACH_REUSEPORT_CBPF, filterProgram(rules, 0, 0));
}

}  // namespace weft::transport::detail
