// SPDX-License-Identifier: Apache-2.0
// The rules of a mesh as a folder of files.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_comparison.h"
#include "app/cli/policy_edits.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

void tellNothingToDo(Context& context) {
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"change", std::uint64_t{0}}});
    } else if (!context.out.quiet()) {
        context.out.line("the mesh is as the folder says already");
    }
}

/// Asks before the edits of a draft are lost.
Status askToReplace(Context& context, const Parsed& parsed, const api::Draft& draft) {
    if (parsed.has("add") || draft.edits.empty()) {
        return okStatus();
    }
    return confirm(
        context,
        parsed,
        fmt::format("The draft has {}: replace them?", counted(draft.edits.size(), "edit")));
}

}  // namespace

Status runPolicyExport(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto present, presentOf(state, parsed));
    const std::string folder = parsed.text("FOLDER");
    WEFT_ASSIGN_OR_RETURN(
        const auto done, writePolicyFolder(folder, mesh::changes::exportFiles(present)));
    tellForeign(context, done.foreign);
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"folder", folder},
            {"written", std::uint64_t{done.written}},
            {"unchanged", std::uint64_t{done.unchanged}},
            {"removed", std::uint64_t{done.removed}}});
    } else if (!out.quiet()) {
        out.line(fmt::format(
            "{} files written, {} unchanged, {} removed",
            done.written,
            done.unchanged,
            done.removed));
    }
    return okStatus();
}

Status runPolicyImport(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto comparison, compareFolder(context, parsed));
    WEFT_ASSIGN_OR_RETURN(const auto draft, draftOf(context, comparison.id));
    WEFT_RETURN_IF_ERROR(askToReplace(context, parsed, draft));
    const bool replace = !parsed.has("add");
    const DraftChange change{toApi(comparison.edits), replace, draft.number};
    return putInDraft(context, comparison.id, change);
}

Status runPolicyDiff(Context& context, const Parsed& parsed) {
    if (!parsed.has("FOLDER")) {
        return diffDraft(context, parsed);
    }
    WEFT_ASSIGN_OR_RETURN(const auto comparison, compareFolder(context, parsed));
    if (context.out.isStructured()) {
        context.out.write(describe(comparison.edits));
    } else if (!context.out.quiet()) {
        print(context.out, comparison.edits);
    }
    if (comparison.edits.empty()) {
        return okStatus();
    }
    return failedPrecondition(
        "the folder differs from the mesh in {}", counted(comparison.edits.size(), "object"));
}

Status runPolicyApply(Context& context, const Parsed& parsed) {
    if (!parsed.has("FOLDER")) {
        return applyDraft(context, parsed);
    }
    WEFT_ASSIGN_OR_RETURN(const auto comparison, compareFolder(context, parsed));
    if (comparison.edits.empty()) {
        tellNothingToDo(context);
        return okStatus();
    }
    api::ChangeWish wish{toApi(comparison.edits), parsed.text("note")};
    WEFT_ASSIGN_OR_RETURN(wish.revertAfter, revertAfterOf(parsed));
    return applyEdits(context, parsed, comparison.id, wish, comparison.edits);
}

}  // namespace weft::cli
