// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/api/diagnosis.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

namespace weft::cli {
namespace {

std::string_view nameOf(api::ResolverWay way) {
    switch (way) {
    case api::ResolverWay::Link:
        return "systemd-resolved";
    case api::ResolverWay::File:
        return "/etc/resolv.conf";
    case api::ResolverWay::None:
        break;
    }
    return "none";
}

Document describe(const api::NameService& names) {
    return Document::Members{
        {"domain", names.domain},
        {"server", names.server},
        {"servesMembers", names.servesMembers},
        {"nodes", names.nodes},
        {"nodesWithoutName", names.nodesWithoutName},
        {"askedAt", timeDocument(names.askedAt)},
        {"answers", names.answers},
        {"reason", names.reason},
        {"hostAsks", names.hostAsks},
        {"hostWay", std::string(nameOf(names.way))},
        {"hostReason", names.hostReason},
        {"queries", names.queries},
        {"dropped", names.dropped},
        {"forwarded", names.forwarded},
        {"fromCache", names.fromCache},
        {"failed", names.failed},
        {"connections", names.connections}};
}

std::string hostText(const api::NameService& names) {
    if (!names.hostAsks) {
        return "no (mesh.use-meshdns, or weftctl profiles accept-dns yes)";
    }
    return names.hostReason.empty() ? fmt::format("yes, by {}", nameOf(names.way))
                                    : fmt::format("not set: {}", safe(names.hostReason));
}

void print(const api::NameService& names, Context& context) {
    Facts facts;
    facts.add("Domain", safe(names.domain));
    facts.add("Server", names.server.empty() ? "none on this node" : safe(names.server));
    if (!names.server.empty()) {
        facts.add("Answers", names.servesMembers ? "the mesh and this host" : "this host alone");
        facts.add(
            "Nodes", fmt::format("{}, {} without a name", names.nodes, names.nodesWithoutName));
    }
    if (!names.reason.empty()) {
        facts.add("State", safe(names.reason), Tone::Warning);
    } else if (names.askedAt) {
        facts.add(
            "State",
            fmt::format("answered {}", relativeText(names.askedAt, context.clock.wallNow())),
            Tone::Good);
    }
    facts.add(
        "This host asks it",
        hostText(names),
        names.hostReason.empty() ? Tone::Plain : Tone::Warning);
    if (!names.server.empty()) {
        facts.add(
            "Queries",
            fmt::format(
                "{}, {} dropped; {} asked of others, {} known from before, {} in vain",
                names.queries,
                names.dropped,
                names.forwarded,
                names.fromCache,
                names.failed));
    }
    facts.print(context.out);
}

Document describe(const api::NameAnswer& answer) {
    Document::List records;
    for (const auto& record : answer.records) {
        records.push_back(Document::Members{
            {"name", record.name},
            {"ttl", record.ttl},
            {"type", record.type},
            {"data", record.data}});
    }
    return Document::Members{
        {"name", answer.name},
        {"type", answer.type},
        {"server", answer.server},
        {"result", answer.result},
        {"milliseconds",
         std::chrono::duration_cast<std::chrono::milliseconds>(answer.took).count()},
        {"records", std::move(records)}};
}

/// NXDOMAIN and the like; an answer without records is one.
Status statusOf(const api::NameAnswer& answer) {
    if (answer.result == "NXDOMAIN") {
        return notFound("there is no {}, says {}", safe(answer.name), safe(answer.server));
    }
    if (answer.result != "NOERROR") {
        return unavailable(
            "{} says {} of {}", safe(answer.server), safe(answer.result), safe(answer.name));
    }
    return okStatus();
}

void print(const api::NameAnswer& answer, Context& context) {
    if (context.out.quiet()) {
        for (const auto& record : answer.records) {
            if (record.type == answer.type) {
                context.out.line(safe(record.data));
            }
        }
        return;
    }
    if (answer.records.empty()) {
        if (answer.result == "NOERROR") {
            context.out.line(
                fmt::format("{} has no {} records.", safe(answer.name), safe(answer.type)));
        }
        return;
    }
    Table table({"NAME", "TTL", "TYPE", "DATA"});
    for (const auto& record : answer.records) {
        table.add({record.name, fmt::format("{}", record.ttl), record.type, record.data});
    }
    table.print(context.out.stream());
}

}  // namespace

Status runDns(Context& context, const Parsed& parsed) {
    if (!parsed.has("NAME") && parsed.has("type")) {
        return invalidArgument("--type goes with a name: weftctl dns NAME --type AAAA");
    }
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    auto& diagnosis = context.session->controller().diagnosis();
    if (!parsed.has("NAME")) {
        WEFT_ASSIGN_OR_RETURN(
            const auto names,
            context.session->call<api::NameService>([&](Callback<api::NameService> done) {
                diagnosis.nameService(id, std::move(done));
            }));
        if (context.out.isStructured()) {
            context.out.write(describe(names));
        } else if (context.out.quiet()) {
            context.out.line(safe(names.server));
        } else {
            print(names, context);
        }
        return okStatus();
    }
    const api::NameQuestion question{parsed.text("NAME"), parsed.text("type")};
    WEFT_ASSIGN_OR_RETURN(
        const auto answer,
        context.session->call<api::NameAnswer>([&](Callback<api::NameAnswer> done) {
            diagnosis.lookUpName(id, question, std::move(done));
        }));
    if (context.out.isStructured()) {
        context.out.write(describe(answer));
    } else {
        print(answer, context);
    }
    return statusOf(answer);
}

}  // namespace weft::cli
