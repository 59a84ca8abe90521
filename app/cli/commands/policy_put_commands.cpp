// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_document.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

StatusOr<std::vector<FileObject>> wanted(
    Context& context, const Parsed& parsed, api::PolicyKind kind) {
    WEFT_ASSIGN_OR_RETURN(const auto base, revisionOf(parsed));
    std::vector<FileObject> objects;
    if (parsed.has("file")) {
        if (parsed.has("NAME") || parsed.has("from") || parsed.has("to")) {
            return invalidArgument("--file has the names in it: leave NAME away");
        }
        const std::string path = parsed.text("file");
        WEFT_ASSIGN_OR_RETURN(const auto text, fileText(context, path));
        WEFT_ASSIGN_OR_RETURN(
            objects, parsePolicyFile(text, path == "-" ? "standard input" : path, kind));
    } else {
        WEFT_ASSIGN_OR_RETURN(auto object, objectOf(kind, parsed));
        objects.push_back({std::move(object), std::nullopt});
    }
    if (base && objects.size() > 1) {
        return invalidArgument("--revision is for one object: write it into the file for several");
    }
    if (base) {
        objects.front().base = base;
    }
    return objects;
}

/// What one write came to.
struct Outcome {
    api::ObjectRef ref;
    /// "created", "changed" or "unchanged"; "written" when nobody may see what was there.
    std::string change;
    std::vector<std::string> differences;
    api::WriteReport report;
};

Document describe(const Outcome& outcome) {
    Document::Members members{{"kind", std::string(wordFor(outcome.ref.kind))}};
    if (outcome.ref.kind == api::PolicyKind::Edge) {
        members.emplace_back("source", outcome.ref.name);
        members.emplace_back("target", outcome.ref.target);
    } else {
        members.emplace_back("name", outcome.ref.name);
    }
    members.emplace_back("change", outcome.change);
    members.emplace_back("revision", outcome.report.revision);
    members.emplace_back("differences", Document::listOf(outcome.differences));
    members.emplace_back("alsoChanged", Document::listOf(outcome.report.alsoChanged));
    return members;
}

void print(Context& context, const Outcome& outcome) {
    Output& out = context.out;
    if (out.isStructured()) {
        return;
    }
    if (out.quiet()) {
        out.line(std::to_string(outcome.report.revision));
        return;
    }
    const std::string what = safe(describe(outcome.ref));
    if (outcome.change == "unchanged") {
        out.line(
            fmt::format("{} is like that already (revision {})", what, outcome.report.revision));
        return;
    }
    out.line(fmt::format("{} was {} (revision {})", what, outcome.change, outcome.report.revision));
    printBelow(context, outcome.differences);
    printBelow(context, outcome.report.alsoChanged);
}

StatusOr<Outcome> putOne(
    Context& context,
    const api::ProfileId& id,
    const std::optional<api::PolicyState>& before,
    const FileObject& file) {
    Outcome outcome{refOf(file.object), "written", {}, {}};
    auto base = file.base;
    const api::StoredObject* stored = before ? before->find(outcome.ref) : nullptr;
    if (stored != nullptr) {
        outcome.change = "changed";
        outcome.differences = changesBetween(stored->object, file.object);
        const bool isCurrent = !base || *base == stored->revision;
        if (outcome.differences.empty() && isCurrent) {
            outcome.change = "unchanged";
            outcome.report.revision = stored->revision;
            return outcome;
        }
    } else if (before) {
        outcome.change = "created";
    }
    if (before && !base) {
        // So that what was shown as changed is what changes.
        base = stored == nullptr ? api::kMustNotExist : stored->revision;
    }
    auto report = context.session->call<api::WriteReport>([&](Callback<api::WriteReport> done) {
        context.session->controller().putPolicyObject(id, file.object, base, std::move(done));
    });
    if (!report.ok()) {
        return explainWrite(context, id, outcome.ref, report.status());
    }
    outcome.report = *std::move(report);
    return outcome;
}

void writeOutcomes(Context& context, const std::vector<Outcome>& outcomes, bool one) {
    if (!context.out.isStructured()) {
        return;
    }
    Document::List list;
    for (const Outcome& outcome : outcomes) {
        list.push_back(describe(outcome));
    }
    context.out.write(one && list.size() == 1 ? list.front() : Document(list));
}

/// As a write makes it of what is there: attributes of an edge are added, and stay.
api::PolicyObject putOnto(const api::PolicyObject& stored, api::PolicyObject wanted) {
    const auto* before = std::get_if<api::MeshEdge>(&stored);
    auto* edge = std::get_if<api::MeshEdge>(&wanted);
    if (before != nullptr && edge != nullptr) {
        edge->attributes.insert(before->attributes.begin(), before->attributes.end());
    }
    return wanted;
}

/// What leads from what is there now to what is wanted.
StatusOr<std::vector<api::PolicyEdit>> editsOf(
    Context& context, const api::ProfileId& id, const std::vector<FileObject>& objects) {
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, id));
    std::vector<api::PolicyEdit> edits;
    for (const FileObject& file : objects) {
        api::PolicyEdit edit{refOf(file.object), std::nullopt, file.object};
        const auto* stored = state.find(edit.ref);
        // What the draft makes of it already goes on from there.
        const auto drafted = std::ranges::find_if(draft.edits, [&edit](const auto& other) {
            return api::sameObject(other.ref, edit.ref) && other.after;
        });
        if (drafted != draft.edits.end()) {
            edit.before = drafted->after;
        } else if (stored != nullptr) {
            edit.before = stored->object;
        }
        if (edit.before) {
            edit.after = putOnto(*edit.before, file.object);
        }
        const auto revision = stored == nullptr ? api::kMustNotExist : stored->revision;
        if (file.base && *file.base != revision) {
            return explainWrite(context, id, edit.ref, aborted("it was changed meanwhile"));
        }
        edits.push_back(std::move(edit));
    }
    return edits;
}

}  // namespace

Status putObjects(Context& context, const Parsed& parsed, api::PolicyKind kind) {
    WEFT_ASSIGN_OR_RETURN(const auto objects, wanted(context, parsed, kind));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    if (parsed.has("draft")) {
        WEFT_ASSIGN_OR_RETURN(auto edits, editsOf(context, id, objects));
        return putInDraft(context, id, {std::move(edits)});
    }
    WEFT_ASSIGN_OR_RETURN(const auto before, policyIfReadable(context, id));
    std::vector<Outcome> outcomes;
    Status status;
    for (const FileObject& object : objects) {
        auto outcome = putOne(context, id, before, object);
        if (!outcome.ok()) {
            status = outcome.status();
            break;
        }
        print(context, *outcome);
        outcomes.push_back(*std::move(outcome));
    }
    writeOutcomes(context, outcomes, !parsed.has("file"));
    if (!status.ok() && objects.size() > 1) {
        return annotate(
            status,
            "{} ({} of {} were put before it)",
            describe(refOf(objects[outcomes.size()].object)),
            outcomes.size(),
            objects.size());
    }
    return status;
}

}  // namespace weft::cli
