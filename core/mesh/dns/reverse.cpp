// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/reverse.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh::dns {
namespace {

constexpr int kOctetBits = 8;
constexpr int kNibbleBits = 4;

/// "0" to "255" without leading zeros.
std::optional<std::uint8_t> octetOf(std::string_view label) {
    std::uint8_t value = 0;
    const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), value);
    const bool whole = error == std::errc{} && end == label.data() + label.size();
    return whole && (label.size() == 1 || label.front() != '0') ? std::optional(value)
                                                                : std::nullopt;
}

std::optional<std::uint8_t> nibbleOf(std::string_view label) {
    constexpr int kHexadecimal = 16;
    std::uint8_t value = 0;
    const auto [end, error] =
        std::from_chars(label.data(), label.data() + label.size(), value, kHexadecimal);
    const bool whole = error == std::errc{} && end == label.data() + label.size();
    return whole && label.size() == 1 ? std::optional(value) : std::nullopt;
}

/// `read` gives the value of one label, each of `step` bits.
template <std::size_t Width, typename Read>
std::pair<std::array<std::uint8_t, Width>, int> bitsOf(
    const std::vector<std::string>& labels, std::size_t count, int step, Read read) {
    std::array<std::uint8_t, Width> bytes{};
    int bits = 0;
    while (count > 0 && bits < static_cast<int>(Width) * kOctetBits) {
        const auto value = read(labels[count - 1]);
        if (!value) {
            break;
        }
        const int shift = kOctetBits - step - bits % kOctetBits;
        auto& byte = bytes[static_cast<std::size_t>(bits / kOctetBits)];
        byte = static_cast<std::uint8_t>(byte | (*value << shift));
        bits += step;
        --count;
    }
    return {bytes, bits};
}

Name zoneOf(const net::IpAddress& address, int bits) {
    const int step = address.isV4() ? kOctetBits : kNibbleBits;
    std::vector<std::string> labels;
    for (int end = (bits + step - 1) / step * step; end > 0; end -= step) {
        const int from = end - step;
        const unsigned byte = address.bytes()[static_cast<std::size_t>(from / kOctetBits)];
        if (address.isV4()) {
            labels.push_back(fmt::format("{}", byte));
        } else {
            labels.push_back(
                fmt::format("{:x}", from % kOctetBits == 0 ? byte >> 4U : byte & 0xFU));
        }
    }
    labels.emplace_back(address.isV4() ? "in-addr" : "ip6");
    labels.emplace_back("arpa");
    // Never too long.
    return Name::of(std::move(labels)).value_or(Name());
}

}  // namespace

std::optional<Reverse> reverseOf(const Name& name) {
    const auto& labels = name.labels();
    if (labels.size() < 2 || labels.back() != "arpa") {
        return std::nullopt;
    }
    const auto count = labels.size() - 2;
    const auto& family = labels[count];
    const auto make = [count](const net::IpAddress& address, int bits, int step) {
        return Reverse{net::IpPrefix(address, bits), count - static_cast<std::size_t>(bits / step)};
    };
    if (family == "in-addr") {
        const auto [bytes, bits] = bitsOf<4>(labels, count, kOctetBits, octetOf);
        std::uint32_t value = 0;
        for (const auto byte : bytes) {
            value = value << 8U | byte;
        }
        return make(net::IpAddress::v4(value), bits, kOctetBits);
    }
    if (family == "ip6") {
        const auto [bytes, bits] = bitsOf<16>(labels, count, kNibbleBits, nibbleOf);
        return make(net::IpAddress::v6(bytes), bits, kNibbleBits);
    }
    return std::nullopt;
}

Name reverseZone(const net::IpPrefix& network, const net::IpAddress& address) {
    return zoneOf(address, network.length());
}

Name reverseName(const net::IpAddress& address) {
    return zoneOf(address, address.bits());
}

}  // namespace weft::mesh::dns
