// SPDX-License-Identifier: Apache-2.0
// What edits would do to a mesh, and what it would be without some of it.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_comparison.h"
#include "app/cli/policy_edits.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_options.h"
#include "app/cli/review_text.h"
#include "app/cli/wording.h"
#include "core/mesh/changes/object_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

using mesh::changes::Edit;

/// What would be lost, in words: "cut 3 pairs".
std::vector<std::string> lossesOf(const api::PlanReview& review, bool lossIsMeant) {
    std::vector<std::string> losses;
    if (!lossIsMeant && review.pairs.lost > 0) {
        losses.push_back(fmt::format("cut {}", counted(review.pairs.lost, "pair")));
    }
    if (!lossIsMeant && review.routes.lost > 0) {
        losses.push_back(fmt::format("lose {}", counted(review.routes.lost, "route")));
    }
    if (!lossIsMeant && review.vanishedCount > 0) {
        losses.push_back(fmt::format(
            "hide nodes from reference nodes in {}", counted(review.vanishedCount, "case")));
    }
    if (review.voters.losesQuorum) {
        losses.emplace_back("leave too few voters together to elect a leader");
    }
    return losses;
}

/// What a script is told: the worst first.
Status verdictOn(const api::PlanReview& review, bool lossIsMeant) {
    if (!review.conflicts.empty()) {
        return failedPrecondition(
            "{} not go together with what others changed: decide with `weftctl policy rebase`",
            review.conflicts.size() == 1 ? "an edit does"
                                         : fmt::format("{} edits do", review.conflicts.size()));
    }
    if (!review.warnings.empty()) {
        const auto more = review.warnings.size() - 1;
        return failedPrecondition(
            "{}{}",
            safe(review.warnings.front()),
            more == 0 ? "" : fmt::format(", and {}", counted(more, "more warning")));
    }
    const auto losses = lossesOf(review, lossIsMeant);
    if (losses.empty()) {
        return okStatus();
    }
    return failedPrecondition("the edits would {}", fmt::join(losses, ", "));
}

Document documentOf(const api::PlanReview& review, const std::vector<Edit>& edits) {
    Document::List conflicts;
    for (const auto& conflict : review.conflicts) {
        conflicts.push_back(describe(conflict));
    }
    Document::Members members{{"edits", describe(edits)}, {"conflicts", std::move(conflicts)}};
    for (auto& member : membersOf(review)) {
        members.push_back(std::move(member));
    }
    return members;
}

void printWhole(Output& out, const api::PlanReview& review, const std::vector<Edit>& edits) {
    if (edits.empty() && review.conflicts.empty()) {
        out.line("there is nothing to review: the rules would stay as they are");
        return;
    }
    for (const auto& edit : edits) {
        out.line(mesh::changes::summaryOf(edit));
    }
    for (const auto& conflict : review.conflicts) {
        print(out, conflict);
    }
    print(out, review);
}

/// "nas/laptop".
StatusOr<api::NodePair> linkOf(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()
        || text.find('/', slash + 1) != std::string::npos) {
        return invalidArgument("{} is no link: write A/B", safe(text));
    }
    return api::NodePair{text.substr(0, slash), text.substr(slash + 1)};
}

StatusOr<api::WhatIfQuestion> questionOf(const Parsed& parsed) {
    api::WhatIfQuestion question;
    WEFT_ASSIGN_OR_RETURN(question.subject, planSubjectOf(parsed, api::LiveRules{}));
    question.nodes = parsed.list("node");
    for (const auto& text : parsed.list("link")) {
        WEFT_ASSIGN_OR_RETURN(auto link, linkOf(text));
        question.links.push_back(std::move(link));
    }
    const bool hasParts = !question.nodes.empty() || !question.links.empty();
    if (parsed.has("object")) {
        if (hasParts) {
            return invalidArgument(
                "--object is a question of its own: leave --node and --link away");
        }
        WEFT_ASSIGN_OR_RETURN(question.object, objectNamed(parsed.text("object")));
    } else if (!hasParts) {
        return invalidArgument("what would be gone? Give --node, --link or --object");
    }
    return question;
}

Document documentOf(const api::WhatIfAnswer& answer) {
    Document::List parts;
    for (const auto& part : answer.parts) {
        parts.push_back(
            Document::Members{{"size", part.size}, {"nodes", Document::listOf(part.nodes)}});
    }
    return Document::Members{
        {"pairs", describe(answer.pairs)},
        {"routes", describe(answer.routes)},
        {"voters", describe(answer.voters)},
        {"parts", std::move(parts)},
        {"partsBefore", answer.partsBefore}};
}

void printParts(Output& out, const api::WhatIfAnswer& answer) {
    // One part as before says nothing, and an object has none.
    if (answer.parts.size() <= 1 && answer.partsBefore == answer.parts.size()) {
        return;
    }
    out.line(
        fmt::format("{}, and {} before", counted(answer.parts.size(), "part"), answer.partsBefore));
    const auto shown = std::min(answer.parts.size(), kMostShownLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& part = answer.parts[i];
        out.line(
            fmt::format("  {}: {}", counted(part.size, "node"), namesOf(part.nodes, part.size)));
    }
    if (answer.parts.size() > shown) {
        out.line(fmt::format("  and {} more", answer.parts.size() - shown));
    }
}

bool isNothing(const api::WhatIfAnswer& answer) {
    return answer.pairs.changed == 0 && answer.pairs.isolatedCount == 0
           && answer.routes == api::RouteDifference{} && answer.voters == api::VoterDifference{}
           && answer.parts.size() == answer.partsBefore;
}

}  // namespace

Status runPolicyReview(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, planQuestionOf(context, parsed, api::DraftRules{}));
    WEFT_ASSIGN_OR_RETURN(const auto review, context.session->call<api::PlanReview>([&](auto done) {
        context.session->controller().planning().review(
            question.id, question.subject, std::move(done));
    }));
    WEFT_ASSIGN_OR_RETURN(const auto edits, toMesh(review.edits));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(documentOf(review, edits));
    } else if (out.quiet()) {
        out.line(std::to_string(review.pairs.lost));
    } else {
        printWhole(out, review, edits);
    }
    return verdictOn(review, parsed.has("allow-loss"));
}

Status runPolicyWhatIf(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, questionOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto answer, context.session->call<api::WhatIfAnswer>([&](auto done) {
            context.session->controller().planning().whatIf(id, question, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(documentOf(answer));
    } else if (out.quiet()) {
        out.line(std::to_string(answer.pairs.lost));
    } else if (isNothing(answer)) {
        out.line("nothing else would change");
    } else {
        print(out, answer.pairs);
        printParts(out, answer);
        print(out, answer.routes);
        print(out, answer.voters);
    }
    return okStatus();
}

}  // namespace weft::cli
