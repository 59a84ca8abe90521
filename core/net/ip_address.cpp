// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_address.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace weft::net {
namespace {

/// The longest text of an address: eight groups of four with the last two dotted.
constexpr std::size_t kLongestAddressText = 45;
constexpr std::size_t kGroups = 8;
/// RFC 4291 section 2.5.5.2.
constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/// Decimal without sign and leading zeros, at most `most`.
std::optional<std::uint32_t> parseDecimal(std::string_view text, std::uint32_t most) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value > most) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::uint32_t> parseV4(std::string_view text) {
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        const auto dot = text.find('.');
        if ((dot == std::string_view::npos) != (part == 3)) {
            return std::nullopt;
        }
        const auto octet = parseDecimal(text.substr(0, dot), 255);
        if (!octet) {
            return std::nullopt;
        }
        value = (value << 8U) | *octet;
        text.remove_prefix(part == 3 ? text.size() : dot + 1);
    }
    return value;
}

std::optional<std::uint16_t> parseGroup(std::string_view text) {
    if (text.empty() || text.size() > 4) {
        return std::nullopt;
    }
    std::uint16_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, 16);
    if (error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return value;
}

struct Groups {
    std::array<std::uint16_t, kGroups> values{};
    std::size_t count = 0;

    bool add(std::uint32_t value) {
        if (count == kGroups) {
            return false;
        }
        values[count++] = static_cast<std::uint16_t>(value);
        return true;
    }
};

/// Groups between colons; the last may be a dotted IPv4 address when `dottedAllowed`. An empty
/// text is no group at all.
std::optional<Groups> parseGroups(std::string_view text, bool dottedAllowed) {
    Groups groups;
    bool more = !text.empty();
    while (more) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        more = colon != std::string_view::npos;
        if (!more && dottedAllowed && part.find('.') != std::string_view::npos) {
            const auto dotted = parseV4(part);
            if (!dotted || !groups.add(*dotted >> 16U) || !groups.add(*dotted & 0xFFFFU)) {
                return std::nullopt;
            }
            return groups;
        }
        const auto value = parseGroup(part);
        if (!value || !groups.add(*value)) {
            return std::nullopt;
        }
        text.remove_prefix(more ? colon + 1 : text.size());
    }
    return groups;
}

std::optional<std::array<std::uint8_t, 16>> parseV6(std::string_view text) {
    const auto gap = text.find("::");
    const bool compressed = gap != std::string_view::npos;
    const auto head = parseGroups(text.substr(0, gap), !compressed);
    const auto tail = parseGroups(compressed ? text.substr(gap + 2) : std::string_view{}, true);
    if (!head || !tail) {
        return std::nullopt;
    }
    const auto given = head->count + tail->count;
    if (compressed ? given >= kGroups : given != kGroups) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 16> bytes{};
    const auto put = [&bytes](std::size_t group, std::uint16_t value) {
        bytes[group * 2] = static_cast<std::uint8_t>(value >> 8U);
        bytes[group * 2 + 1] = static_cast<std::uint8_t>(value & 0xFFU);
    };
    for (std::size_t i = 0; i < head->count; ++i) {
        put(i, head->values[i]);
    }
    for (std::size_t i = 0; i < tail->count; ++i) {
        put(kGroups - tail->count + i, tail->values[i]);
    }
    return bytes;
}

struct ZeroRun {
    std::size_t first = kGroups;
    std::size_t count = 0;
};

/// The longest run of two or more zero groups, the first of equals (RFC 5952 section 4.2).
ZeroRun longestZeroRun(const std::array<std::uint16_t, kGroups>& groups) {
    ZeroRun best;
    ZeroRun current;
    for (std::size_t i = 0; i < kGroups; ++i) {
        if (groups[i] != 0) {
            current = {};
            continue;
        }
        current.first = current.count == 0 ? i : current.first;
        ++current.count;
        if (current.count > 1 && current.count > best.count) {
            best = current;
        }
    }
    return best;
}

std::string dotted(std::uint32_t value) {
    return fmt::format(
        "{}.{}.{}.{}", value >> 24U, (value >> 16U) & 0xFFU, (value >> 8U) & 0xFFU, value & 0xFFU);
}

}  // namespace

IpAddress IpAddress::v4(std::uint32_t hostOrder) {
    IpAddress made;
    for (std::size_t i = 0; i < 4; ++i) {
        made.bytes_[i] = static_cast<std::uint8_t>((hostOrder >> (24U - 8U * i)) & 0xFFU);
    }
    return made;
}

IpAddress IpAddress::v6(const std::array<std::uint8_t, 16>& networkOrder) {
    IpAddress made;
    made.family_ = Family::V6;
    made.bytes_ = networkOrder;
    return made;
}

StatusOr<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() <= kLongestAddressText) {
        if (const auto v4Text = parseV4(text)) {
            return v4(*v4Text);
        }
        if (const auto v6Text = parseV6(text)) {
            return v6(*v6Text);
        }
    }
    return invalidArgument("\"{}\" is not an IP address", base::escapeForLine(text, 64));
}

std::span<const std::uint8_t> IpAddress::bytes() const {
    return {bytes_.data(), isV4() ? std::size_t{4} : bytes_.size()};
}

std::uint32_t IpAddress::v4Value() const {
    WEFT_CHECK(isV4());
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = (value << 8U) | bytes_[i];
    }
    return value;
}

bool IpAddress::isUnspecified() const {
    return std::ranges::all_of(bytes(), [](std::uint8_t each) { return each == 0; });
}

bool IpAddress::isLoopback() const {
    if (isV4()) {
        return bytes_[0] == 127;
    }
    const auto front = bytes().first(15);
    return bytes_[15] == 1
           && std::ranges::all_of(front, [](std::uint8_t each) { return each == 0; });
}

bool IpAddress::isLinkLocal() const {
    if (isV4()) {
        return bytes_[0] == 169 && bytes_[1] == 254;
    }
    return bytes_[0] == 0xFE && (bytes_[1] & 0xC0U) == 0x80U;
}

bool IpAddress::isMulticast() const {
    return isV4() ? (bytes_[0] & 0xF0U) == 0xE0U : bytes_[0] == 0xFF;
}

bool IpAddress::isPrivate() const {
    if (isV6()) {
        return (bytes_[0] & 0xFEU) == 0xFCU;
    }
    return bytes_[0] == 10 || (bytes_[0] == 172 && (bytes_[1] & 0xF0U) == 16)
           || (bytes_[0] == 192 && bytes_[1] == 168)
           || (bytes_[0] == 100 && (bytes_[1] & 0xC0U) == 64);
}

IpAddress IpAddress::unmapped() const {
    if (isV4() || !std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes_.begin())) {
        return *this;
    }
    IpAddress made;
    std::copy(bytes_.begin() + kMappedPrefix.size(), bytes_.end(), made.bytes_.begin());
    return made;
}

std::string IpAddress::toString() const {
    if (isV4()) {
        return dotted(v4Value());
    }
    if (const auto plain = unmapped(); plain.isV4()) {
        return "::ffff:" + dotted(plain.v4Value());
    }
    std::array<std::uint16_t, kGroups> groups{};
    for (std::size_t i = 0; i < kGroups; ++i) {
        groups[i] = static_cast<std::uint16_t>((bytes_[i * 2] << 8U) | bytes_[i * 2 + 1]);
    }
    const ZeroRun gap = longestZeroRun(groups);
    std::string out;
    for (std::size_t i = 0; i < kGroups; ++i) {
        if (i == gap.first) {
            out += "::";
            i += gap.count - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') {
            out += ':';
        }
        out += fmt::format("{:x}", groups[i]);
    }
    return out;
}

}  // namespace weft::net
