// SPDX-License-Identifier: Apache-2.0
#include "app/cli/review_text.h"

#include "app/cli/wording.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace weft::cli {
namespace {

using api::PairState;

std::string_view nameOf(PairState state) {
    constexpr std::array<std::string_view, 4> kNames{"none", "one-sided", "permitted", "connected"};
    return kNames.at(static_cast<std::size_t>(state));
}

/// What becomes of a way, in a word.
struct Direction {
    std::string_view name;
    Tone tone = Tone::Plain;
};
constexpr Direction kGained{"gained", Tone::Good};
constexpr Direction kLost{"lost", Tone::Bad};
constexpr Direction kChanged{"changed"};
constexpr Direction kMoved{"moved"};

Direction directionOf(const api::PairChange& change) {
    const bool before = change.before.state == PairState::Connected;
    const bool after = change.after.state == PairState::Connected;
    if (before == after) {
        return kChanged;
    }
    return after ? kGained : kLost;
}

std::string wordOf(const Output& out, const Direction& direction) {
    return out.toned(fmt::format("{:<7}", direction.name), direction.tone);
}

/// "one-sided (laptop may, nas may not)".
std::string standingText(const api::PairChange& change, const api::PairStanding& standing) {
    if (standing.state != PairState::OneSided) {
        return std::string(nameOf(standing.state));
    }
    const auto& may = standing.forward ? change.left : change.right;
    const auto& mayNot = standing.forward ? change.right : change.left;
    return fmt::format("one-sided ({} may, {} may not)", safe(may), safe(mayNot));
}

Document describe(const api::PairStanding& standing) {
    return Document::Members{
        {"state", std::string(nameOf(standing.state))},
        {"forward", standing.forward},
        {"backward", standing.backward}};
}

/// What is not shown of `count`.
void printMore(Output& out, std::uint64_t count, std::size_t shown) {
    if (count > shown) {
        out.line(fmt::format("  and {} more", count - shown));
    }
}

Direction directionOf(const api::RouteChange& change) {
    if (change.before.empty() == change.after.empty()) {
        return kMoved;
    }
    return change.before.empty() ? kGained : kLost;
}

std::string exitText(const std::string& exit) {
    return exit.empty() ? std::string("no way") : fmt::format("over {}", safe(exit));
}

void printVanished(Output& out, const api::PlanReview& review) {
    if (review.vanishedCount == 0) {
        return;
    }
    out.line(fmt::format(
        "reference nodes lose sight of others in {}", counted(review.vanishedCount, "case")));
    const auto shown = std::min(review.vanished.size(), kMostShownLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& each = review.vanished[i];
        out.line(out.toned(
            fmt::format(
                "  {} no longer sees {}: route {} is denied",
                safe(each.from),
                safe(each.node),
                safe(each.route)),
            Tone::Bad));
    }
    printMore(out, review.vanishedCount, shown);
}

/// "access to the leader hub: yes -> no", for what changes.
void printAccess(Output& out, const api::PlanReview& review) {
    const auto line = [&out](const std::string& what, bool before, bool after) {
        if (before != after) {
            out.line(out.toned(
                fmt::format("{}: {} -> {}", what, before ? "yes" : "no", after ? "yes" : "no"),
                after ? Tone::Good : Tone::Bad));
        }
    };
    for (const auto& server : review.servers) {
        const auto what = fmt::format(
            "access to the {} {}", server.isLeader ? "leader" : "server", safe(server.server));
        line(what, server.before, server.after);
    }
    for (const auto& right : review.rights) {
        line(fmt::format("right to write each {}", wordFor(right.kind)), right.before, right.after);
    }
}

}  // namespace

std::string namesOf(const std::vector<std::string>& names, std::uint64_t count) {
    std::string text;
    const auto shown = std::min(names.size(), kMostShownNames);
    for (std::size_t i = 0; i < shown; ++i) {
        text += (text.empty() ? "" : ", ") + safe(names[i]);
    }
    return count > shown ? fmt::format("{} and {} more", text, count - shown) : text;
}

Document linksOf(const std::vector<api::NodePair>& pairs) {
    Document::List list;
    for (const auto& [left, right] : pairs) {
        list.push_back(Document::Members{{"left", left}, {"right", right}});
    }
    return list;
}

Document describe(const api::PairDifference& pairs) {
    Document::List listed;
    for (const auto& change : pairs.listed) {
        listed.push_back(Document::Members{
            {"direction", std::string(directionOf(change).name)},
            {"left", change.left},
            {"right", change.right},
            {"before", describe(change.before)},
            {"after", describe(change.after)}});
    }
    return Document::Members{
        {"gained", pairs.gained},
        {"lost", pairs.lost},
        {"changed", pairs.changed},
        {"listed", std::move(listed)},
        {"isolated", Document::listOf(pairs.isolated)},
        {"isolatedCount", pairs.isolatedCount}};
}

Document describe(const api::RouteDifference& routes) {
    Document::List listed;
    for (const auto& change : routes.listed) {
        listed.push_back(Document::Members{
            {"node", change.node},
            {"destination", change.destination},
            {"before", change.before},
            {"after", change.after}});
    }
    return Document::Members{
        {"gained", routes.gained},
        {"lost", routes.lost},
        {"moved", routes.moved},
        {"listed", std::move(listed)}};
}

Document describe(const api::VoterDifference& voters) {
    return Document::Members{
        {"added", Document::listOf(voters.added)},
        {"removed", Document::listOf(voters.removed)},
        {"separated", linksOf(voters.separated)},
        {"text", voters.text},
        {"losesQuorum", voters.losesQuorum}};
}

Document::Members membersOf(const api::PlanReview& review) {
    Document::List vanished;
    for (const auto& each : review.vanished) {
        vanished.push_back(
            Document::Members{{"from", each.from}, {"node", each.node}, {"route", each.route}});
    }
    Document::List servers;
    for (const auto& each : review.servers) {
        servers.push_back(Document::Members{
            {"server", each.server},
            {"isLeader", each.isLeader},
            {"before", each.before},
            {"after", each.after}});
    }
    Document::List rights;
    for (const auto& each : review.rights) {
        rights.push_back(Document::Members{
            {"kind", std::string(wordFor(each.kind))},
            {"before", each.before},
            {"after", each.after}});
    }
    return Document::Members{
        {"pairs", describe(review.pairs)},
        {"routes", describe(review.routes)},
        {"vanishedCount", review.vanishedCount},
        {"vanished", std::move(vanished)},
        {"voters", describe(review.voters)},
        {"servers", std::move(servers)},
        {"rights", std::move(rights)},
        {"warnings", Document::listOf(review.warnings)}};
}

void print(Output& out, const api::PairDifference& pairs) {
    if (pairs.changed != 0) {
        out.line(fmt::format(
            "pairs: {} gained, {} lost, {} changed", pairs.gained, pairs.lost, pairs.changed));
    }
    const auto shown = std::min(pairs.listed.size(), kMostShownLines);
    std::size_t width = 0;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& change = pairs.listed[i];
        names.push_back(fmt::format("{} <-> {}", safe(change.left), safe(change.right)));
        width = std::max(width, names.back().size());
    }
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& change = pairs.listed[i];
        out.line(fmt::format(
            "  {} {:<{}}  {} -> {}",
            wordOf(out, directionOf(change)),
            names[i],
            width,
            standingText(change, change.before),
            standingText(change, change.after)));
    }
    printMore(out, pairs.changed, shown);
    if (pairs.isolatedCount != 0) {
        out.line(out.toned(
            fmt::format(
                "cut off from all others: {}", namesOf(pairs.isolated, pairs.isolatedCount)),
            Tone::Bad));
    }
}

void print(Output& out, const api::RouteDifference& routes) {
    const auto count = routes.gained + routes.lost + routes.moved;
    if (count == 0) {
        return;
    }
    out.line(fmt::format(
        "routes: {} gained, {} lost, {} moved", routes.gained, routes.lost, routes.moved));
    const auto shown = std::min(routes.listed.size(), kMostShownLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& change = routes.listed[i];
        out.line(fmt::format(
            "  {} {} to {}: {} -> {}",
            wordOf(out, directionOf(change)),
            safe(change.node),
            safe(change.destination),
            exitText(change.before),
            exitText(change.after)));
    }
    printMore(out, count, shown);
}

void print(Output& out, const api::VoterDifference& voters) {
    if (!voters.added.empty()) {
        out.line("voters added: " + namesOf(voters.added, voters.added.size()));
    }
    if (!voters.removed.empty()) {
        out.line("voters removed: " + namesOf(voters.removed, voters.removed.size()));
    }
    const auto shown = std::min(voters.separated.size(), kMostShownLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [left, right] = voters.separated[i];
        out.line(fmt::format("voters separated: {} <-> {}", safe(left), safe(right)));
    }
    printMore(out, voters.separated.size(), shown);
    if (!voters.text.empty()) {
        out.line(out.toned(
            "voters: " + safe(voters.text), voters.losesQuorum ? Tone::Bad : Tone::Warning));
    }
}

void print(Output& out, const api::PlanReview& review) {
    print(out, review.pairs);
    print(out, review.routes);
    printVanished(out, review);
    print(out, review.voters);
    printAccess(out, review);
    for (const auto& warning : review.warnings) {
        out.line(out.toned("warning: " + safe(warning), Tone::Bad));
    }
}

}  // namespace weft::cli
