// SPDX-License-Identifier: Apache-2.0
// What the packet code costs per packet: cutting a super-packet and joining packets, checksums
// included, and their parts. Each figure is the median of `--rounds` runs.
//
//   bench_packet [--rounds N]
#include "core/wireguard/packet/checksum.h"
#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/packet/segmenter.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <functional>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using platform::Offload;
using platform::TunOffloads;
using wireguard::Coalescer;
using wireguard::Segmenter;

using Clock = std::chrono::steady_clock;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kTcpHeaderBytes = 32;
constexpr std::size_t kRepeats = 400;

void putWord(std::uint8_t* at, std::size_t value) {
    at[0] = static_cast<std::uint8_t>(value >> 8U);
    at[1] = static_cast<std::uint8_t>(value);
}

/// A packet whose checksums are left open.
Bytes packetOf(bool v4, bool tcp, std::size_t payloadBytes) {
    const std::size_t ipBytes = v4 ? 20 : 40;
    const std::size_t transportBytes = tcp ? kTcpHeaderBytes : 8;
    Bytes bytes(ipBytes + transportBytes + payloadBytes);
    std::uint32_t state = 1;
    for (auto& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<std::uint8_t>(state >> 24U);
    }
    std::memset(bytes.data(), 0, 8);
    const std::uint8_t protocol = tcp ? wireguard::kProtocolTcp : wireguard::kProtocolUdp;
    if (v4) {
        bytes[0] = 0x45;
        putWord(&bytes[2], bytes.size());
        bytes[6] = 0x40;
        bytes[9] = protocol;
    } else {
        bytes[0] = 0x60;
        putWord(&bytes[4], transportBytes + payloadBytes);
        bytes[6] = protocol;
    }
    if (tcp) {
        bytes[ipBytes + 12] = 0x80;
        bytes[ipBytes + 13] = 0x10;
    } else {
        putWord(&bytes[ipBytes + 4], transportBytes + payloadBytes);
    }
    return bytes;
}

Offload offloadOf(bool v4, bool tcp, std::size_t segmentBytes) {
    Offload offload;
    offload.kind = v4 ? (tcp ? Offload::Kind::Tcp4 : Offload::Kind::Udp4)
                      : (tcp ? Offload::Kind::Tcp6 : Offload::Kind::Udp6);
    offload.segmentBytes = static_cast<std::uint16_t>(segmentBytes);
    return offload;
}

/// Counts what it is given, so that the work cannot be left out.
class CountingSink final : public wireguard::PacketSink {
public:
    void write(const platform::TunPacket& packet) override {
        pieces += packet.pieces.size();
        ++writes;
    }

    std::size_t pieces = 0;
    std::size_t writes = 0;
};

double medianNs(int rounds, std::size_t operations, const std::function<void()>& run) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        run();
        times.push_back(
            std::chrono::duration<double, std::nano>(Clock::now() - start).count()
            / static_cast<double>(operations));
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void print(std::string_view what, double ns) {
    fmt::print("{:<44}{:8.1f} ns\n", what, ns);
}

/// The sum of `sum` cannot be left out either.
volatile std::uint64_t sunk = 0;

void benchParts(int rounds) {
    const auto packet = packetOf(true, true, 1368);
    for (const std::size_t size : {20U, 64U, 1380U}) {
        const auto piece = std::span(packet).first(size);
        print(fmt::format("checksum of {} bytes", size), medianNs(rounds, kRepeats, [piece] {
                  for (std::size_t count = 0; count < kRepeats; ++count) {
                      sunk = wireguard::addToSum(piece, sunk & 1U);
                  }
              }));
    }
    print("memcpy of 1380 bytes", medianNs(rounds, kRepeats, [&packet] {
              static std::uint8_t copy[1500];
              for (std::size_t count = 0; count < kRepeats; ++count) {
                  std::memcpy(copy, packet.data(), 1380);
                  sunk = copy[sunk & 1U];
              }
          }));
    for (const bool v4 : {true, false}) {
        const auto one = packetOf(v4, true, 1000);
        print(
            v4 ? "reading an IPv4 header" : "reading an IPv6 header",
            medianNs(rounds, kRepeats, [&one] {
                for (std::size_t count = 0; count < kRepeats; ++count) {
                    sunk = wireguard::parseInner(std::span(one).first(one.size() - (sunk & 0U)))
                               ->transportOffset;
                }
            }));
    }
}

std::vector<Bytes> cut(Bytes super, const Offload& offload) {
    std::vector<Bytes> packets;
    Segmenter segmenter(super, offload);
    for (auto next = segmenter.next(); !next.empty(); next = segmenter.next()) {
        packets.emplace_back(next.begin(), next.end());
    }
    return packets;
}

void benchCut(int rounds, const Bytes& super, const Offload& offload, std::string_view name) {
    auto bytes = super;
    std::size_t packets = 0;
    const auto ns = medianNs(rounds, 1, [&] {
        // The last packet's header lies in the payload: the next round cuts changed bytes.
        std::copy_n(super.begin(), 120, bytes.begin());
        Segmenter segmenter(bytes, offload);
        packets = segmenter.segments();
        for (auto next = segmenter.next(); !next.empty(); next = segmenter.next()) {
            sunk = next[next.size() - 1];
        }
    });
    print(fmt::format("cutting {}", name), ns / static_cast<double>(packets));
}

void benchJoin(int rounds, const std::vector<Bytes>& packets, std::string_view name) {
    // As they lie in a receive buffer: one behind the other.
    const auto stride = packets.front().size() + 32;
    Bytes buffer(stride * packets.size());
    CountingSink sink;
    Coalescer coalescer(
        TunOffloads{.checksum = true, .tcp4 = true, .tcp6 = true, .udp4 = true, .udp6 = true},
        sink);
    const auto fill = [&] {
        for (std::size_t index = 0; index < packets.size(); ++index) {
            std::ranges::copy(
                packets[index], buffer.begin() + static_cast<std::ptrdiff_t>(stride * index));
        }
    };
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        fill();
        times.push_back(medianNs(1, packets.size(), [&] {
            for (std::size_t index = 0; index < packets.size(); ++index) {
                coalescer.add(std::span(buffer).subspan(stride * index, packets[index].size()));
            }
            coalescer.flush();
        }));
    }
    std::ranges::sort(times);
    print(fmt::format("joining {}", name), times[times.size() / 2]);
    fmt::print(
        "{:<44}{:8.1f} packets\n",
        "  in one write",
        static_cast<double>(sink.pieces) / static_cast<double>(sink.writes));
}

void benchBoth(int rounds, bool v4, bool tcp, std::size_t segmentBytes, std::size_t segments) {
    const auto super = packetOf(v4, tcp, segmentBytes * segments);
    const auto offload = offloadOf(v4, tcp, segmentBytes);
    const auto headerBytes = (v4 ? 20U : 40U) + (tcp ? kTcpHeaderBytes : 8U);
    const auto name = fmt::format(
        "{} over {}, packets of {}",
        tcp ? "TCP" : "UDP",
        v4 ? "IPv4" : "IPv6",
        segmentBytes + headerBytes);
    benchCut(rounds, super, offload, name);
    benchJoin(rounds, cut(super, offload), name);
}

void benchAlone(int rounds) {
    // Acknowledgements: never joined.
    auto packet = packetOf(true, true, 0);
    Bytes buffer = packet;
    CountingSink sink;
    Coalescer coalescer(TunOffloads{.checksum = true, .tcp4 = true}, sink);
    print("passing on an acknowledgement", medianNs(rounds, kRepeats, [&] {
              for (std::size_t count = 0; count < kRepeats; ++count) {
                  coalescer.add(buffer);
              }
              coalescer.flush();
          }));
}

int run(int rounds) {
    benchParts(rounds);
    benchBoth(rounds, true, true, 1368, 46);
    benchBoth(rounds, false, true, 1348, 46);
    benchBoth(rounds, true, false, 1392, 46);
    benchBoth(rounds, true, false, 36, 64);
    benchAlone(rounds);
    return 0;
}

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    int rounds = 2001;
    if (count == 3 && std::string_view(arguments[1]) == "--rounds") {
        const std::string_view text(arguments[2]);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rounds);
        if (error != std::errc{} || end != text.data() + text.size() || rounds < 1) {
            fmt::print(stderr, "bench_packet: --rounds takes a number above 0\n");
            return 1;
        }
    } else if (count != 1) {
        fmt::print(stderr, "usage: bench_packet [--rounds N]\n");
        return 1;
    }
    return weft::bench::run(rounds);
}
