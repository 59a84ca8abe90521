// SPDX-License-Identifier: Apache-2.0
#include "app/cli/propagation_wait.h"

#include "app/cli/policy_session.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::cli {
namespace {

/// The change may have cut this node off: its answer is waited for so long beyond the wait.
constexpr std::chrono::seconds kAnswerLimit{2};

StatusOr<api::Propagation> ask(
    Context& context, const api::ProfileId& id, std::uint64_t change, TimePoint limit) {
    return context.session->callUntil<api::Propagation>(
        limit, [&](Callback<api::Propagation> done) {
            context.session->controller().changes().propagation(id, change, std::move(done));
        });
}

bool isMissing(const api::NodePropagation& node) {
    return node.state != api::PropagationState::Done && node.state != api::PropagationState::Told;
}

/// Whether waiting longer may help. Nobody knows when a node comes back that is not there.
bool isWorthWaiting(const api::Propagation& propagation, const EffectWish& wish) {
    return propagation.pending > 0 || (wish.everywhere && propagation.unreachable > 0);
}

/// Says how far a change is, each time that is farther.
class Progress {
public:
    explicit Progress(Context& context)
        : context_(context)
        , isShown_(context.interactive && !context.out.isStructured() && !context.out.quiet()) {}

    void note(const api::Propagation& propagation) {
        const auto have = propagation.done + propagation.told;
        if (isShown_ && told_ != have && !propagation.isEverywhere()) {
            context_.notes << fmt::format("{} of {} nodes have it\n", have, propagation.all())
                           << std::flush;
            told_ = have;
        }
    }

private:
    Context& context_;
    const bool isShown_;
    /// At first more than there can be: something is told even when nobody has it.
    std::uint64_t told_ = std::numeric_limits<std::uint64_t>::max();
};

StatusOr<api::Propagation> observe(
    Context& context, const api::ProfileId& id, std::uint64_t change, const EffectWish& wish) {
    const auto end = context.session->now() + wish.wait;
    const auto limit = std::min(end + kAnswerLimit, context.session->deadline());
    Progress progress(context);
    while (true) {
        WEFT_ASSIGN_OR_RETURN(auto propagation, ask(context, id, change, limit));
        progress.note(propagation);
        if (!isWorthWaiting(propagation, wish) || context.session->now() >= end) {
            return propagation;
        }
        WEFT_RETURN_IF_ERROR(context.session->pause());
    }
}

void noteEffect(Context& context, const api::Propagation& propagation) {
    if (context.out.quiet() || context.out.isStructured()) {
        return;
    }
    const auto missing = missingText(propagation);
    if (missing.empty()) {
        context.notes << fmt::format("in effect at {}", counted(propagation.all(), "node"));
    } else {
        context.notes << missing
                      << fmt::format(
                             ": weftctl policy propagation {} tells more", propagation.change);
    }
    if (propagation.told > 0) {
        context.notes << fmt::format(" ({} of them told, without an answer)", propagation.told);
    }
    context.notes << '\n';
}

}  // namespace

StatusOr<EffectWish> effectWishOf(const Parsed& parsed) {
    EffectWish wish{.everywhere = parsed.has("wait-all")};
    const auto text = parsed.text("wait");
    if (text == "0" || text == "0s") {
        wish.wait = Duration::zero();
        return wish;
    }
    WEFT_ASSIGN_OR_RETURN(wish.wait, parsed.duration("wait", kDefaultEffectWait));
    return wish;
}

StatusOr<api::Propagation> propagationOf(
    Context& context, const api::ProfileId& id, std::uint64_t change) {
    return ask(context, id, change, context.session->deadline());
}

Document describe(const api::Propagation& propagation) {
    Document::List nodes;
    for (const auto& node : propagation.nodes) {
        nodes.push_back(Document::Members{
            {"node", node.node},
            {"state", std::string(nameOf(node.state))},
            {"since", timeDocument(node.since)}});
    }
    return Document::Members{
        {"change", propagation.change},
        {"at", timeDocument(propagation.at)},
        {"everywhere", propagation.isEverywhere()},
        {"done", propagation.done},
        {"pending", propagation.pending},
        {"unreachable", propagation.unreachable},
        {"told", propagation.told},
        {"nodes", std::move(nodes)}};
}

std::string missingText(const api::Propagation& propagation) {
    const auto missing = propagation.pending + propagation.unreachable;
    if (missing == 0) {
        return {};
    }
    std::vector<std::string> names;
    for (const auto& node : propagation.nodes) {
        if (isMissing(node) && names.size() < kMostNamedNodes) {
            names.push_back(fmt::format("{} ({})", safe(node.node), nameOf(node.state)));
        }
    }
    if (names.size() < missing) {
        names.push_back(fmt::format("{} more", missing - names.size()));
    }
    return fmt::format(
        "not in effect at {} of {}: {}",
        missing,
        counted(propagation.all(), "node"),
        fmt::join(names, ", "));
}

Status waitForEffect(
    Context& context,
    const api::ProfileId& id,
    std::uint64_t change,
    const EffectWish& wish,
    const std::function<void(const Document& propagation)>& tell) {
    const bool isLater = context.out.isStructured();
    if (!isLater) {
        tell({});
    }
    if (change == 0 || (wish.wait == Duration::zero() && !wish.everywhere)) {
        if (isLater) {
            tell({});
        }
        return okStatus();
    }
    const auto seen = observe(context, id, change, wish);
    if (isLater) {
        tell(seen.ok() ? describe(*seen) : Document());
    }
    if (seen.ok()) {
        noteEffect(context, *seen);
        if (wish.everywhere && !seen->isEverywhere()) {
            context.exitCode = kExitPending;
        }
        return okStatus();
    }
    if (wish.everywhere || seen.status().code() == StatusCode::kCancelled) {
        return annotate(
            seen.status(), "the change is made, and it is not known where it is in effect");
    }
    if (!context.out.quiet()) {
        context.notes << fmt::format(
            "it is not known where it is in effect: {}\n", safe(messageOf(seen.status())));
    }
    return okStatus();
}

Status tellInEffect(
    Context& context,
    const api::ProfileId& id,
    const api::AppliedChange& applied,
    const EffectWish& wish) {
    return waitForEffect(context, id, applied.id, wish, [&](const Document& propagation) {
        tellApplied(context, applied, propagation);
    });
}

}  // namespace weft::cli
