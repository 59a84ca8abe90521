// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_document.h"
#include "app/cli/policy_session.h"
#include "app/cli/wording.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::cli {
namespace {

std::vector<api::StoredObject> objectsOf(const api::PolicyState& state, api::PolicyKind kind) {
    std::vector<api::StoredObject> objects;
    std::ranges::copy_if(
        state.objects, std::back_inserter(objects), [kind](const api::StoredObject& stored) {
            return kindOf(stored.object) == kind;
        });
    return objects;
}

void printList(
    Context& context, api::PolicyKind kind, const std::vector<api::StoredObject>& objects) {
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& stored : objects) {
            list.push_back(describe(stored));
        }
        out.write(list);
        return;
    }
    Table table(headsOf(kind));
    for (const auto& stored : objects) {
        if (out.quiet()) {
            out.line(safe(refOf(stored.object).name));
        }
        table.add(cellsOf(stored));
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
}

/// What is broken in the rules concerns everybody who looks at them.
void noteProblems(Context& context, const api::PolicyState& state) {
    if (context.out.quiet() || context.out.isStructured()) {
        return;
    }
    for (const auto& problem : state.problems) {
        context.notes << nameOf(problem.severity) << ": " << safe(sentences(problem)) << '\n';
    }
    if (state.rolesDisabled) {
        context.notes << "This mesh was made without roles: every member may do everything.\n";
    }
}

Status showOne(Context& context, const api::PolicyState& state, const api::ObjectRef& ref) {
    const api::StoredObject* stored = state.find(ref);
    if (stored == nullptr) {
        return notFound(
            "there is no {}: `weftctl get {}` lists what there is",
            describe(ref),
            ref.kind == api::PolicyKind::Edge ? "edges" : wordFor(ref.kind));
    }
    if (context.out.isStructured()) {
        context.out.write(describe(*stored));
    } else {
        printList(context, ref.kind, {*stored});
    }
    return okStatus();
}

}  // namespace

Status showObjects(Context& context, const Parsed& parsed, api::PolicyKind kind) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    if (parsed.has("NAME")) {
        return showOne(context, state, {kind, parsed.text("NAME"), {}});
    }
    printList(context, kind, objectsOf(state, kind));
    noteProblems(context, state);
    return okStatus();
}

Status showEdge(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto state, policyOf(context, id));
    return showOne(context, state, {api::PolicyKind::Edge, parsed.text("from"), parsed.text("to")});
}

}  // namespace weft::cli
