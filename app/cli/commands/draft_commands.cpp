// SPDX-License-Identifier: Apache-2.0
// Changes of a mesh's rules that are collected before they are made.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_comparison.h"
#include "app/cli/policy_edits.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"
#include "app/cli/propagation_wait.h"
#include "app/cli/wording.h"
#include "core/api/policy_words.h"
#include "core/mesh/changes/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

constexpr const char* kHowToBegin =
    "the draft has no edits: `weftctl put ... --draft` and `weftctl policy import` add some";

bool contains(const std::vector<api::ObjectRef>& refs, const api::ObjectRef& ref) {
    return std::ranges::any_of(
        refs, [&ref](const auto& each) { return api::sameObject(each, ref); });
}

Status printDraft(Context& context, const api::Draft& draft) {
    Output& out = context.out;
    if (out.isStructured()) {
        WEFT_ASSIGN_OR_RETURN(const auto document, documentOf(draft));
        out.write(document);
        return okStatus();
    }
    if (out.quiet()) {
        for (const auto& edit : draft.edits) {
            out.line(safe(wordFor(edit.ref)));
        }
        return okStatus();
    }
    if (draft.edits.empty()) {
        out.line(kHowToBegin);
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto edits, toMesh(draft.edits));
    out.line(fmt::format(
        "{}, changed {}",
        counted(edits.size(), "edit"),
        relativeText(draft.changedAt, context.clock.wallNow())));
    print(out, edits);
    for (const auto& conflict : draft.conflicts) {
        print(out, conflict);
    }
    return okStatus();
}

/// One line about a draft that was written.
Status tellDraft(Context& context, const api::Draft& draft, const std::string& text) {
    if (context.out.isStructured()) {
        WEFT_ASSIGN_OR_RETURN(const auto document, documentOf(draft));
        context.out.write(document);
    } else if (context.out.quiet()) {
        context.out.line(std::to_string(draft.number));
    } else {
        context.out.line(text);
    }
    return okStatus();
}

StatusOr<api::RebaseWish> rebaseWishOf(const Parsed& parsed) {
    api::RebaseWish wish;
    WEFT_ASSIGN_OR_RETURN(wish.keepMine, objectsNamed(parsed.list("mine")));
    WEFT_ASSIGN_OR_RETURN(wish.takeTheirs, objectsNamed(parsed.list("theirs")));
    for (const auto& ref : wish.keepMine) {
        if (contains(wish.takeTheirs, ref)) {
            return invalidArgument("{} cannot be both mine and theirs", safe(describe(ref)));
        }
    }
    return wish;
}

/// Errors: kNotFound  what is decided is no conflict of the draft
Status checkDecided(const api::Draft& draft, const api::RebaseWish& wish) {
    for (const auto* refs : {&wish.keepMine, &wish.takeTheirs}) {
        for (const auto& ref : *refs) {
            const bool isConflict =
                std::ranges::any_of(draft.conflicts, [&ref](const auto& conflict) {
                    return api::sameObject(conflict.ref, ref);
                });
            if (!isConflict) {
                return notFound("the draft has no conflict about {}", safe(describe(ref)));
            }
        }
    }
    return okStatus();
}

Status discardDamaged(
    Context& context, const Parsed& parsed, const api::ProfileId& id, const Status& damage) {
    context.notes << safe(messageOf(damage)) << '\n';
    WEFT_RETURN_IF_ERROR(confirm(context, parsed, "Discard the damaged draft?"));
    WEFT_ASSIGN_OR_RETURN(
        const auto draft, context.session->call<api::Draft>([&](Callback<api::Draft> done) {
            context.session->controller().drafts().discard(id, {}, std::nullopt, std::move(done));
        }));
    return tellDraft(context, draft, "the draft is gone");
}

Status checkForConflicts(const api::Draft& draft) {
    if (draft.conflicts.empty()) {
        return okStatus();
    }
    return failedPrecondition(
        "{} others have changed meanwhile, first {}: decide with `weftctl policy rebase`",
        draft.conflicts.size() == 1 ? "an object that"
                                    : fmt::format("{} objects that", draft.conflicts.size()),
        safe(describe(draft.conflicts.front().ref)));
}

}  // namespace

Status runPolicyDraft(Context& context, const Parsed& parsed) {
    // A draft is kept by the daemon, which needs no mesh to show it.
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, profile.id));
    return printDraft(context, draft);
}

Status runPolicyDraftDiscard(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto refs, objectsNamed(parsed.list("OBJECT")));
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(context, parsed.text("profile")));
    auto read = draftOf(context, profile.id);
    if (read.status().code() == StatusCode::kDataLoss && refs.empty()) {
        return discardDamaged(context, parsed, profile.id, read.status());
    }
    WEFT_ASSIGN_OR_RETURN(const auto before, std::move(read));
    for (const auto& ref : refs) {
        const bool isThere = std::ranges::any_of(
            before.edits, [&ref](const auto& edit) { return api::sameObject(edit.ref, ref); });
        if (!isThere) {
            return notFound("the draft has no edit of {}", safe(describe(ref)));
        }
    }
    if (before.edits.empty()) {
        return tellDraft(context, before, "the draft has no edits");
    }
    if (refs.empty()) {
        WEFT_RETURN_IF_ERROR(confirm(
            context, parsed, fmt::format("Discard {}?", counted(before.edits.size(), "edit"))));
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto draft, context.session->call<api::Draft>([&](Callback<api::Draft> done) {
            context.session->controller().drafts().discard(
                profile.id, refs, before.number, std::move(done));
        }));
    return tellDraft(
        context,
        draft,
        draft.edits.empty()
            ? std::string("the draft is gone")
            : fmt::format("the draft has {} left", counted(draft.edits.size(), "edit")));
}

Status runPolicyRebase(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto wish, rebaseWishOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto before, draftOf(context, id));
    WEFT_RETURN_IF_ERROR(checkDecided(before, wish));
    if (before.edits.empty()) {
        return tellDraft(context, before, "the draft has no edits");
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto draft, context.session->call<api::Draft>([&](Callback<api::Draft> done) {
            context.session->controller().drafts().rebase(id, wish, before.number, std::move(done));
        }));
    WEFT_RETURN_IF_ERROR(tellDraft(
        context,
        draft,
        fmt::format(
            "the draft stands on what the mesh has now, with {}",
            counted(draft.edits.size(), "edit"))));
    if (!context.out.isStructured() && !context.out.quiet()) {
        for (const auto& conflict : draft.conflicts) {
            print(context.out, conflict);
        }
    }
    if (draft.conflicts.empty()) {
        return okStatus();
    }
    return failedPrecondition(
        "{} left: decide with --mine {} or --theirs {}",
        draft.conflicts.size() == 1 ? "a conflict is"
                                    : fmt::format("{} conflicts are", draft.conflicts.size()),
        safe(wordFor(draft.conflicts.front().ref)),
        safe(wordFor(draft.conflicts.front().ref)));
}

Status diffDraft(Context& context, const Parsed& parsed) {
    WEFT_RETURN_IF_ERROR(refuseWithEdges(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto present, toMesh(state));
    WEFT_ASSIGN_OR_RETURN(const auto edits, toMesh(draft.edits));
    // The mesh may have moved since the edits began.
    const auto merged = mesh::changes::merge(edits, present);
    if (context.out.isStructured()) {
        context.out.write(describe(merged.edits));
    } else if (!context.out.quiet()) {
        print(context.out, merged.edits);
    }
    WEFT_RETURN_IF_ERROR(checkForConflicts(draft));
    if (!merged.conflicts.empty()) {
        return failedPrecondition(
            "{} does not go with what others changed meanwhile",
            counted(merged.conflicts.size(), "edit"));
    }
    if (merged.edits.empty()) {
        return okStatus();
    }
    return failedPrecondition(
        "the draft differs from the mesh in {}", counted(merged.edits.size(), "object"));
}

Status applyDraft(Context& context, const Parsed& parsed) {
    WEFT_RETURN_IF_ERROR(refuseWithEdges(parsed));
    api::ApplyDraftWish wish{parsed.text("note")};
    WEFT_ASSIGN_OR_RETURN(wish.revertAfter, revertAfterOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto wait, effectWishOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, id));
    if (draft.edits.empty()) {
        return failedPrecondition("{}", kHowToBegin);
    }
    WEFT_RETURN_IF_ERROR(checkForConflicts(draft));
    WEFT_ASSIGN_OR_RETURN(const auto drafted, toMesh(draft.edits));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto present, toMesh(state));
    const auto edits = mesh::changes::merge(drafted, present).edits;
    showEdits(context, edits);
    WEFT_RETURN_IF_ERROR(confirm(context, parsed, makeQuestion(edits.size())));
    WEFT_ASSIGN_OR_RETURN(
        const auto applied, context.session->call<api::AppliedChange>([&](auto done) {
            context.session->controller().drafts().apply(id, wish, draft.number, std::move(done));
        }));
    return tellInEffect(context, id, applied, wait);
}

}  // namespace weft::cli
