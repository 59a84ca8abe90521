// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/resolver_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace weft::platform {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::string_view kBlanks = " \t\r";
/// At the end of our lines: what follows a '#' is not read by the C library.
constexpr std::string_view kMark = " # weft: as long as the mesh is joined";

std::string_view takeWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    const auto word = line.substr(0, line.find_first_of(kBlanks));
    line.remove_prefix(word.size());
    return word;
}

/// The next line with its end; `text` becomes what follows.
std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(line.size());
    return line;
}

std::string_view withoutEnd(std::string_view line) {
    return line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
}

bool isOurs(std::string_view line) {
    return line.starts_with("nameserver ") && withoutEnd(line).ends_with(kMark);
}

std::string lineFor(const net::IpAddress& server) {
    return fmt::format("nameserver {}{}\n", server.toString(), kMark);
}

std::string keepLines(
    std::string_view text, const std::function<bool(std::string_view line)>& isKept) {
    std::string kept;
    while (!text.empty()) {
        const auto line = takeLine(text);
        if (isKept(line)) {
            kept += line;
        }
    }
    return kept;
}

std::string domainFrom(std::string_view word) {
    while (word.ends_with('.')) {
        word.remove_suffix(1);
    }
    std::string domain(word);
    std::ranges::transform(domain, domain.begin(), [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    });
    return domain;
}

}  // namespace

std::vector<net::Endpoint> nameserversOf(std::string_view text) {
    std::vector<net::Endpoint> servers;
    while (!text.empty() && servers.size() < kMostNameservers) {
        auto line = withoutEnd(takeLine(text));
        if (isOurs(line) || takeWord(line) != "nameserver") {
            continue;
        }
        if (const auto address = net::IpAddress::parse(takeWord(line)); address.ok()) {
            servers.push_back({*address, kDnsPort});
        }
    }
    return servers;
}

std::vector<std::string> searchDomainsOf(std::string_view text) {
    std::vector<std::string> domains;
    while (!text.empty()) {
        auto line = withoutEnd(takeLine(text));
        const auto key = takeWord(line);
        if (key != "search" && key != "domain") {
            continue;
        }
        domains.clear();
        for (auto word = takeWord(line); !word.empty() && domains.size() < kMostSearchDomains;
             word = takeWord(line)) {
            if (auto domain = domainFrom(word); !domain.empty()) {
                domains.push_back(std::move(domain));
            }
        }
    }
    return domains;
}

std::string withServer(std::string_view text, const net::IpAddress& server) {
    return lineFor(server) + withoutServers(text);
}

std::string withoutServer(std::string_view text, const net::IpAddress& server) {
    const auto own = lineFor(server);
    return keepLines(
        text, [&own](std::string_view line) { return withoutEnd(line) != withoutEnd(own); });
}

std::string withoutServers(std::string_view text) {
    return keepLines(text, [](std::string_view line) { return !isOurs(line); });
}

bool isFirst(std::string_view text, const net::IpAddress& server) {
    while (!text.empty()) {
        const auto line = withoutEnd(takeLine(text));
        auto words = line;
        if (takeWord(words) == "nameserver") {
            const auto own = lineFor(server);
            return line == withoutEnd(own);
        }
    }
    return false;
}

}  // namespace weft::platform
