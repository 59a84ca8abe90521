// SPDX-License-Identifier: Apache-2.0
// The history of a mesh's rules, and the way back.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/policy_session.h"
#include "app/cli/propagation_wait.h"
#include "core/api/changes.h"
#include "core/api/policy_words.h"
#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

constexpr std::uint32_t kDefaultChanges = 20;
constexpr std::uint32_t kMostChanges = 500;

std::string standing(const api::Change& change, WallTime now) {
    if (change.revertAt) {
        return fmt::format("waits, goes back {}", relativeText(change.revertAt, now));
    }
    if (!change.revertedBy.empty()) {
        return fmt::format("taken back by {}", fmt::join(change.revertedBy, ", "));
    }
    return change.reverts == 0 ? std::string() : fmt::format("takes back {}", change.reverts);
}

std::string whatOf(const api::Change& change) {
    if (change.objects.size() == 1) {
        return fmt::format("{} {}", change.verb, describe(change.objects.front().ref));
    }
    return fmt::format("{} {} objects", change.verb, change.objects.size());
}

/// What a change did to one object, in a line and the fields below it.
std::vector<std::string> linesOf(const api::ChangedObject& object) {
    const auto ref = toMesh(object.ref);
    const auto read = [&ref](const std::string& json) -> std::optional<mesh::PolicyObject> {
        auto decoded = json.empty() ? StatusOr<mesh::PolicyObject>(notFound(""))
                                    : mesh::decode(ref.kind, json);
        return decoded.ok() ? std::optional(*std::move(decoded)) : std::nullopt;
    };
    const mesh::changes::Edit edit{ref, read(object.before), read(object.after)};
    if (!edit.before && !edit.after) {
        return {safe(describe(object.ref))};
    }
    std::vector<std::string> lines{mesh::changes::summaryOf(edit)};
    for (const auto& field : mesh::changes::changesOf(edit)) {
        for (const auto& text : field.removed) {
            lines.push_back(fmt::format("  - {}: {}", field.field, safe(text)));
        }
        for (const auto& text : field.added) {
            lines.push_back(fmt::format("  + {}: {}", field.field, safe(text)));
        }
    }
    return lines;
}

Document describe(const api::Change& change) {
    Document::List objects;
    for (const auto& object : change.objects) {
        objects.push_back(Document::Members{
            {"kind", std::string(wordFor(object.ref.kind))},
            {"name", object.ref.name},
            {"target", object.ref.target},
            {"before", object.before},
            {"after", object.after}});
    }
    Document::List revertedBy;
    for (const auto id : change.revertedBy) {
        revertedBy.emplace_back(id);
    }
    return Document::Members{
        {"id", change.id},
        {"at", timeDocument(change.at)},
        {"who", change.who},
        {"proof", change.proof},
        {"proxiedBy", change.proxiedBy},
        {"source", change.source},
        {"verb", change.verb},
        {"note", change.note},
        {"objects", std::move(objects)},
        {"reverts", change.reverts},
        {"revertedBy", std::move(revertedBy)},
        {"withoutObjects", change.withoutObjects},
        {"leftAlone", Document::listOf(change.leftAlone)},
        {"revertAt", timeDocument(change.revertAt)}};
}

void print(Context& context, const api::Change& change) {
    Facts facts;
    facts.add("Change", std::to_string(change.id));
    facts.add("When", change.at ? timeText(*change.at) : "");
    facts.add("Who", change.who);
    facts.add("From", change.source);
    facts.add("Through", change.proxiedBy);
    facts.add("What", change.verb);
    facts.add("Why", change.note);
    facts.add("Now", standing(change, context.clock.wallNow()));
    facts.print(context.out);
    if (change.withoutObjects) {
        context.out.line("It was too large to be kept, so that it cannot be taken back.");
    }
    for (const auto& object : change.objects) {
        for (const auto& line : linesOf(object)) {
            context.out.line(line);
        }
    }
    for (const auto& text : change.leftAlone) {
        context.out.line("left alone: " + safe(text));
    }
}

Status showOne(Context& context, const api::ProfileId& id, std::uint64_t wanted) {
    WEFT_ASSIGN_OR_RETURN(const auto changes, historyOf(context, id, 0));
    for (const auto& change : changes) {
        if (change.id != wanted) {
            continue;
        }
        if (context.out.isStructured()) {
            context.out.write(describe(change));
        } else {
            print(context, change);
        }
        return okStatus();
    }
    return notFound("the history has no change {}: it begins with the newest 500", wanted);
}

}  // namespace

Status runPolicyHistory(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto limit, parsed.number("limit", kDefaultChanges, kMostChanges));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    if (parsed.has("CHANGE")) {
        WEFT_ASSIGN_OR_RETURN(const auto wanted, changeIdOf(parsed.text("CHANGE")));
        return showOne(context, id, wanted);
    }
    WEFT_ASSIGN_OR_RETURN(const auto changes, historyOf(context, id, limit));
    Output& out = context.out;
    Document::List list;
    Table table({"CHANGE", "WHEN", "WHO", "WHAT", "NOW", "WHY"});
    for (const auto& change : changes) {
        list.push_back(describe(change));
        table.add(
            {std::to_string(change.id),
             relativeText(change.at, context.clock.wallNow()),
             change.who,
             whatOf(change),
             standing(change, context.clock.wallNow()),
             change.note});
        if (out.quiet() && !out.isStructured()) {
            out.line(std::to_string(change.id));
        }
    }
    if (out.isStructured()) {
        out.write(list);
    } else if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runPolicyUndo(Context& context, const Parsed& parsed) {
    api::RevertWish wish;
    WEFT_ASSIGN_OR_RETURN(wish.id, changeIdOf(parsed.text("CHANGE")));
    for (const auto& text : parsed.list("object")) {
        WEFT_ASSIGN_OR_RETURN(auto ref, objectNamed(text));
        wish.only.push_back(std::move(ref));
    }
    wish.skipChanged = parsed.has("skip-changed");
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_RETURN_IF_ERROR(confirm(context, parsed, fmt::format("Take change {} back?", wish.id)));
    WEFT_ASSIGN_OR_RETURN(
        const auto applied, context.session->call<api::AppliedChange>([&](auto done) {
            context.session->controller().changes().revert(id, wish, std::move(done));
        }));
    tellTakenBack(context, wish.id, applied);
    return okStatus();
}

Status runPolicyConfirm(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto change, changeIdOf(parsed.text("CHANGE")));
    WEFT_ASSIGN_OR_RETURN(const auto wait, effectWishOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().changes().confirm(id, change, std::move(done));
    }));
    return waitForEffect(context, id, change, wait, [&](const Document& propagation) {
        if (context.out.isStructured()) {
            context.out.write(
                Document::Members{{"confirmed", change}, {"propagation", propagation}});
        } else if (!context.out.quiet()) {
            context.out.line(fmt::format("change {} stays", change));
        }
    });
}

}  // namespace weft::cli
