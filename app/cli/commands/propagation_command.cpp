// SPDX-License-Identifier: Apache-2.0
// Where a change of the rules is in effect.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_options.h"
#include "app/cli/propagation_wait.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

#include <utility>

namespace weft::cli {
namespace {

void print(Context& context, const api::Propagation& propagation) {
    Output& out = context.out;
    out.line(fmt::format(
        "change {}, {}: in effect at {} of {}",
        propagation.change,
        relativeText(propagation.at, context.clock.wallNow()),
        propagation.done + propagation.told,
        counted(propagation.all(), "node")));
    Table table({"NODE", "STATE", "SINCE", "WHAT"});
    for (const auto& node : propagation.nodes) {
        table.add(
            {node.node,
             std::string(nameOf(node.state)),
             relativeText(node.since, context.clock.wallNow()),
             std::string(meaningOf(node.state))});
    }
    table.print(out.stream());
    if (propagation.nodes.size() < propagation.all()) {
        out.line(fmt::format("and {} more", propagation.all() - propagation.nodes.size()));
    }
}

void printMissing(Output& out, const api::Propagation& propagation) {
    for (const auto& node : propagation.nodes) {
        if (node.state != api::PropagationState::Done
            && node.state != api::PropagationState::Told) {
            out.line(safe(node.node));
        }
    }
}

}  // namespace

Status runPolicyPropagation(Context& context, const Parsed& parsed) {
    std::uint64_t change = 0;
    if (parsed.has("CHANGE")) {
        WEFT_ASSIGN_OR_RETURN(change, changeIdOf(parsed.text("CHANGE")));
    }
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto propagation, propagationOf(context, id, change));
    if (context.out.isStructured()) {
        context.out.write(describe(propagation));
    } else if (context.out.quiet()) {
        printMissing(context.out, propagation);
    } else {
        print(context, propagation);
    }
    if (!propagation.isEverywhere()) {
        context.exitCode = kExitPending;
    }
    return okStatus();
}

}  // namespace weft::cli
