// SPDX-License-Identifier: Apache-2.0
#include "core/net/endpoint.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace weft::net {
namespace {

/// RFC 1035 section 2.3.4, in the text form without the root.
constexpr std::size_t kMostHostBytes = 253;
constexpr std::size_t kMostLabelBytes = 63;

std::optional<std::uint16_t> parsePort(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text.size() > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    std::uint16_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return value;
}

/// "host:port" cut in two, brackets taken off; nothing is checked beyond the frame.
struct Pieces {
    std::string_view host;
    std::optional<std::string_view> port;
    bool bracketed = false;
};

std::optional<Pieces> split(std::string_view text) {
    Pieces pieces;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        pieces.bracketed = true;
        pieces.host = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        if (text.empty()) {
            return pieces;
        }
        if (text.front() != ':') {
            return std::nullopt;
        }
        pieces.port = text.substr(1);
        return pieces;
    }
    const auto colon = text.find(':');
    pieces.host = text.substr(0, colon);
    if (colon != std::string_view::npos) {
        pieces.port = text.substr(colon + 1);
    }
    return pieces;
}

bool isDigit(char each) {
    return each >= '0' && each <= '9';
}

bool isHostCharacter(char each) {
    return isDigit(each) || (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z')
           || each == '-' || each == '_';
}

bool isLabel(std::string_view label) {
    return !label.empty() && label.size() <= kMostLabelBytes && label.front() != '-'
           && label.back() != '-' && std::all_of(label.begin(), label.end(), isHostCharacter);
}

/// Letters, digits, '-' and '_' in labels of 1 to 63 bytes; one dot may end it. A name whose last
/// label is a number is a damaged IPv4 address and not a name.
bool isHostName(std::string_view host) {
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    if (host.empty() || host.size() > kMostHostBytes) {
        return false;
    }
    std::string_view label;
    while (true) {
        const auto dot = host.find('.');
        label = host.substr(0, dot);
        if (!isLabel(label)) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return !std::all_of(label.begin(), label.end(), isDigit);
        }
        host.remove_prefix(dot + 1);
    }
}

bool isHost(const Pieces& pieces) {
    if (pieces.bracketed) {
        const auto address = IpAddress::parse(pieces.host);
        return address.ok() && address->isV6();
    }
    return pieces.host.empty() || isHostName(pieces.host) || IpAddress::parse(pieces.host).ok();
}

bool looksLikeBareV6(std::string_view text) {
    return std::count(text.begin(), text.end(), ':') > 1 && !text.starts_with('[');
}

}  // namespace

StatusOr<Endpoint> Endpoint::parse(std::string_view text) {
    const auto fail = [text](std::string_view reason) {
        return invalidArgument(
            "\"{}\" is not an address and port: {}", base::escapeForLine(text, 64), reason);
    };
    if (looksLikeBareV6(text)) {
        return fail("an IPv6 address belongs in brackets, [fd00::1]:8443");
    }
    const auto pieces = split(text);
    if (!pieces || !pieces->port) {
        return fail("the form is address:port");
    }
    const auto port = parsePort(*pieces->port);
    if (!port) {
        return fail("the port must be a number from 0 to 65535");
    }
    const auto address = IpAddress::parse(pieces->host);
    if (!address.ok() || address->isV6() != pieces->bracketed) {
        return fail("the address is wrong");
    }
    return Endpoint{*address, *port};
}

std::string Endpoint::toString() const {
    const auto text = address.toString();
    return address.isV6() ? fmt::format("[{}]:{}", text, port) : fmt::format("{}:{}", text, port);
}

StatusOr<HostPort> HostPort::parse(std::string_view text, std::uint16_t defaultPort) {
    const auto fail = [text](std::string_view reason) {
        return invalidArgument(
            "\"{}\" is not a host and port: {}", base::escapeForLine(text, 64), reason);
    };
    if (text.empty()) {
        return fail("it is empty");
    }
    if (looksLikeBareV6(text)) {
        return fail("an IPv6 address belongs in brackets, [fd00::1]:8443");
    }
    const auto pieces = split(text);
    if (!pieces) {
        return fail("the form is host:port or [address]:port");
    }
    if (!isHost(*pieces)) {
        return fail("the host is neither a name nor an address");
    }
    if (!pieces->port) {
        if (defaultPort == 0) {
            return fail("the port is missing");
        }
        return HostPort{std::string(pieces->host), defaultPort};
    }
    const auto port = parsePort(*pieces->port);
    if (!port) {
        return fail("the port must be a number from 0 to 65535");
    }
    return HostPort{std::string(pieces->host), *port};
}

std::string HostPort::toString() const {
    const bool needsBrackets = host.find(':') != std::string::npos;
    return needsBrackets ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

}  // namespace weft::net
