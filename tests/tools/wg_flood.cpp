// SPDX-License-Identifier: Apache-2.0
// wg_flood: what an attacker can send to a WireGuard port, as fast as it goes or at a rate. For
// network namespaces that a test has made.
//
//   wg_flood ATTACK ADDRESS PORT PUBLIC-KEY SECONDS [--rate PER-SECOND] [--spoof PREFIX]
//            [--spoof-port PORT] [--captured FILE]
// ATTACK: initiations, stale-cookies, bad-mac1, bad-data, replay, forged, zero-keys.
// --spoof: IPv4 sources out of the prefix, by a raw socket; needs root. --spoof-port: all from this
// port, else from many.
// Prints what was sent as JSON: {"datagrams": N, "bytes": N, "seconds": S}; bytes are payload.
#include "core/base/text.h"
#include "core/net/ip_prefix.h"
#include "tests/tools/flood_messages.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace weft::tests {
namespace {

constexpr std::size_t kBatch = 64;
constexpr std::size_t kIpUdpBytes = sizeof(iphdr) + sizeof(udphdr);
constexpr std::size_t kMostBytes = 2048;

struct Options {
    Attack attack = Attack::Initiations;
    sockaddr_in victim{};
    crypto::WireGuardPublicKey key;
    double seconds = 0;
    double rate = 0;
    std::optional<net::IpPrefix> spoof;
    std::optional<std::uint16_t> spoofPort;
    std::string captured;
};

std::optional<double> numberOf(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

bool readOption(Options& options, const std::string& name, const std::string& value) {
    if (name == "--rate") {
        const auto rate = numberOf(value);
        options.rate = rate.value_or(0);
        return rate.has_value();
    }
    if (name == "--spoof") {
        const auto prefix = net::IpPrefix::parse(value);
        if (prefix.ok() && prefix->address().isV4()) {
            options.spoof = *prefix;
        }
        return options.spoof.has_value();
    }
    if (name == "--spoof-port") {
        const auto port = numberOf(value);
        if (port && *port >= 1 && *port <= 65'535) {
            options.spoofPort = static_cast<std::uint16_t>(*port);
        }
        return options.spoofPort.has_value();
    }
    options.captured = value;
    return name == "--captured";
}

std::optional<Options> readCommandLine(const std::vector<std::string>& words) {
    constexpr std::size_t kFixed = 5;
    if (words.size() < kFixed || (words.size() - kFixed) % 2 != 0) {
        return std::nullopt;
    }
    Options options;
    const auto attack = attackOf(words[0]);
    const auto address = net::IpAddress::parse(words[1]);
    const auto port = numberOf(words[2]);
    const auto key = base::base64Decode(words[3]);
    const auto seconds = numberOf(words[4]);
    if (!attack || !address.ok() || !address->isV4() || !port || !key || key->size() != 32
        || !seconds) {
        return std::nullopt;
    }
    options.attack = *attack;
    options.victim.sin_family = AF_INET;
    options.victim.sin_port = htons(static_cast<std::uint16_t>(*port));
    options.victim.sin_addr.s_addr = htonl(address->v4Value());
    std::copy(key->begin(), key->end(), options.key.bytes.begin());
    options.seconds = *seconds;
    for (std::size_t i = kFixed; i < words.size(); i += 2) {
        if (!readOption(options, words[i], words[i + 1])) {
            return std::nullopt;
        }
    }
    return options;
}

/// Datagrams on their way: some at once, each with a source of its own when they are spoofed.
class Flood {
public:
    Flood(const Options& options, std::vector<Datagram> datagrams)
        : options_(options), datagrams_(std::move(datagrams)) {}
    Flood(const Flood&) = delete;
    Flood& operator=(const Flood&) = delete;
    ~Flood() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    bool open() {
        fd_ = options_.spoof ? ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW)
                             : ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        return fd_ >= 0
               && ::connect(
                      fd_,
                      reinterpret_cast<const sockaddr*>(&options_.victim),
                      sizeof(options_.victim))
                      == 0;
    }

    void run() {
        using Clock = std::chrono::steady_clock;
        const auto start = Clock::now();
        const auto end = start + std::chrono::duration<double>(options_.seconds);
        for (auto now = start; now < end; now = Clock::now()) {
            const std::chrono::duration<double> passed = now - start;
            if (options_.rate > 0 && static_cast<double>(sent_) > passed.count() * options_.rate) {
                ::poll(nullptr, 0, 1);
                continue;
            }
            sendBatch();
            discardAnswers();
        }
        const std::chrono::duration<double> took = Clock::now() - start;
        std::printf(
            "{\"datagrams\": %zu, \"bytes\": %zu, \"seconds\": %.3f}\n",
            sent_,
            bytes_,
            took.count());
    }

private:
    struct Slot {
        std::array<std::uint8_t, kMostBytes> bytes{};
        std::size_t size = 0;
    };

    void fill(Slot& slot, const Datagram& datagram) {
        const std::size_t head = options_.spoof ? kIpUdpBytes : 0;
        const auto size = std::min(datagram.size(), kMostBytes - head);
        std::copy_n(datagram.begin(), size, slot.bytes.begin() + static_cast<std::ptrdiff_t>(head));
        slot.size = head + size;
        if (options_.spoof) {
            writeHeaders(slot);
        }
    }

    void writeHeaders(Slot& slot) {
        iphdr ip{};
        ip.version = 4;
        ip.ihl = sizeof(ip) / 4;
        ip.ttl = 64;
        ip.protocol = IPPROTO_UDP;
        const auto hosts =
            options_.spoof->length() == 0
                ? ~std::uint32_t{0}
                : (std::uint32_t{1} << (32U - static_cast<unsigned>(options_.spoof->length())))
                      - 1U;
        // Far from each other, all of them in time: an odd step walks through a power of two.
        source_ += 2'654'435'761U;
        ip.saddr = htonl(options_.spoof->masked().address().v4Value() | (source_ & hosts));
        ip.daddr = options_.victim.sin_addr.s_addr;
        udphdr udp{};
        const auto anyPort = static_cast<std::uint16_t>(1024U + (source_ >> 16U) % 60'000U);
        udp.source = htons(options_.spoofPort.value_or(anyPort));
        udp.dest = options_.victim.sin_port;
        udp.len = htons(static_cast<std::uint16_t>(slot.size - sizeof(ip)));
        // The kernel fills in the length and the checksum of IP; that of UDP may be none.
        std::memcpy(slot.bytes.data(), &ip, sizeof(ip));
        std::memcpy(slot.bytes.data() + sizeof(ip), &udp, sizeof(udp));
    }

    void sendBatch() {
        std::array<mmsghdr, kBatch> messages{};
        std::array<iovec, kBatch> pieces{};
        for (std::size_t i = 0; i < kBatch; ++i) {
            auto& slot = slots_.at(i);
            fill(slot, datagrams_.at(next_));
            next_ = (next_ + 1) % datagrams_.size();
            pieces.at(i) = {slot.bytes.data(), slot.size};
            messages.at(i).msg_hdr.msg_iov = &pieces.at(i);
            messages.at(i).msg_hdr.msg_iovlen = 1;
        }
        const int count = ::sendmmsg(fd_, messages.data(), messages.size(), 0);
        // A closed port answers with an error now and then, which takes one datagram's place.
        for (int i = 0; i < count; ++i) {
            const auto& slot = slots_.at(static_cast<std::size_t>(i));
            bytes_ += slot.size - (options_.spoof ? kIpUdpBytes : 0);
            ++sent_;
        }
    }

    void discardAnswers() const {
        std::array<std::uint8_t, kMostBytes> answer{};
        while (::recv(fd_, answer.data(), answer.size(), MSG_DONTWAIT) > 0) {
        }
    }

    const Options& options_;
    const std::vector<Datagram> datagrams_;
    int fd_ = -1;
    std::vector<Slot> slots_{kBatch};
    std::uint32_t source_ = 1;
    std::size_t next_ = 0;
    std::size_t sent_ = 0;
    std::size_t bytes_ = 0;
};

int runMain(const std::vector<std::string>& words) {
    const auto options = readCommandLine(words);
    if (!options) {
        std::fputs(
            "usage: wg_flood ATTACK ADDRESS PORT PUBLIC-KEY SECONDS [--rate PER-SECOND]\n"
            "                [--spoof PREFIX] [--spoof-port PORT] [--captured FILE]\n",
            stderr);
        return 2;
    }
    auto datagrams = makeAttack(options->attack, options->key, options->captured);
    if (!datagrams.ok()) {
        std::fprintf(stderr, "wg_flood: %s\n", messageOf(datagrams.status()).c_str());
        return 1;
    }
    Flood flood(*options, *std::move(datagrams));
    if (!flood.open()) {
        std::fprintf(stderr, "wg_flood: no socket: %s\n", std::strerror(errno));
        return 1;
    }
    // A test waits for this line: the preparations are over.
    std::puts("ready");
    std::fflush(stdout);
    flood.run();
    return 0;
}

}  // namespace
}  // namespace weft::tests

int main(int argc, char** argv) {
    return weft::tests::runMain({argv + 1, argv + argc});
}
