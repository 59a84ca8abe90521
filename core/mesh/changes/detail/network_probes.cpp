// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/network_probes.h"

#include <algorithm>
#include <array>
#include <optional>

namespace weft::mesh::changes::detail {
namespace {

using net::IpAddress;
using net::IpPrefix;

/// The first address behind a prefix; nullopt: there is none.
std::optional<IpAddress> behind(const IpPrefix& prefix) {
    const auto first = prefix.masked().address();
    std::array<std::uint8_t, 16> bytes{};
    std::ranges::copy(first.bytes(), bytes.begin());
    int bit = prefix.length();
    while (bit > 0) {
        --bit;
        auto& byte = bytes[static_cast<std::size_t>(bit / 8)];
        const auto mask = static_cast<std::uint8_t>(0x80U >> static_cast<unsigned>(bit % 8));
        byte ^= mask;
        // The carry ends where a bit becomes one.
        if ((byte & mask) != 0) {
            if (first.isV6()) {
                return IpAddress::v6(bytes);
            }
            std::uint32_t value = 0;
            for (std::size_t at = 0; at < 4; ++at) {
                value = (value << 8U) | bytes[at];
            }
            return IpAddress::v4(value);
        }
    }
    return std::nullopt;
}

/// What lies in both of two prefixes that overlap.
const IpPrefix& common(const IpPrefix& left, const IpPrefix& right) {
    return left.length() > right.length() ? left : right;
}

}  // namespace

std::set<IpAddress> edgesIn(const IpPrefix& network, const policy::NetworkRules& rules) {
    std::set<IpAddress> edges;
    const auto add = [&](const std::string& text) {
        const auto prefix = IpPrefix::parse(text);
        if (!prefix.ok() || !prefix->overlaps(network)) {
            return;
        }
        edges.insert(prefix->masked().address());
        if (const auto next = behind(*prefix)) {
            edges.insert(*next);
        }
    };
    for (const auto& rule : rules.rules()) {
        std::ranges::for_each(rule.sourceCidrs, add);
        std::ranges::for_each(rule.destinationCidrs, add);
    }
    return edges;
}

std::vector<IpPrefix> probesOf(
    const PolicyTest& test,
    const std::vector<IpPrefix>& networks,
    const std::set<IpAddress>& edges) {
    const auto& network = *test.network;
    if (test.must == Expectation::Reach) {
        const bool isLedTo = std::ranges::any_of(
            networks, [&network](const IpPrefix& one) { return one.contains(network); });
        return isLedTo ? std::vector{network} : std::vector<IpPrefix>();
    }
    std::set<IpPrefix> probes;
    for (const auto& one : networks) {
        const auto& part = common(one, network);
        probes.insert(IpPrefix::host(part.address()));
        for (auto edge = edges.lower_bound(part.address());
             edge != edges.end() && part.contains(*edge);
             ++edge) {
            probes.insert(IpPrefix::host(*edge));
        }
    }
    return {probes.begin(), probes.end()};
}

}  // namespace weft::mesh::changes::detail
