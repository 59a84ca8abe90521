// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/resolver_file.h"

#include <algorithm>

namespace weft::services {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::string_view kBlanks = " \t\r";

std::string_view takeWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    const auto word = line.substr(0, line.find_first_of(kBlanks));
    line.remove_prefix(word.size());
    return word;
}

}  // namespace

std::vector<net::Endpoint> nameserversOf(std::string_view text) {
    std::vector<net::Endpoint> servers;
    while (!text.empty() && servers.size() < kMostNameservers) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (takeWord(line) != "nameserver") {
            continue;
        }
        if (const auto address = net::IpAddress::parse(takeWord(line)); address.ok()) {
            servers.push_back({*address, kDnsPort});
        }
    }
    return servers;
}

}  // namespace weft::services
