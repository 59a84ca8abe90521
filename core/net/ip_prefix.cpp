// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_prefix.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace weft::net {
namespace {

/// Digits alone: no sign, no leading zero.
std::optional<int> parseLength(std::string_view text, int most) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    unsigned value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value > static_cast<unsigned>(most)) {
        return std::nullopt;
    }
    return static_cast<int>(value);
}

/// The bits of byte `index` that a prefix of `length` covers.
std::uint8_t maskOf(std::size_t index, int length) {
    const int covered = std::clamp(length - static_cast<int>(index) * 8, 0, 8);
    return static_cast<std::uint8_t>(0xFF00U >> static_cast<unsigned>(covered));
}

bool sameBits(const IpAddress& left, const IpAddress& right, int length) {
    const auto leftBytes = left.bytes();
    const auto rightBytes = right.bytes();
    for (std::size_t i = 0; i < leftBytes.size() && static_cast<int>(i) * 8 < length; ++i) {
        if (((leftBytes[i] ^ rightBytes[i]) & maskOf(i, length)) != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace

IpPrefix::IpPrefix(const IpAddress& address, int length)
    : address_(address), length_(std::clamp(length, 0, address.bits())) {}

StatusOr<IpPrefix> IpPrefix::parse(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return invalidArgument(
            "\"{}\" is not an IP prefix: it has no /length", base::escapeForLine(text, 64));
    }
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address.ok()) {
        return address.status();
    }
    const auto length = parseLength(text.substr(slash + 1), address->bits());
    if (!length) {
        return invalidArgument(
            "\"{}\" is not an IP prefix: the length must be 0 to {}",
            base::escapeForLine(text, 64),
            address->bits());
    }
    return IpPrefix(*address, *length);
}

IpPrefix IpPrefix::host(const IpAddress& address) {
    return {address, address.bits()};
}

IpPrefix IpPrefix::masked() const {
    std::array<std::uint8_t, 16> bytes{};
    const auto given = address_.bytes();
    for (std::size_t i = 0; i < given.size(); ++i) {
        bytes[i] = given[i] & maskOf(i, length_);
    }
    if (address_.isV6()) {
        return {IpAddress::v6(bytes), length_};
    }
    const std::uint32_t value = (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U)
                                | (std::uint32_t{bytes[2]} << 8U) | bytes[3];
    return {IpAddress::v4(value), length_};
}

bool IpPrefix::contains(const IpAddress& address) const {
    return address.family() == family() && sameBits(address_, address, length_);
}

bool IpPrefix::contains(const IpPrefix& other) const {
    return other.length_ >= length_ && contains(other.address_);
}

bool IpPrefix::overlaps(const IpPrefix& other) const {
    return contains(other) || other.contains(*this);
}

std::string IpPrefix::toString() const {
    return fmt::format("{}/{}", address_.toString(), length_);
}

}  // namespace weft::net
