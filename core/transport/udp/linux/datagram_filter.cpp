// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/datagram_filter.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <sys/socket.h>

namespace weft::transport::detail {
namespace {

using Program = std::vector<sock_filter>;

constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();

// The sockets of a group, in the order of their binds.
constexpr std::uint32_t kFirst = 0;
constexpr std::uint32_t kStrangers = 1;
constexpr std::uint32_t kExpected = 2;

// Words of the machine's memory: whether the datagram is control, and its source.
constexpr std::uint32_t kIsControlWord = 0;
constexpr std::uint32_t kPortWord = 1;
constexpr std::uint32_t kAddressWord = 2;
constexpr std::size_t kWordBytes = sizeof(std::uint32_t);

sock_filter step(unsigned code, std::uint32_t operand) {
    return {static_cast<std::uint16_t>(code), 0, 0, operand};
}

sock_filter answer(std::uint32_t value) {
    return step(BPF_RET | BPF_K, value);
}

/// Goes on when the comparison holds; else to where endChecks() says.
sock_filter check(unsigned comparison, std::uint32_t operand) {
    return step(BPF_JMP | comparison | BPF_K, operand);
}

bool isCheck(const sock_filter& step) {
    return BPF_CLASS(step.code) == BPF_JMP && BPF_OP(step.code) != BPF_JA;
}

/// Checks since `begin` that do not hold lead here. Few steps lie between, so that every distance
/// fits.
void endChecks(Program& program, std::size_t begin) {
    for (auto at = begin; at < program.size(); ++at) {
        if (isCheck(program[at])) {
            program[at].jf = static_cast<std::uint8_t>(program.size() - at - 1);
        }
    }
}

/// A way from anywhere before to one place behind, which is not known yet.
class ForwardJump {
public:
    void leave(Program& program) {
        from_.push_back(program.size());
        program.push_back(step(BPF_JMP | BPF_JA, 0));
    }
    void arrive(Program& program) const {
        for (const auto at : from_) {
            program[at].k = static_cast<std::uint32_t>(program.size() - at - 1);
        }
    }

private:
    std::vector<std::size_t> from_;
};

/// Goes on with what is appended next when the datagram looks like `pattern`; whoever appended that
/// ends the checks. `headerBytes` lie before the datagram where the program runs.
void addPattern(Program& program, const DatagramPattern& pattern, std::uint32_t headerBytes) {
    program.push_back(step(BPF_LD | BPF_W | BPF_LEN, 0));
    program.push_back(check(BPF_JGE, static_cast<std::uint32_t>(pattern.leastBytes) + headerBytes));
    for (const auto& bits : pattern.bits) {
        program.push_back(step(BPF_LD | BPF_W | BPF_ABS, bits.offset + headerBytes));
        if (bits.mask != kAll) {
            program.push_back(step(BPF_ALU | BPF_AND | BPF_K, bits.mask));
        }
        program.push_back(check(BPF_JEQ, bits.value));
    }
}

/// Reads from the packet's network header on, wherever the datagram begins.
void loadHeader(Program& program, unsigned size, std::size_t offset) {
    const auto from = static_cast<std::uint32_t>(SKF_NET_OFF) + static_cast<std::uint32_t>(offset);
    program.push_back(step(BPF_LD | size | BPF_ABS, from));
}

std::uint32_t addressWords(net::Family family) {
    return family == net::Family::V4 ? 1 : 4;
}

/// The source of the datagram into memory. Headers that are not usual end the program.
void addSource(Program& program, net::Family family) {
    const bool isV4 = family == net::Family::V4;
    constexpr std::uint32_t kVersionAndLength = 0x45;
    loadHeader(program, BPF_B, isV4 ? 0 : offsetof(ip6_hdr, ip6_nxt));
    auto usual = check(BPF_JEQ, isV4 ? kVersionAndLength : std::uint32_t{IPPROTO_UDP});
    usual.jt = 1;
    program.push_back(usual);
    program.push_back(answer(kStrangers));
    const auto addressAt = isV4 ? offsetof(iphdr, saddr) : offsetof(ip6_hdr, ip6_src);
    for (std::uint32_t i = 0; i < addressWords(family); ++i) {
        loadHeader(program, BPF_W, addressAt + i * kWordBytes);
        program.push_back(step(BPF_ST, kAddressWord + i));
    }
    loadHeader(program, BPF_H, isV4 ? sizeof(iphdr) : sizeof(ip6_hdr));
    program.push_back(step(BPF_ST, kPortWord));
}

/// Goes to `found` when the source in memory is `endpoint`.
void addEndpoint(Program& program, const net::Endpoint& endpoint, ForwardJump& found) {
    const auto begin = program.size();
    const auto isWord = [&program](std::uint32_t word, std::uint32_t value) {
        program.push_back(step(BPF_LD | BPF_MEM, word));
        program.push_back(check(BPF_JEQ, value));
    };
    isWord(kPortWord, endpoint.port);
    const auto bytes = endpoint.address.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += kWordBytes) {
        std::uint32_t value = 0;
        for (const auto byte : bytes.subspan(at, kWordBytes)) {
            value = value << 8U | byte;
        }
        isWord(kAddressWord + static_cast<std::uint32_t>(at / kWordBytes), value);
    }
    found.leave(program);
    endChecks(program, begin);
}

void addIsControl(Program& program, std::uint32_t ifControl, std::uint32_t ifBulk) {
    program.push_back(step(BPF_LD | BPF_MEM, kIsControlWord));
    auto isControl = check(BPF_JEQ, 1);
    isControl.jf = 1;
    program.push_back(isControl);
    program.push_back(answer(ifControl));
    program.push_back(answer(ifBulk));
}

Program groupProgram(
    const DatagramSorting& sorting, net::Family family, std::span<const net::Endpoint> expected) {
    Program program;
    const auto storeIsControl = [&program](std::uint32_t isControl) {
        program.push_back(step(BPF_LD | BPF_IMM, isControl));
        program.push_back(step(BPF_ST, kIsControlWord));
    };
    // The system wants to see a word written on every way to where it is read, and follows none.
    storeIsControl(0);
    ForwardJump sorted;
    const auto addKind = [&](std::span<const DatagramPattern> patterns, std::uint32_t isControl) {
        for (const auto& pattern : patterns) {
            const auto begin = program.size();
            // The header of UDP is gone here.
            addPattern(program, pattern, 0);
            storeIsControl(isControl);
            sorted.leave(program);
            endChecks(program, begin);
        }
    };
    addKind(sorting.control, 1);
    addKind(sorting.bulk, 0);
    // What nobody wants is dropped there.
    program.push_back(answer(kFirst));
    sorted.arrive(program);
    if (expected.empty()) {
        addIsControl(program, kStrangers, kFirst);
        return program;
    }
    addSource(program, family);
    ForwardJump found;
    for (const auto& endpoint : expected) {
        if (endpoint.address.family() == family) {
            addEndpoint(program, endpoint, found);
        }
    }
    program.push_back(answer(kStrangers));
    found.arrive(program);
    addIsControl(program, kExpected, kFirst);
    return program;
}

bool attach(const base::UniqueFd& fd, int option, Program program) {
    const sock_fprog all{static_cast<std::uint16_t>(program.size()), program.data()};
    return ::setsockopt(fd.get(), SOL_SOCKET, option, &all, sizeof all) == 0;
}

}  // namespace

bool attachAcceptFilter(const base::UniqueFd& fd, const DatagramSorting& sorting) {
    // A socket's own filter still sees the header of UDP. It answers how many bytes are kept.
    Program program;
    for (const auto* const patterns : {&sorting.bulk, &sorting.control}) {
        for (const auto& pattern : *patterns) {
            const auto begin = program.size();
            addPattern(program, pattern, sizeof(udphdr));
            program.push_back(answer(kAll));
            endChecks(program, begin);
        }
    }
    program.push_back(answer(0));
    return attach(fd, SO_ATTACH_FILTER, std::move(program));
}

void detachFilter(const base::UniqueFd& fd) {
    const int unused = 0;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused);
}

bool attachGroupFilter(
    const UdpSocket& first,
    const DatagramSorting& sorting,
    std::span<const net::Endpoint> expected) {
    return attach(
        first.fd, SO_ATTACH_REUSEPORT_CBPF, groupProgram(sorting, first.family, expected));
}

}  // namespace weft::transport::detail
