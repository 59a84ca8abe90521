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

struct Target {
    api::ObjectRef ref;
    std::optional<std::uint64_t> base;
};

StatusOr<std::vector<Target>> wanted(Context& context, const Parsed& parsed, api::PolicyKind kind) {
    WEFT_ASSIGN_OR_RETURN(const auto base, revisionOf(parsed));
    std::vector<Target> targets;
    if (parsed.has("file")) {
        if (parsed.has("NAME") || parsed.has("from") || parsed.has("to")) {
            return invalidArgument("--file has the names in it: leave NAME away");
        }
        const std::string path = parsed.text("file");
        WEFT_ASSIGN_OR_RETURN(const auto text, fileText(context, path));
        WEFT_ASSIGN_OR_RETURN(
            const auto objects, parsePolicyFile(text, path == "-" ? "standard input" : path, kind));
        for (const FileObject& object : objects) {
            targets.push_back({refOf(object.object), object.base});
        }
    } else {
        WEFT_ASSIGN_OR_RETURN(auto ref, refOf(kind, parsed));
        targets.push_back({std::move(ref), std::nullopt});
    }
    if (base && targets.size() > 1) {
        return invalidArgument("--revision is for one object: write it into the file for several");
    }
    if (base) {
        targets.front().base = base;
    }
    return targets;
}

/// Checks that all are there, takes their revisions, and tells what goes with them.
Status prepare(Context& context, const api::PolicyState& before, std::vector<Target>& targets) {
    for (Target& target : targets) {
        const api::StoredObject* stored = before.find(target.ref);
        if (stored == nullptr) {
            return notFound("there is no {}", describe(target.ref));
        }
        if (!target.base) {
            target.base = stored->revision;
        }
        for (const auto& consequence : consequencesOfRemoval(before, target.ref)) {
            context.notes << safe(describe(target.ref)) << ": " << safe(consequence) << '\n';
        }
    }
    return okStatus();
}

std::string question(const std::vector<Target>& targets) {
    if (targets.size() == 1) {
        return fmt::format("Delete {}?", safe(describe(targets.front().ref)));
    }
    return fmt::format("Delete these {} objects?", targets.size());
}

Document describe(const Target& target, const api::WriteReport& report) {
    Document::Members members;
    members.reserve(5);
    members.emplace_back("deleted", std::string(wordFor(target.ref.kind)));
    if (target.ref.kind == api::PolicyKind::Edge) {
        members.emplace_back("source", target.ref.name);
        members.emplace_back("target", target.ref.target);
    } else {
        members.emplace_back("name", target.ref.name);
    }
    members.emplace_back("revision", report.revision);
    members.emplace_back("alsoChanged", Document::listOf(report.alsoChanged));
    return members;
}

/// What takes away what is there now. Errors: kNotFound  neither the mesh nor the draft has it
StatusOr<std::vector<api::PolicyEdit>> editsOf(
    Context& context, const api::ProfileId& id, const std::vector<Target>& targets) {
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, id));
    std::vector<api::PolicyEdit> edits;
    for (const Target& target : targets) {
        const auto* stored = state.find(target.ref);
        const bool isMade = std::ranges::any_of(draft.edits, [&target](const auto& edit) {
            return edit.after && api::sameObject(edit.ref, target.ref);
        });
        if (stored == nullptr && !isMade) {
            return notFound("there is no {}", describe(target.ref));
        }
        if (target.base && (stored == nullptr || *target.base != stored->revision)) {
            return explainWrite(context, id, target.ref, aborted("it was changed meanwhile"));
        }
        api::PolicyEdit edit{target.ref, std::nullopt, std::nullopt};
        if (stored != nullptr) {
            edit.before = stored->object;
        }
        edits.push_back(std::move(edit));
    }
    return edits;
}

}  // namespace

Status deleteObjects(Context& context, const Parsed& parsed, api::PolicyKind kind) {
    WEFT_ASSIGN_OR_RETURN(auto targets, wanted(context, parsed, kind));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    if (parsed.has("draft")) {
        // Nothing is lost yet, so that nobody is asked.
        WEFT_ASSIGN_OR_RETURN(auto edits, editsOf(context, id, targets));
        return putInDraft(context, id, {std::move(edits)});
    }
    WEFT_ASSIGN_OR_RETURN(const auto before, policyIfReadable(context, id));
    if (before) {
        WEFT_RETURN_IF_ERROR(prepare(context, *before, targets));
    }
    WEFT_RETURN_IF_ERROR(confirm(context, parsed, question(targets)));
    Document::List list;
    for (const Target& target : targets) {
        const auto report =
            context.session->call<api::WriteReport>([&](Callback<api::WriteReport> done) {
                context.session->controller().removePolicyObject(
                    id, target.ref, target.base, std::move(done));
            });
        if (!report.ok()) {
            return explainWrite(context, id, target.ref, report.status());
        }
        list.push_back(describe(target, *report));
        if (!context.out.isStructured() && !context.out.quiet()) {
            context.out.line(fmt::format("{} was deleted", safe(describe(target.ref))));
            printBelow(context, report->alsoChanged);
        }
    }
    if (context.out.isStructured()) {
        context.out.write(parsed.has("file") ? Document(list) : list.front());
    }
    return okStatus();
}

}  // namespace weft::cli
