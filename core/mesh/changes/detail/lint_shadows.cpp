// SPDX-License-Identifier: Apache-2.0
// What never decides: by the lists of nodes, with groups expanded, and by the prefixes. Names that
// no node has yet count like all others, for they may be given to one.
#include "core/mesh/changes/detail/lint_scene.h"

#include <algorithm>

namespace weft::mesh::changes::detail {
namespace {

/// With more pairs of prefixes to look at, nothing is said of two lists.
constexpr std::size_t kMaxPrefixPairs = 65'536;

/// A denial matches what overlaps one of its prefixes, and what has no address; an accepting rule
/// what one of them holds. So within one side an accepting list never covers a denial.
bool coversSide(
    const LintRule& above, const RuleSide& high, bool belowAccepts, const RuleSide& low) {
    if (high.isOpen()) {
        return true;
    }
    if (low.isOpen() || (above.accepts && !belowAccepts)
        || high.prefixes.size() * low.prefixes.size() > kMaxPrefixPairs) {
        return false;
    }
    return std::ranges::all_of(low.prefixes, [&high](const net::IpPrefix& prefix) {
        return std::ranges::any_of(high.prefixes, [&prefix](const net::IpPrefix& holder) {
            return holder.contains(prefix);
        });
    });
}

}  // namespace

bool coversPrefixes(const LintRule& above, const LintRule& below) {
    return coversSide(above, above.source, below.accepts, below.source)
           && coversSide(above, above.destination, below.accepts, below.destination);
}

std::vector<const LintRule*> shadowsOf(
    const LintRule& rule, std::span<const LintRule> earlier, EmptyLists emptyLists) {
    // Rules that cover one side cover the rule when their other sides together cover the other.
    NameSet sources(rule.source.names);
    NameSet destinations(rule.destination.names);
    std::vector<const LintRule*> bySource;
    std::vector<const LintRule*> byDestination;
    for (const auto& above : earlier) {
        if (above.hasEmptyList && emptyLists == EmptyLists::Nobody) {
            continue;
        }
        const bool holdsSources = above.source.names.contains(rule.source.names);
        const bool holdsDestinations = above.destination.names.contains(rule.destination.names);
        if ((!holdsSources && !holdsDestinations) || !coversPrefixes(above, rule)) {
            continue;
        }
        if (holdsSources && holdsDestinations) {
            return {&above};
        }
        auto& left = holdsSources ? destinations : sources;
        auto& rules = holdsSources ? bySource : byDestination;
        const auto& side = holdsSources ? above.destination.names : above.source.names;
        if (left.intersects(side)) {
            left -= side;
            rules.push_back(&above);
        }
        if (left.isEmpty()) {
            return rules;
        }
    }
    return {};
}

void noteShadows(std::vector<LintRule>& rules) {
    for (std::size_t at = 0; at < rules.size(); ++at) {
        if (rules[at].isLive) {
            rules[at].shadowedBy =
                shadowsOf(rules[at], std::span(rules).first(at), EmptyLists::Nobody);
        }
    }
}

}  // namespace weft::mesh::changes::detail
