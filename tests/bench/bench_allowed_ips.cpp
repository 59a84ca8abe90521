// SPDX-License-Identifier: Apache-2.0
// What the table of allowed addresses costs: memory per entry, and time per lookup, insertion and
// removal. Lookups ask for entries in random order; a tenth of them for what is not there.
//
//   bench_allowed_ips
#include "core/wireguard/routing/allowed_ips.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using wireguard::AllowedIps;
using wireguard::PeerIndex;

using Clock = std::chrono::steady_clock;

/// So few that most rounds run through on a machine that others use too.
constexpr std::size_t kLookups = 8'192;
constexpr std::size_t kRounds = 301;

/// What was found cannot be left out.
volatile std::uint64_t sunk = 0;

double nsSince(Clock::time_point start, std::size_t operations) {
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count()
           / static_cast<double>(operations);
}

/// A mesh: each node has an address or a network of its own in one prefix.
net::IpPrefix nodePrefix(bool v4, int length, std::uint32_t number) {
    if (v4) {
        return {net::IpAddress::v4(0x0a000000U + number), length};
    }
    std::array<std::uint8_t, 16> bytes = {0xfd, 0xe8, 0x2c, 0x49};
    for (std::size_t at = 0; at < 4; ++at) {
        bytes[8 + at] = static_cast<std::uint8_t>((number * 2654435761U) >> (24 - 8 * at));
    }
    return {net::IpAddress::v6(bytes), length};
}

/// An address of which `prefix` may be the owner: its own, or far from it.
net::IpAddress wanted(const net::IpPrefix& prefix, std::mt19937_64& random) {
    if (random() % 10 != 0) {
        return prefix.address();
    }
    return prefix.address().isV4() ? net::IpAddress::v4(static_cast<std::uint32_t>(random()))
                                   : net::IpAddress::v6({0x20, 0x01});
}

void print(std::string_view what, double value, std::string_view unit) {
    fmt::print("  {:<26}{:8.1f} {}\n", what, value, unit);
}

/// `entries` of `length`, and besides as many other lengths as a mesh with routes has.
void bench(std::uint32_t entries, bool v4, int length, std::string_view name) {
    // NOLINTNEXTLINE(cert-msc51-cpp): every run asks for the same
    std::mt19937_64 random(1);
    std::vector<net::IpPrefix> prefixes;
    for (std::uint32_t number = 0; number < entries; ++number) {
        prefixes.push_back(nodePrefix(v4, length, number));
    }
    AllowedIps table(1);
    const auto empty = table.memoryBytes();
    auto start = Clock::now();
    for (std::uint32_t number = 0; number < entries; ++number) {
        static_cast<void>(table.insert(prefixes[number], PeerIndex{number}));
    }
    const auto insertNs = nsSince(start, entries);
    const auto bytes = static_cast<double>(table.memoryBytes() - empty) / entries;

    std::vector<net::IpAddress> addresses;
    for (std::size_t count = 0; count < 65'536; ++count) {
        addresses.push_back(wanted(prefixes[random() % entries], random));
    }
    const auto lookupNs = [&table, &addresses] {
        std::vector<double> times;
        for (std::size_t round = 0; round < kRounds; ++round) {
            std::uint64_t sum = 0;
            const auto began = Clock::now();
            for (std::size_t count = 0; count < kLookups; ++count) {
                const auto& address = addresses[(round * kLookups + count) % addresses.size()];
                sum += static_cast<std::uint64_t>(table.lookup(address.bytes()));
            }
            times.push_back(nsSince(began, kLookups));
            sunk = sum;
        }
        std::ranges::sort(times);
        return times[times.size() / 2];
    };
    fmt::print("{}\n", name);
    print("memory per entry", bytes, "bytes");
    print("insert", insertNs, "ns");
    print("lookup", lookupNs(), "ns");
    for (const int other : v4 ? std::array{0, 8, 16, 24} : std::array{0, 32, 48, 64}) {
        static_cast<void>(
            table.insert(net::IpPrefix(prefixes.front().address(), other), PeerIndex{0}));
    }
    print("lookup, 5 lengths in use", lookupNs(), "ns");
    start = Clock::now();
    for (std::uint32_t number = 0; number < entries; ++number) {
        table.removeAll(PeerIndex{number});
    }
    print("remove all of a peer", nsSince(start, entries), "ns");
}

}  // namespace
}  // namespace weft::bench

int main() {
    using weft::bench::bench;
    bench(100, true, 32, "100 peers with a /32");
    bench(10'000, true, 32, "10,000 peers with a /32");
    bench(131'000, true, 32, "131,000 peers with a /32");
    bench(10'000, false, 128, "10,000 peers with a /128");
    bench(10'000, false, 112, "10,000 peers with a /112");
    bench(131'000, false, 128, "131,000 peers with a /128");
    return 0;
}
