// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/api/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::cli {
namespace {

/// The longest name of a check.
constexpr int kCheckColumn = 17;

std::string_view nameOf(api::PathReason reason) {
    constexpr std::array<std::string_view, 15> kNames = {
        "",
        "no_common_family",
        "no_public_endpoint",
        "udp_blocked",
        "symmetric_nat",
        "acl_one_sided",
        "denied_by_acl",
        "handshake_timeout",
        "not_connected",
        "no_way",
        "longer",
        "other_answers",
        "withheld",
        "no_tunnel",
        "unknown"};
    return kNames.at(static_cast<std::size_t>(reason));
}

std::string_view nameOf(api::PathKind kind) {
    switch (kind) {
    case api::PathKind::Direct:
        return "direct";
    case api::PathKind::OverNodes:
        return "over_nodes";
    case api::PathKind::Endpoint:
        break;
    }
    return "endpoint";
}

std::string_view nameOf(api::AddressFamily family) {
    return family == api::AddressFamily::Ipv4 ? "IPv4" : "IPv6";
}

Document describe(const api::PathExplanation& path) {
    Document::List hops;
    for (const auto& hop : path.hops) {
        hops.push_back(Document::Members{{"node", hop.nodeId}, {"endpoint", hop.endpoint}});
    }
    Document::List families;
    for (const auto& family : path.families) {
        families.push_back(Document::Members{
            {"family", std::string(nameOf(family.family))},
            {"ownAddress", family.ownAddress},
            {"address", family.address},
            {"usable", family.usable},
            {"reason", std::string(nameOf(family.reason))}});
    }
    Document::List alternatives;
    for (const auto& way : path.alternatives) {
        alternatives.push_back(Document::Members{
            {"kind", std::string(nameOf(way.kind))},
            {"endpoint", way.endpoint},
            {"inUse", way.inUse},
            {"reason", std::string(nameOf(way.reason))},
            {"text", way.text},
            {"remedy", way.remedy}});
    }
    return Document::Members{
        {"node", path.nodeId},
        {"works", path.works},
        {"reason", std::string(nameOf(path.reason))},
        {"summary", path.summary},
        {"remedy", path.remedy},
        {"hops", std::move(hops)},
        {"lastHandshake", timeDocument(path.lastHandshake)},
        {"families", std::move(families)},
        {"alternatives", std::move(alternatives)}};
}

std::string wayText(const api::PathAlternative& way) {
    switch (way.kind) {
    case api::PathKind::Direct:
        return "directly";
    case api::PathKind::OverNodes:
        return "over other nodes";
    case api::PathKind::Endpoint:
        break;
    }
    return "at " + safe(way.endpoint);
}

void printWay(Output& out, const api::PathAlternative& way) {
    const auto mark =
        way.inUse ? out.toned("in use  ", Tone::Good) : out.toned("not used", Tone::Muted);
    out.line(fmt::format(
        "  {}  {}{}",
        mark,
        wayText(way),
        way.text.empty() ? std::string() : ": " + safe(way.text)));
}

void print(Context& context, const api::PathExplanation& path) {
    Output& out = context.out;
    out.line(out.toned(safe(path.summary), path.works ? Tone::Good : Tone::Bad));
    if (!path.remedy.empty()) {
        out.line(safe(path.remedy));
    }
    int number = 0;
    for (const auto& hop : path.hops) {
        out.line(fmt::format(
            "  {}. {}{}",
            ++number,
            safe(hop.nodeId),
            hop.endpoint.empty() ? std::string(", at a place that is not known")
                                 : " at " + safe(hop.endpoint)));
    }
    if (path.lastHandshake) {
        out.line(fmt::format(
            "Last handshake {}", relativeText(path.lastHandshake, context.clock.wallNow())));
    }
    for (const auto& family : path.families) {
        out.line(fmt::format(
            "{}: {}",
            nameOf(family.family),
            family.usable ? fmt::format("{} to {}", safe(family.ownAddress), safe(family.address))
                          : fmt::format("not used ({})", nameOf(family.reason))));
    }
    out.line("Ways");
    for (const auto& way : path.alternatives) {
        printWay(out, way);
    }
}

std::string_view lineName(std::string_view id) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames = {{
        {"udp", "UDP"},
        {"endpoints", "Own endpoints"},
        {"ipv4", "IPv4"},
        {"ipv6", "IPv6"},
        {"leader", "Leader"},
        {"mtu", "Packet size"},
        {"names", "Names"},
        {"firewall", "Firewall"},
        {"forwarding", "Forwarding"},
        {"collisions", "Other networks"},
    }};
    const auto* found = std::ranges::find(kNames, id, [](const auto& row) { return row.first; });
    return found == kNames.end() ? id : found->second;
}

}  // namespace

Status runExplainPath(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto path,
        context.session->call<api::PathExplanation>([&](Callback<api::PathExplanation> done) {
            context.session->controller().diagnosis().explainPath(
                id, parsed.text("NODE"), std::move(done));
        }));
    if (context.out.isStructured()) {
        context.out.write(describe(path));
    } else if (context.out.quiet()) {
        context.out.line(path.works ? "works" : nameOf(path.reason));
    } else {
        print(context, path);
    }
    return okStatus();
}

Status runNetcheck(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    using Checks = std::vector<api::NetworkCheck>;
    WEFT_ASSIGN_OR_RETURN(
        const auto checks, context.session->call<Checks>([&](Callback<Checks> done) {
            context.session->controller().diagnosis().checkNetwork(id, std::move(done));
        }));
    Output& out = context.out;
    Document::List list;
    bool isFailed = false;
    for (const auto& check : checks) {
        isFailed = isFailed || check.state == api::CheckState::Failed;
        list.push_back(Document::Members{
            {"id", check.id},
            {"state", std::string(nameOf(check.state))},
            {"text", check.text},
            {"remedy", check.remedy}});
        if (out.isStructured() || out.quiet()) {
            continue;
        }
        out.line(fmt::format(
            "{}  {:<{}}  {}",
            out.toned(fmt::format("{:<7}", nameOf(check.state)), toneOf(check.state)),
            safe(lineName(check.id)),
            kCheckColumn,
            safe(check.text)));
        if (!check.remedy.empty()) {
            out.line(fmt::format("{:<{}}{}", "", kCheckColumn + 11, safe(check.remedy)));
        }
    }
    if (out.isStructured()) {
        out.write(list);
    }
    return isFailed ? failedPrecondition("the network is not as the mesh needs it") : okStatus();
}

}  // namespace weft::cli
