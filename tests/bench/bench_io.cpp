// SPDX-License-Identifier: Apache-2.0
// What the interfaces to the system cost per packet, with our classes: the tunnel device one packet
// per call and by super-packets, UDP one datagram per call, in batches and in runs. Filling and
// draining are timed apart; each figure is the median of `--rounds` runs. Everything happens in a
// network namespace of its own, which needs root; UDP goes over the loopback interface, so that
// sending includes the work of the receiver's side of the system.
//
//   bench_io [--rounds N]
#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "core/transport/udp_path.h"
#include "core/wireguard/packet/checksum.h"
#include "tests/support/network_namespace.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using platform::Offload;
using platform::TunDevice;
using transport::DatagramAddress;
using transport::OutgoingRun;
using transport::UdpPath;
using transport::UdpSending;

using Clock = std::chrono::steady_clock;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kPackets = 2944;  // 46 runs of 64, and 64 of 46
constexpr std::uint32_t kHost = 0x0A610001;
constexpr std::uint32_t kFar = 0x0A610002;
constexpr std::size_t kIpBytes = 20;
constexpr std::size_t kHeaderBytes = 28;

[[noreturn]] void stop(std::string_view what) {
    fmt::print(stderr, "bench_io: {}\n", what);
    std::exit(1);  // NOLINT(concurrency-mt-unsafe): nothing else runs that would mind
}

template <typename Value>
Value need(StatusOr<Value> value, std::string_view what) {
    if (!value.ok()) {
        stop(fmt::format("{}: {}", what, toString(value.status())));
    }
    return *std::move(value);
}

/// Nanoseconds of `work` per packet, of which it returns how many it did.
double perPacket(const std::function<std::size_t()>& work) {
    const auto start = Clock::now();
    const std::size_t done = work();
    const auto took = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    return done == 0 ? 0 : took / static_cast<double>(done);
}

struct Row {
    std::vector<double> figures;

    void print(std::string_view name, std::size_t bytes) {
        std::ranges::sort(figures);
        fmt::print(
            "{:<44} {:>5} B {:>8.0f} ns ({:.0f} to {:.0f})\n",
            name,
            bytes,
            figures.at(figures.size() / 2),
            figures.front(),
            figures.back());
    }
};

void store16(Bytes& out, std::size_t at, std::size_t value) {
    out.at(at) = static_cast<std::uint8_t>(value >> 8U);
    out.at(at + 1) = static_cast<std::uint8_t>(value);
}

void store32(Bytes& out, std::size_t at, std::uint32_t value) {
    store16(out, at, value >> 16U);
    store16(out, at + 2, value & 0xFFFFU);
}

/// UDP from the far address to `port` of the host; the checksum is owed when there are many
/// segments, and finished otherwise.
Bytes udpPacket(std::uint16_t port, std::size_t payload, bool owesChecksum) {
    Bytes packet(kHeaderBytes + payload);
    packet.at(0) = 0x45;
    store16(packet, 2, packet.size());
    packet.at(8) = 64;
    packet.at(9) = 17;
    store32(packet, 12, kFar);
    store32(packet, 16, kHost);
    const std::span bytes(packet);
    wireguard::storeWord(
        &packet.at(10), wireguard::checksumOf(wireguard::addToSum(bytes.first(kIpBytes))));
    store16(packet, kIpBytes, 4000);
    store16(packet, kIpBytes + 2, port);
    store16(packet, kIpBytes + 4, packet.size() - kIpBytes);
    const auto pseudo =
        wireguard::pseudoHeaderSum(bytes.subspan(12, 8), packet.size() - kIpBytes, 17);
    wireguard::storeWord(
        &packet.at(kIpBytes + 6),
        owesChecksum
            ? wireguard::foldSum(pseudo)
            : wireguard::checksumNotZero(wireguard::addToSum(bytes.subspan(kIpBytes), pseudo)));
    return packet;
}

std::size_t drain(UdpPath& path) {
    std::size_t count = 0;
    for (auto runs = path.receive(); !runs.empty(); runs = path.receive()) {
        for (const auto& run : runs) {
            count += (run.bytes.size() + run.segmentBytes - 1) / run.segmentBytes;
        }
    }
    return count;
}

std::size_t drain(TunDevice& tun, std::size_t segment) {
    static Bytes buffer(platform::kTunReadBytes);
    std::size_t count = 0;
    for (;;) {
        const auto packet = need(tun.read(buffer), "reading from the tunnel");
        if (!packet) {
            return count;
        }
        count += packet->offload.kind == Offload::Kind::None
                     ? 1
                     : (packet->bytes.size() - kHeaderBytes + segment - 1) / segment;
    }
}

std::unique_ptr<UdpPath> openPath(UdpSending sending, bool joins) {
    transport::UdpOptions options;
    options.sending = sending;
    options.joinsReceived = joins;
    options.socketBufferBytes = std::size_t{64} << 20U;
    return need(transport::openUdpPath(options), "opening UDP");
}

std::unique_ptr<TunDevice> openTun(const platform::TunOffloads& offloads) {
    platform::TunOptions options;
    options.offloads = offloads;
    options.queuePackets = 20'000;
    auto tun = need(platform::openTun(options), "opening the tunnel");
    const auto address = net::IpPrefix(net::IpAddress::v4(kHost), 24);
    if (!platform::addAddress(tun->name(), address).ok()
        || !platform::setUp(tun->name(), true).ok()) {
        stop("the tunnel does not come up");
    }
    return tun;
}

/// How many datagrams of `bytes` make a run.
std::size_t segmentsOf(std::size_t bytes) {
    return std::min(transport::kMostRunSegments, std::size_t{65'000} / bytes);
}

void benchTunWrite(std::size_t rounds, std::size_t payload, bool isSuper) {
    const auto tun = openTun(isSuper ? platform::kAllTunOffloads : platform::TunOffloads());
    if (isSuper && !tun->offloads().udp4) {
        fmt::print("this system takes no super-packets of UDP\n");
        return;
    }
    const auto path = openPath(UdpSending::Runs, isSuper);
    const std::size_t segments = isSuper ? segmentsOf(payload) : 1;
    const auto bytes = udpPacket(path->port(), payload * segments, isSuper);
    const std::span<const std::uint8_t> piece(bytes);
    Offload offload;
    if (isSuper) {
        offload.kind = Offload::Kind::Udp4;
        offload.needsChecksum = true;
        offload.segmentBytes = static_cast<std::uint16_t>(payload);
        offload.headerBytes = kHeaderBytes;
        offload.checksumStart = kIpBytes;
        offload.checksumOffset = 6;
    }
    Row row;
    for (std::size_t i = 0; i < rounds; ++i) {
        row.figures.push_back(perPacket([&] {
            std::size_t done = 0;
            for (; done < kPackets; done += segments) {
                if (!tun->write({{&piece, 1}, offload}).ok()) {
                    stop("writing to the tunnel");
                }
            }
            return done;
        }));
        if (drain(*path) == 0) {
            stop("nothing written to the tunnel arrived");
        }
    }
    row.print(isSuper ? "tunnel write, super-packets" : "tunnel write, one per call", payload);
}

void benchTunRead(std::size_t rounds, std::size_t payload, bool isSuper) {
    const auto tun = openTun(isSuper ? platform::kAllTunOffloads : platform::TunOffloads());
    const auto path = openPath(isSuper ? UdpSending::Runs : UdpSending::Batch, true);
    const Bytes bytes(payload * segmentsOf(payload), 0x55);
    DatagramAddress to;
    to.remote = {net::IpAddress::v4(kFar), 4000};
    const OutgoingRun run{.bytes = bytes, .segmentBytes = payload, .to = &to};
    Row row;
    drain(*tun, payload);
    for (std::size_t i = 0; i < rounds; ++i) {
        for (std::size_t sent = 0; sent < kPackets; sent += segmentsOf(payload)) {
            path->send({&run, 1});
        }
        row.figures.push_back(perPacket([&] { return drain(*tun, payload); }));
    }
    row.print(isSuper ? "tunnel read, super-packets" : "tunnel read, one per call", payload);
}

void benchUdp(std::size_t rounds, std::size_t payload, UdpSending sending, std::string_view name) {
    const bool joins = sending == UdpSending::Runs;
    const auto from = openPath(sending, true);
    const auto into = openPath(UdpSending::Runs, joins);
    const Bytes bytes(payload * segmentsOf(payload), 0x55);
    DatagramAddress to;
    to.remote = {net::IpAddress::v4(0x7F000001), into->port()};
    const OutgoingRun run{.bytes = bytes, .segmentBytes = payload, .to = &to};
    Row send;
    Row receive;
    for (std::size_t i = 0; i < rounds; ++i) {
        std::size_t sent = 0;
        send.figures.push_back(perPacket([&] {
            for (; sent < kPackets; sent += segmentsOf(payload)) {
                if (!from->send({&run, 1}).isClean) {
                    stop("sending by UDP");
                }
            }
            return sent;
        }));
        std::size_t got = 0;
        receive.figures.push_back(perPacket([&] { return got = drain(*into); }));
        if (got != sent) {
            stop(fmt::format("{} of {} datagrams arrived", got, sent));
        }
    }
    send.print(fmt::format("UDP send, {}", name), payload);
    receive.print(fmt::format("UDP receive, {}", joins ? "joined" : "in batches"), payload);
}

std::size_t roundsFrom(std::span<char* const> arguments) {
    std::size_t rounds = 7;
    if (arguments.size() == 3 && std::string_view(arguments[1]) == "--rounds") {
        const std::string_view text = arguments[2];
        std::from_chars(text.data(), text.data() + text.size(), rounds);
    } else if (arguments.size() != 1) {
        stop("usage: bench_io [--rounds N]");
    }
    return std::max<std::size_t>(rounds, 1);
}

void run(std::size_t rounds) {
    if (!tests::enterNewNetwork()) {
        stop("a network namespace needs root");
    }
    constexpr std::size_t kFullPayload = 1392;   // an inner packet of 1,420 bytes
    constexpr std::size_t kFullDatagram = 1452;  // and what becomes of it
    constexpr std::size_t kSmallPayload = 64;
    constexpr std::size_t kSmallDatagram = 128;
    for (const std::size_t payload : {kFullPayload, kSmallPayload}) {
        for (const bool isSuper : {false, true}) {
            benchTunRead(rounds, payload, isSuper);
            benchTunWrite(rounds, payload, isSuper);
        }
    }
    for (const std::size_t payload : {kFullDatagram, kSmallDatagram}) {
        benchUdp(rounds, payload, UdpSending::Single, "one per call");
        benchUdp(rounds, payload, UdpSending::Batch, "in batches");
        benchUdp(rounds, payload, UdpSending::Runs, "in runs");
    }
}

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    weft::bench::run(weft::bench::roundsFrom({arguments, static_cast<std::size_t>(count)}));
}
