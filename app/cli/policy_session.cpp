// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_session.h"

#include "app/cli/policy_document.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

namespace weft::cli {
namespace {

/// Who wrote the object last, by the audit log; empty when this node may not read it.
std::string lastWriterOf(Context& context, const api::ProfileId& id, const api::ObjectRef& ref) {
    api::AuditFilter filter;
    filter.name = ref.kind == api::PolicyKind::Edge ? "" : ref.name;
    filter.kind = ref.kind == api::PolicyKind::NetworkAcl ? "networkacl" : wordFor(ref.kind);
    filter.outcome = api::AuditOutcome::Allowed;
    filter.limit = 1;
    if (ref.kind == api::PolicyKind::Edge) {
        return {};
    }
    using Events = std::vector<api::AuditEvent>;
    const auto events = context.session->call<Events>([&](Callback<Events> done) {
        context.session->controller().auditEvents(id, filter, std::move(done));
    });
    return events.ok() && !events->empty() ? events->front().who : std::string();
}

StatusOr<std::string> readAll(std::istream& in, const std::string& name) {
    std::string text;
    for (char c = 0; in.get(c);) {
        text += c;
        if (text.size() > kMaxPolicyFileBytes) {
            return invalidArgument("{}: larger than {} bytes", name, kMaxPolicyFileBytes);
        }
    }
    return text;
}

}  // namespace

StatusOr<api::PolicyState> policyOf(Context& context, const api::ProfileId& id) {
    return context.session->call<api::PolicyState>([&](Callback<api::PolicyState> done) {
        context.session->controller().policy(id, std::move(done));
    });
}

StatusOr<std::optional<api::PolicyState>> policyIfReadable(
    Context& context, const api::ProfileId& id) {
    auto state = policyOf(context, id);
    if (state.ok()) {
        return std::optional(*std::move(state));
    }
    if (state.status().code() == StatusCode::kPermissionDenied) {
        return std::optional<api::PolicyState>();
    }
    return state.status();
}

Status confirm(Context& context, const Parsed& parsed, const std::string& question) {
    if (parsed.has("yes")) {
        return okStatus();
    }
    if (!context.interactive) {
        return failedPrecondition("nobody can be asked here: give --yes to do it");
    }
    context.notes << question << " [y/N] " << std::flush;
    std::string answer;
    std::getline(context.in, answer);
    if (answer == "y" || answer == "Y" || answer == "yes") {
        return okStatus();
    }
    return cancelled("nothing was changed");
}

StatusOr<std::optional<std::uint64_t>> revisionOf(const Parsed& parsed) {
    if (!parsed.has("revision")) {
        return std::optional<std::uint64_t>();
    }
    const std::string given = parsed.text("revision");
    std::uint64_t revision = 0;
    const char* const end = given.data() + given.size();
    const auto [stopped, error] = std::from_chars(given.data(), end, revision);
    if (error != std::errc{} || stopped != end) {
        return invalidArgument(
            "--revision: \"{}\" is not a revision: `weftctl get` shows the one of each object",
            given);
    }
    return std::optional(revision);
}

std::string lookCommand(const api::ObjectRef& ref) {
    if (ref.kind == api::PolicyKind::Edge) {
        return fmt::format("weftctl get edges --from {} --to {}", ref.name, ref.target);
    }
    return fmt::format("weftctl get {} {}", wordFor(ref.kind), ref.name);
}

Status explainWrite(
    Context& context, const api::ProfileId& id, const api::ObjectRef& ref, const Status& status) {
    if (status.code() != StatusCode::kAborted) {
        return status;
    }
    const auto state = policyOf(context, id);
    const auto* stored = state.ok() ? state->find(ref) : nullptr;
    const std::string what = describe(ref);
    if (state.ok() && stored == nullptr) {
        return aborted("{} was deleted meanwhile: put it without --revision to make it anew", what);
    }
    const std::string writer = lastWriterOf(context, id, ref);
    return aborted(
        "{} was changed meanwhile{}{}: look again with `{}`",
        what,
        writer.empty() ? "" : fmt::format(" by {}", writer),
        stored == nullptr ? "" : fmt::format(" and has revision {} now", stored->revision),
        lookCommand(ref));
}

StatusOr<std::string> fileText(Context& context, const std::string& path) {
    if (path == "-") {
        return readAll(context.in, "standard input");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return notFound("{} cannot be read", path);
    }
    return readAll(file, path);
}

void printBelow(Context& context, const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
        context.out.line("  " + safe(line));
    }
}

StatusOr<std::vector<api::Change>> historyOf(
    Context& context, const api::ProfileId& id, std::uint32_t limit) {
    using List = std::vector<api::Change>;
    return context.session->call<List>([&](Callback<List> done) {
        context.session->controller().changes().list(id, limit, std::move(done));
    });
}

StatusOr<api::Draft> draftOf(Context& context, const api::ProfileId& id) {
    return context.session->call<api::Draft>([&](Callback<api::Draft> done) {
        context.session->controller().drafts().get(id, std::move(done));
    });
}

void tellApplied(Context& context, const api::AppliedChange& applied, const Document& propagation) {
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"change", applied.id},
            {"revision", applied.revision},
            {"revertAt", timeDocument(applied.revertAt)},
            {"leftAlone", Document::listOf(applied.leftAlone)},
            {"propagation", propagation}});
        return;
    }
    if (out.quiet()) {
        out.line(std::to_string(applied.id));
        return;
    }
    if (applied.id != 0) {
        out.line(fmt::format("made as change {}", applied.id));
    } else if (applied.leftAlone.empty()) {
        out.line("nothing was to be made: the mesh is so already");
    } else {
        out.line("made");
    }
    printBelow(context, applied.leftAlone);
    if (applied.revertAt) {
        out.line(fmt::format(
            "It goes back {} unless you keep it: weftctl policy confirm {}",
            relativeText(applied.revertAt, context.clock.wallNow()),
            applied.id));
    }
}

void tellTakenBack(Context& context, std::uint64_t change, const api::AppliedChange& applied) {
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"change", applied.id},
            {"revision", applied.revision},
            {"leftAlone", Document::listOf(applied.leftAlone)}});
    } else if (!out.quiet()) {
        out.line(
            applied.id == 0
                ? fmt::format("nothing of change {} is left to take back", change)
                : fmt::format("change {} is taken back, by change {}", change, applied.id));
        printBelow(context, applied.leftAlone);
    }
}

}  // namespace weft::cli
