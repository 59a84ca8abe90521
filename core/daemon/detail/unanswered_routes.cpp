// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/unanswered_routes.h"

#include "core/base/text.h"
#include "core/daemon/detail/state_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// Nodes, and networks of each, that are named: the list of routes has all.
constexpr std::size_t kMostNodes = 3;
constexpr std::size_t kMostNetworks = 3;

std::string listed(const std::vector<net::IpPrefix>& networks) {
    std::string text = networks.front().toString();
    const auto named = std::min(networks.size(), kMostNetworks);
    for (std::size_t i = 1; i < named; ++i) {
        const bool isLast = i + 1 == networks.size();
        text += fmt::format("{}{}", isLast ? " and " : ", ", networks[i].toString());
    }
    if (named < networks.size()) {
        text += fmt::format(" and {} more", networks.size() - named);
    }
    return text;
}

void addWaysToEverywhere(
    local::Connection& state, const std::string& node, const std::vector<net::IpPrefix>& ways) {
    addProblem(
        state,
        local::Problem::SEVERITY_INFO,
        fmt::format(
            "{} offers the way to the Internet ({}), which is not used: nobody here has agreed to it.",
            node,
            listed(ways)),
        fmt::format(
            "weftctl routes accept {0} --from {1} sends everything there, and weftctl routes refuse "
            "{0} --from {1} is not asked again.",
            ways.front().toString(),
            node));
}

void addPublicNetworks(
    local::Connection& state, const std::string& node, const std::vector<net::IpPrefix>& networks) {
    addProblem(
        state,
        local::Problem::SEVERITY_INFO,
        fmt::format(
            "{} offers a way to public addresses ({}), which is not used: nobody here has agreed to "
            "it.",
            node,
            listed(networks)),
        fmt::format(
            "weftctl routes accept {0} --from {1} sends what is for it there, and weftctl routes "
            "refuse {0} --from {1} is not asked again.",
            networks.front().toString(),
            node));
}

}  // namespace

void addUnanswered(const RouteConsents& consents, local::Connection& state) {
    struct Offered {
        std::vector<net::IpPrefix> everywhere;
        std::vector<net::IpPrefix> narrower;
    };
    std::map<std::string, Offered> byNode;
    for (const auto& offer : consents.unanswered()) {
        auto& offered = byNode[offer.node.value()];
        (isDefaultLike(offer.network) ? offered.everywhere : offered.narrower)
            .push_back(offer.network);
    }
    std::size_t told = 0;
    for (const auto& [name, offered] : byNode) {
        if (++told > kMostNodes) {
            break;
        }
        const auto node = base::escapeForLine(name);
        if (!offered.everywhere.empty()) {
            addWaysToEverywhere(state, node, offered.everywhere);
        }
        if (!offered.narrower.empty()) {
            addPublicNetworks(state, node, offered.narrower);
        }
    }
}

}  // namespace weft::daemon
