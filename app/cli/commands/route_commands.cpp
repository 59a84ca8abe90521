// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

namespace weft::cli {
namespace {

/// What the list says besides the state.
std::string noteOf(const api::MeshRoute& route) {
    if (!route.text.empty()) {
        return route.text;
    }
    return route.isDefault ? "the way to the Internet" : "";
}

Status answer(Context& context, const Parsed& parsed, api::RouteAnswer answer, const char* result) {
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("profile")));
    const auto cidr = parsed.text("CIDR");
    const auto node = parsed.text("from");
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().answerRoute(profile.id, cidr, node, answer, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"cidr", cidr}, {"node", node}, {"answer", result}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format(
            "{}{}{} is {}.",
            safe(cidr),
            node.empty() ? "" : " from ",
            node.empty() ? std::string() : safe(node),
            result));
    }
    return okStatus();
}

}  // namespace

Status runRoutesList(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto routes,
        context.session->call<std::vector<api::MeshRoute>>(
            [&](Callback<std::vector<api::MeshRoute>> done) {
                context.session->controller().routes(id, std::move(done));
            }));
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& route : routes) {
            list.push_back(describe(route));
        }
        out.write(list);
        return okStatus();
    }
    Table table({"NETWORK", "FROM", "STATE", "NOTE"});
    for (const auto& route : routes) {
        if (out.quiet()) {
            out.line(safe(route.cidr));
        }
        table.add(
            {route.cidr,
             route.nodeId.empty() ? "the mesh" : route.nodeId,
             std::string(nameOf(route.state)),
             noteOf(route)});
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runRoutesAccept(Context& context, const Parsed& parsed) {
    return answer(context, parsed, api::RouteAnswer::Agree, "accepted");
}

Status runRoutesRefuse(Context& context, const Parsed& parsed) {
    return answer(context, parsed, api::RouteAnswer::Refuse, "refused");
}

Status runRoutesForget(Context& context, const Parsed& parsed) {
    return answer(context, parsed, api::RouteAnswer::Forget, "forgotten");
}

Status runProfilesLockdown(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(auto profile, chooseProfile(context, parsed.text("PROFILE")));
    profile.lockdown = parsed.text("SWITCH") == "on";
    WEFT_ASSIGN_OR_RETURN(
        const auto kept, context.session->call<api::Profile>([&](Callback<api::Profile> done) {
            context.session->controller().putProfile(profile, std::move(done));
        }));
    if (context.out.isStructured()) {
        context.out.write(describe(kept));
    } else if (!context.out.quiet()) {
        context.out.line(
            kept.lockdown
                ? "While it is to be connected, nothing leaves this computer outside the tunnels."
                : "Packets leave this computer as they always do.");
    }
    return okStatus();
}

}  // namespace weft::cli
