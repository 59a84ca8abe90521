// SPDX-License-Identifier: Apache-2.0
// Ways back to rules that were.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"
#include "core/mesh/changes/draft_edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

/// As the core goes back in it; newest first.
std::vector<mesh::changes::PastChange> pastOf(const std::vector<api::Change>& history) {
    std::vector<mesh::changes::PastChange> past;
    past.reserve(history.size());
    for (const auto& change : history) {
        auto& made = past.emplace_back();
        made.id = change.id;
        made.withoutObjects = change.withoutObjects;
        for (const auto& object : change.objects) {
            made.objects.push_back({toMesh(object.ref), object.before});
        }
    }
    return past;
}

}  // namespace

Status runPolicyRevert(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto history, historyOf(context, id, 0));
    const auto waiting = std::ranges::find_if(
        history, [](const auto& change) { return change.revertAt.has_value(); });
    if (waiting == history.end()) {
        return failedPrecondition(
            "no change waits for its confirmation: `weftctl policy undo` takes others back");
    }
    const api::RevertWish wish{waiting->id};
    WEFT_ASSIGN_OR_RETURN(
        const auto applied, context.session->call<api::AppliedChange>([&](auto done) {
            context.session->controller().changes().revert(id, wish, std::move(done));
        }));
    tellTakenBack(context, wish.id, applied);
    return okStatus();
}

Status runPolicyRestore(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto wanted, changeIdOf(parsed.text("CHANGE")));
    WEFT_ASSIGN_OR_RETURN(const auto revertAfter, revertAfterOf(parsed));
    if (parsed.has("draft") && parsed.has("auto-revert")) {
        return invalidArgument("a draft does not go back: give --auto-revert when it is applied");
    }
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    // In this order: what is changed in between is refused then, and not passed over.
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    WEFT_ASSIGN_OR_RETURN(const auto history, historyOf(context, id, 0));
    WEFT_ASSIGN_OR_RETURN(const auto present, toMesh(state));
    WEFT_ASSIGN_OR_RETURN(
        const auto past, mesh::changes::rulesAfter(present, pastOf(history), wanted));
    const auto edits = difference(present, past);
    if (edits.empty()) {
        if (context.out.isStructured()) {
            context.out.write(Document::Members{{"change", std::uint64_t{0}}});
        } else if (!context.out.quiet()) {
            context.out.line(fmt::format("the rules are as after change {} already", wanted));
        }
        return okStatus();
    }
    if (parsed.has("draft")) {
        showEdits(context, edits);
        return putInDraft(context, id, {toApi(edits)});
    }
    const api::ChangeWish wish{
        toApi(edits), fmt::format("restore of change {}", wanted), revertAfter};
    return applyEdits(context, parsed, id, wish, edits);
}

}  // namespace weft::cli
