// SPDX-License-Identifier: Apache-2.0
// Ways back to rules that were.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

using History = std::vector<api::Change>;
using mesh::changes::PolicySet;

/// The changes after `wanted`, newest first.
/// Errors: kNotFound            the history does not have it
///         kFailedPrecondition  what a newer one did is not known
StatusOr<History> newerThan(const History& history, std::uint64_t wanted) {
    if (std::ranges::find(history, wanted, &api::Change::id) == history.end()) {
        return history.empty() ? notFound("the history has no change {}: it is empty", wanted)
                               : notFound(
                                   "the history has no change {}: it goes from {} to {}",
                                   wanted,
                                   history.back().id,
                                   history.front().id);
    }
    History newer;
    for (const auto& change : history) {
        if (change.id <= wanted) {
            continue;
        }
        if (change.withoutObjects) {
            return failedPrecondition(
                "change {} was too large to be kept, so that what was before it is not known",
                change.id);
        }
        newer.push_back(change);
    }
    return newer;
}

/// Sets an object as it was before a change. Errors: kDataLoss  the history has it broken
Status putBack(PolicySet& set, const api::Change& change, const api::ChangedObject& object) {
    const auto ref = toMesh(object.ref);
    if (object.before.empty()) {
        set.remove(ref);
        return okStatus();
    }
    auto before = mesh::decode(ref.kind, object.before);
    if (!before.ok()) {
        return annotate(before.status(), "change {}", change.id);
    }
    set.put(*std::move(before));
    return okStatus();
}

Status putBack(PolicySet& rules, const api::Change& change) {
    for (const auto& object : change.objects) {
        WEFT_RETURN_IF_ERROR(putBack(rules, change, object));
    }
    return okStatus();
}

/// The rules without `newer`, which are taken back newest first: of each object the last word has
/// what it was before the first change of it.
StatusOr<PolicySet> without(PolicySet rules, const History& newer) {
    for (const auto& change : newer) {
        WEFT_RETURN_IF_ERROR(putBack(rules, change));
    }
    return rules;
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
    WEFT_ASSIGN_OR_RETURN(const auto newer, newerThan(history, wanted));
    WEFT_ASSIGN_OR_RETURN(const auto present, toMesh(state));
    WEFT_ASSIGN_OR_RETURN(const auto past, without(present, newer));
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
