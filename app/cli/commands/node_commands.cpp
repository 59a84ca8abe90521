// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_session.h"
#include "core/config/options.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

constexpr std::uint32_t kDefaultEvents = 50;
constexpr std::uint32_t kMostEvents = 1000;

std::string_view nameOf(api::AuditOutcome outcome) {
    switch (outcome) {
    case api::AuditOutcome::Allowed:
        return "allowed";
    case api::AuditOutcome::Denied:
        return "denied";
    case api::AuditOutcome::Failed:
        break;
    }
    return "failed";
}

Document describe(const api::RemovedNode& node) {
    return Document::Members{
        {"node", node.nodeId},
        {"publicKey", node.publicKey},
        {"removedBy", node.removedBy},
        {"removedAt", timeDocument(node.removedAt)},
        {"reason", node.reason}};
}

Document describe(const api::AuditEvent& event) {
    return Document::Members{
        {"time", timeDocument(event.at)},
        {"who", event.who},
        {"proof", event.proof},
        {"proxiedBy", event.proxiedBy},
        {"source", event.source},
        {"verb", event.verb},
        {"kind", event.kind},
        {"name", event.name},
        {"outcome", std::string(nameOf(event.outcome))},
        {"code", event.code},
        {"reason", event.reason},
        {"before", event.before},
        {"after", event.after},
        {"revision", event.revision}};
}

StatusOr<api::AuditFilter> filterOf(const Parsed& parsed, WallTime now) {
    api::AuditFilter filter;
    filter.who = parsed.text("who");
    filter.kind = parsed.text("kind");
    // The log says it as the API does.
    filter.kind = filter.kind == "acl" ? "networkacl" : filter.kind;
    filter.name = parsed.text("name");
    for (const auto outcome :
         {api::AuditOutcome::Allowed, api::AuditOutcome::Denied, api::AuditOutcome::Failed}) {
        if (parsed.text("outcome") == nameOf(outcome)) {
            filter.outcome = outcome;
        }
    }
    if (parsed.has("since")) {
        WEFT_ASSIGN_OR_RETURN(const Duration back, parsed.duration("since", Duration::zero()));
        filter.since = now - std::chrono::duration_cast<WallTime::duration>(back);
    }
    WEFT_ASSIGN_OR_RETURN(filter.limit, parsed.number("limit", kDefaultEvents, kMostEvents));
    return filter;
}

}  // namespace

Status runNodeRemove(Context& context, const Parsed& parsed) {
    const std::string node = parsed.text("NODE");
    WEFT_RETURN_IF_ERROR(config::validateNodeId(node));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto before, policyIfReadable(context, id));
    if (before) {
        for (const auto& consequence : consequencesOfNodeRemoval(*before, node)) {
            context.notes << safe(consequence) << '\n';
        }
    }
    WEFT_RETURN_IF_ERROR(
        confirm(context, parsed, fmt::format("Take {} out of the mesh?", safe(node))));
    WEFT_ASSIGN_OR_RETURN(
        const auto report, context.session->call<api::WriteReport>([&](auto done) {
            context.session->controller().removeNode(
                id, node, parsed.text("reason"), std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"removed", node},
            {"revision", report.revision},
            {"alsoChanged", Document::listOf(report.alsoChanged)}});
    } else if (!out.quiet()) {
        out.line(fmt::format("{} is no longer in the mesh", safe(node)));
        printBelow(context, report.alsoChanged);
    }
    return okStatus();
}

Status runNodeReadmit(Context& context, const Parsed& parsed) {
    const std::string node = parsed.text("NODE");
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().readmitNode(id, node, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"readmitted", node}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format("{} may join again.", safe(node)));
        context.notes << "It needs an invitation: weftctl invite create --node-id " << safe(node)
                      << '\n';
    }
    return okStatus();
}

Status runNodeRemoved(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    using Nodes = std::vector<api::RemovedNode>;
    WEFT_ASSIGN_OR_RETURN(const auto nodes, context.session->call<Nodes>([&](Callback<Nodes> done) {
        context.session->controller().removedNodes(id, std::move(done));
    }));
    Output& out = context.out;
    Document::List list;
    Table table({"NODE", "REMOVED", "BY", "REASON"});
    for (const auto& node : nodes) {
        list.push_back(describe(node));
        table.add(
            {node.nodeId,
             relativeText(node.removedAt, context.clock.wallNow()),
             node.removedBy,
             node.reason});
        if (out.quiet() && !out.isStructured()) {
            out.line(safe(node.nodeId));
        }
    }
    if (out.isStructured()) {
        out.write(list);
    } else if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runAudit(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto filter, filterOf(parsed, context.clock.wallNow()));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    using Events = std::vector<api::AuditEvent>;
    WEFT_ASSIGN_OR_RETURN(
        const auto events, context.session->call<Events>([&](Callback<Events> done) {
            context.session->controller().auditEvents(id, filter, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& event : events) {
            list.push_back(describe(event));
        }
        out.write(list);
        return okStatus();
    }
    Table table({"WHEN", "WHO", "WHAT", "OUTCOME", "FROM"});
    for (const auto& event : events) {
        table.add(
            {event.at ? timeText(*event.at) : "",
             event.proxiedBy.empty() ? event.who
                                     : fmt::format("{} through {}", event.who, event.proxiedBy),
             fmt::format("{} {} {}", event.verb, event.kind, event.name),
             event.code.empty() || event.code == "OK"
                 ? std::string(nameOf(event.outcome))
                 : fmt::format("{}, {}", nameOf(event.outcome), event.code),
             event.source});
    }
    table.print(out.stream());
    return okStatus();
}

}  // namespace weft::cli
