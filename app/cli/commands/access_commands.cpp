// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_comparison.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

/// "node:nas", "user:root", "group:ops", or a name that is both a node's and a user's.
StatusOr<api::Subject> subjectOf(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        return api::Subject{text, api::SubjectKind::All};
    }
    WEFT_ASSIGN_OR_RETURN(const auto kind, api::parseSubjectKind(text.substr(0, colon)));
    return api::Subject{text.substr(colon + 1), kind};
}

StatusOr<api::AccessQuestion> questionOf(const Parsed& parsed) {
    api::AccessQuestion question;
    WEFT_ASSIGN_OR_RETURN(const auto subject, subjectOf(parsed.text("SUBJECT")));
    if (subject.name.empty()) {
        return invalidArgument("SUBJECT is empty: give a node, a user or a group");
    }
    question.subject = subject.name;
    question.subjectKind = subject.kind;
    WEFT_ASSIGN_OR_RETURN(question.verb, api::parsePolicyVerb(parsed.text("VERB")));
    WEFT_ASSIGN_OR_RETURN(question.resource, api::parsePolicyResource(parsed.text("RESOURCE")));
    question.name = parsed.text("NAME");
    return question;
}

std::string_view verdict(bool accepted) {
    return accepted ? "yes" : "no";
}

Document describe(const api::FamilyVerdict& family) {
    Document::List trace;
    for (const auto& step : family.trace) {
        trace.push_back(Document::Members{
            {"acl", step.acl},
            {"priority", step.priority},
            {"action", std::string(wordFor(step.action))},
            {"matched", step.matched},
            {"reason", step.reason}});
    }
    return Document::Members{
        {"family", std::string(wordFor(family.family))},
        {"fromAddress", family.fromAddress},
        {"toAddress", family.toAddress},
        {"accepted", family.accepted},
        {"acl", family.acl},
        {"trace", std::move(trace)}};
}

Document describe(const api::DirectionVerdict& direction) {
    Document::List families;
    for (const auto& family : direction.families) {
        families.push_back(describe(family));
    }
    Document::List routes;
    for (const auto& route : direction.routes) {
        routes.push_back(Document::Members{
            {"route", route.route},
            {"cidr", route.cidr},
            {"accepted", route.accepted},
            {"acl", route.acl}});
    }
    return Document::Members{
        {"from", direction.from},
        {"to", direction.to},
        {"accepted", direction.accepted},
        {"families", std::move(families)},
        {"routes", std::move(routes)}};
}

std::string decided(const std::string& acl) {
    return acl.empty() ? "no rule matches" : fmt::format("acl {}", safe(acl));
}

void printFamily(Output& out, const api::FamilyVerdict& family) {
    const std::string addresses =
        family.fromAddress.empty() && family.toAddress.empty()
            ? std::string()
            : fmt::format(" ({} to {})", safe(family.fromAddress), safe(family.toAddress));
    out.line(fmt::format(
        "  {}{}: {}, {}",
        wordFor(family.family),
        addresses,
        verdict(family.accepted),
        decided(family.acl)));
    for (const auto& step : family.trace) {
        out.line(fmt::format(
            "    {} {} ({}): {}",
            wordFor(step.action),
            safe(step.acl),
            step.priority,
            step.matched ? "decides" : safe(step.reason)));
    }
}

void print(Output& out, const api::DirectionVerdict& direction) {
    out.line(fmt::format(
        "{} to {}: {}",
        safe(direction.from),
        safe(direction.to),
        out.toned(verdict(direction.accepted), direction.accepted ? Tone::Good : Tone::Bad)));
    for (const auto& family : direction.families) {
        printFamily(out, family);
    }
    for (const auto& route : direction.routes) {
        out.line(fmt::format(
            "  route {} to {}: {}, {}",
            safe(route.route),
            safe(route.cidr),
            verdict(route.accepted),
            decided(route.acl)));
    }
}

}  // namespace

Status runCan(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, questionOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto answer, context.session->call<api::AccessAnswer>([&](auto done) {
            context.session->controller().checkAccess(id, question, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"allowed", answer.allowed},
            {"binding", answer.binding},
            {"role", answer.role},
            {"reason", answer.reason}});
    } else if (out.quiet()) {
        out.line(verdict(answer.allowed));
    } else if (answer.allowed) {
        out.line("yes: " + safe(answer.reason));
    }
    return answer.allowed ? okStatus() : permissionDenied("no: {}", answer.reason);
}

Status runExplainAccess(Context& context, const Parsed& parsed) {
    const std::string from = parsed.text("FROM");
    const std::string to = parsed.text("TO");
    WEFT_ASSIGN_OR_RETURN(const auto subject, planSubjectOf(parsed, api::LiveRules{}));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto answer, context.session->call<api::AccessExplanation>([&](auto done) {
            auto& controller = context.session->controller();
            // An older daemon explains the rules as they are, and no others.
            if (std::holds_alternative<api::LiveRules>(subject)) {
                controller.explainAccess(id, from, to, std::move(done));
            } else {
                controller.planning().explain(id, subject, from, to, std::move(done));
            }
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"tunnelPossible", answer.tunnelPossible},
            {"summary", answer.summary},
            {"forward", describe(answer.forward)},
            {"backward", describe(answer.backward)}});
        return okStatus();
    }
    if (out.quiet()) {
        out.line(verdict(answer.tunnelPossible));
        return okStatus();
    }
    print(out, answer.forward);
    print(out, answer.backward);
    out.line(safe(answer.summary));
    return okStatus();
}

}  // namespace weft::cli
