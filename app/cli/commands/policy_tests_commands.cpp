// SPDX-License-Identifier: Apache-2.0
// The tests of who must reach whom that are kept with a mesh.
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/policy_session.h"
#include "app/cli/policy_test_file.h"
#include "core/api/changes.h"
#include "core/mesh/changes/policy_test_file.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace weft::cli {
namespace {

using mesh::changes::Expectation;
using mesh::changes::PolicyTest;
using Tests = std::vector<PolicyTest>;

struct Kept {
    Tests tests;
    std::uint64_t revision = 0;
};

StatusOr<Kept> keptTests(Context& context, const api::ProfileId& id) {
    WEFT_ASSIGN_OR_RETURN(
        const auto kept, context.session->call<api::KeptPolicyTests>([&](auto done) {
            context.session->controller().changes().policyTests(id, std::move(done));
        }));
    WEFT_ASSIGN_OR_RETURN(auto tests, toMesh(kept.tests));
    return Kept{std::move(tests), kept.revision};
}

/// "group:laptops must reach nas by IPv6".
std::string sentenceOf(const PolicyTest& test) {
    std::string text = fmt::format(
        "{} must {}reach {}",
        safe(test.from),
        test.must == Expectation::Reach ? "" : "not ",
        test.network ? test.network->toString() : safe(test.to));
    if (test.network && !test.to.empty()) {
        text += " through " + safe(test.to);
    }
    if (test.family) {
        text += *test.family == net::Family::V4 ? " by IPv4" : " by IPv6";
    }
    return text;
}

std::string countText(std::size_t count) {
    return fmt::format("{} test{}", count, count == 1 ? "" : "s");
}

std::map<std::string, const PolicyTest*> byName(const Tests& tests) {
    std::map<std::string, const PolicyTest*> found;
    for (const auto& test : tests) {
        found.emplace(test.name, &test);
    }
    return found;
}

void printDifference(Context& context, const Tests& before, const Tests& after) {
    Output& out = context.out;
    const auto print = [&out](char mark, const PolicyTest& test, Tone tone) {
        out.line(
            out.toned(fmt::format("{} {}: {}", mark, safe(test.name), sentenceOf(test)), tone));
    };
    const auto old = byName(before);
    const auto wanted = byName(after);
    bool isOrder = true;
    for (const auto& test : before) {
        const auto found = wanted.find(test.name);
        if (found == wanted.end() || *found->second != test) {
            print('-', test, Tone::Bad);
            isOrder = false;
        }
    }
    for (const auto& test : after) {
        const auto found = old.find(test.name);
        if (found == old.end() || *found->second != test) {
            print('+', test, Tone::Good);
            isOrder = false;
        }
    }
    if (isOrder) {
        out.line("the same tests in another order");
    }
}

/// What is to be replaced; tests that do not read are none.
StatusOr<Kept> replacedTests(Context& context, const api::ProfileId& id) {
    auto kept = keptTests(context, id);
    if (kept.status().code() == StatusCode::kDataLoss) {
        context.notes << safe(messageOf(kept.status())) << '\n';
        return Kept{};
    }
    return kept;
}

void tellKept(Context& context, std::size_t count, std::uint64_t revision, bool isNew) {
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"tests", std::uint64_t{count}}, {"revision", revision}, {"changed", isNew}});
        return;
    }
    if (out.quiet()) {
        out.line(std::to_string(revision));
        return;
    }
    if (!isNew) {
        out.line("the mesh keeps these tests already");
    } else if (count == 0) {
        out.line("the mesh keeps no tests any more");
    } else {
        out.line(fmt::format("the mesh keeps {}", countText(count)));
    }
}

}  // namespace

Status runPolicyTests(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto kept, keptTests(context, id));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(describe(kept.tests));
        return okStatus();
    }
    Table table({"NAME", "MUST", "FROM", "TO", "NETWORK", "FAMILY"});
    for (const auto& test : kept.tests) {
        table.add(
            {test.name,
             std::string(mesh::changes::wordFor(test.must)),
             test.from,
             test.to,
             test.network ? test.network->toString() : "",
             test.family ? std::string(mesh::changes::wordFor(*test.family)) : ""});
        if (out.quiet()) {
            out.line(safe(test.name));
        }
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runPolicyTestsSet(Context& context, const Parsed& parsed) {
    const std::string path = parsed.text("FILE");
    WEFT_ASSIGN_OR_RETURN(const auto tests, readPolicyTests(path));
    if (tests.empty() && !parsed.has("remove-all")) {
        return invalidArgument(
            "{} holds no tests: give --remove-all if the mesh is to keep none", safe(path));
    }
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(const auto kept, replacedTests(context, id));
    if (tests == kept.tests && kept.revision != 0) {
        tellKept(context, tests.size(), kept.revision, false);
        return okStatus();
    }
    if (!context.out.isStructured() && !context.out.quiet()) {
        printDifference(context, kept.tests, tests);
    }
    WEFT_RETURN_IF_ERROR(confirm(
        context,
        parsed,
        tests.empty() ? fmt::format("Remove {}?", countText(kept.tests.size()))
                      : fmt::format("Keep {} with the mesh?", countText(tests.size()))));
    const auto revision = context.session->call<std::uint64_t>([&](auto done) {
        context.session->controller().changes().putPolicyTests(
            id, toApi(tests), kept.revision, std::move(done));
    });
    if (revision.status().code() == StatusCode::kAborted) {
        return annotate(revision.status(), "look at them with `weftctl policy tests`");
    }
    WEFT_RETURN_IF_ERROR(revision.status());
    tellKept(context, tests.size(), *revision, true);
    return okStatus();
}

}  // namespace weft::cli
