// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

namespace weft::cli {
namespace {

api::ConnectionState stateOf(const api::DaemonState& state, const api::ProfileId& id) {
    const api::Connection* connection = state.findConnection(id);
    return connection == nullptr ? api::ConnectionState::Off : connection->state;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

}  // namespace

Status runProfilesList(Context& context, const Parsed& /*parsed*/) {
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& profile : state.profiles) {
            list.push_back(describe(profile));
        }
        out.write(list);
        return okStatus();
    }
    Table table({"ID", "NAME", "STATE", "KIND", "NODE", "MESH", "DEFAULT"});
    for (const auto& profile : state.profiles) {
        if (out.quiet()) {
            out.line(safe(profile.id.value()));
        }
        table.add(
            {profile.id.value(),
             profile.name,
             std::string(nameOf(stateOf(state, profile.id))),
             std::string(nameOf(profile.kind)),
             profile.nodeId,
             shownDomain(profile.meshDomain),
             profile.id == state.defaultProfile ? "yes" : ""});
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runProfilesShow(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("PROFILE")));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(describe(profile));
        return okStatus();
    }
    if (out.quiet()) {
        out.line(safe(profile.id.value()));
        return okStatus();
    }
    Facts facts;
    facts.add("Id", profile.id.value());
    facts.add("Name", profile.name);
    facts.add("Kind", nameOf(profile.kind));
    facts.add("Node", profile.nodeId);
    facts.add("Mesh", shownDomain(profile.meshDomain));
    facts.add("Identity", profile.meshIdentity);
    facts.add("TLS", nameOf(profile.tlsMode));
    facts.add("Joins at", joined(profile.joinAddresses));
    facts.add("Listens on", profile.listenAddress);
    facts.add("Endpoints", joined(profile.endpoints));
    facts.add("Zone", profile.zone);
    facts.add("Connects by itself", profile.autoConnect ? "yes" : "no");
    facts.add("Lockdown", profile.lockdown ? "on" : "");
    facts.add("This host asks it for names", profile.acceptDns ? "yes" : "no");
    facts.print(out);
    return okStatus();
}

Status runProfilesAcceptDns(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(auto profile, chooseProfile(context, parsed.text("profile")));
    const bool accept = parsed.text("ANSWER") == "yes";
    const bool isOther = profile.acceptDns != accept;
    if (isOther) {
        profile.acceptDns = accept;
        WEFT_ASSIGN_OR_RETURN(
            profile, context.session->call<api::Profile>([&](Callback<api::Profile> done) {
                context.session->controller().putProfile(profile, std::move(done));
            }));
    }
    if (context.out.isStructured()) {
        context.out.write(describe(profile));
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format(
            "The programs of this host {} the names of {}{}.",
            accept ? "find" : "do not find",
            safe(profile.name),
            isOther ? ", from the next connect on" : ""));
    }
    return okStatus();
}

Status runProfilesRemove(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("PROFILE")));
    const bool forget = parsed.has("forget");
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().removeProfile(profile.id, forget, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(
            Document::Members{{"removed", profile.id.value()}, {"forgotten", forget}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format(
            "{} is removed{}.",
            safe(profile.name),
            forget ? " with its keys and its database" : "; its files are kept"));
    }
    return okStatus();
}

}  // namespace weft::cli
