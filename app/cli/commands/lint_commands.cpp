// SPDX-License-Identifier: Apache-2.0
// Checks of a mesh's rules: what looks wrong, and what must hold.
#include "app/cli/commands/commands.h"
#include "app/cli/draft_session.h"
#include "app/cli/policy_comparison.h"
#include "app/cli/policy_edits.h"
#include "app/cli/policy_objects.h"
#include "app/cli/policy_test_file.h"
#include "app/cli/review_text.h"
#include "app/cli/wording.h"
#include "core/api/changes.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::cli {
namespace {

using api::LintSeverity;

std::string_view nameOf(LintSeverity severity) {
    switch (severity) {
    case LintSeverity::Error:
        return "error";
    case LintSeverity::Warning:
        return "warning";
    case LintSeverity::Hint:
        break;
    }
    return "hint";
}

Tone toneOf(LintSeverity severity) {
    switch (severity) {
    case LintSeverity::Error:
        return Tone::Bad;
    case LintSeverity::Warning:
        return Tone::Warning;
    case LintSeverity::Hint:
        break;
    }
    return Tone::Muted;
}

std::size_t countOf(const api::LintReport& report, LintSeverity severity) {
    return static_cast<std::size_t>(
        std::ranges::count(report.findings, severity, &api::LintFinding::severity));
}

StatusOr<Document> documentOf(const api::LintReport& report) {
    Document::List findings;
    for (const auto& finding : report.findings) {
        WEFT_ASSIGN_OR_RETURN(const auto fix, toMesh(finding.fix));
        findings.push_back(Document::Members{
            {"severity", std::string(nameOf(finding.severity))},
            {"code", finding.code},
            {"kind", std::string(wordFor(finding.ref.kind))},
            {"name", finding.ref.name},
            {"target", finding.ref.target},
            {"text", finding.text},
            {"fix", describe(fix)},
            {"fixText", finding.fixText}});
    }
    return Document(Document::Members{
        {"findings", std::move(findings)},
        {"count", report.count},
        {"isComplete", report.isComplete}});
}

void print(Context& context, const api::LintReport& report) {
    Output& out = context.out;
    for (const auto& finding : report.findings) {
        const auto what =
            finding.ref.name.empty() ? std::string() : safe(describe(finding.ref)) + ": ";
        out.line(fmt::format(
            "{}: {}{} ({})",
            out.toned(nameOf(finding.severity), toneOf(finding.severity)),
            what,
            safe(finding.text),
            safe(finding.code)));
        if (!finding.fixText.empty()) {
            out.line("  fix: " + safe(finding.fixText));
        }
    }
    if (report.count > report.findings.size()) {
        out.line(fmt::format("and {} more", report.count - report.findings.size()));
    }
    if (!report.isComplete) {
        out.line("the mesh is so large that some checks were left out");
    }
    out.line(
        report.count == 0 ? std::string("nothing was found")
                          : fmt::format(
                              "{}, {}, {}",
                              counted(countOf(report, LintSeverity::Error), "error"),
                              counted(countOf(report, LintSeverity::Warning), "warning"),
                              counted(countOf(report, LintSeverity::Hint), "hint")));
}

/// The fixes that go together: each object is touched by one of them, so that none undoes another.
struct Fixes {
    std::vector<api::PolicyEdit> edits;
    std::size_t taken = 0;
    std::size_t left = 0;
};

Fixes fixesOf(const api::LintReport& report) {
    Fixes fixes;
    for (const auto& finding : report.findings) {
        if (finding.fix.empty()) {
            continue;
        }
        const auto isTouched = [&fixes](const api::PolicyEdit& edit) {
            return std::ranges::any_of(fixes.edits, [&edit](const auto& taken) {
                return api::sameObject(taken.ref, edit.ref);
            });
        };
        if (std::ranges::any_of(finding.fix, isTouched)) {
            ++fixes.left;
            continue;
        }
        fixes.edits.insert(fixes.edits.end(), finding.fix.begin(), finding.fix.end());
        ++fixes.taken;
    }
    return fixes;
}

Status putFixesInDraft(Context& context, const api::ProfileId& id, const api::LintReport& report) {
    const auto fixes = fixesOf(report);
    if (fixes.edits.empty()) {
        context.notes << "there is no fix that could be put into the draft\n";
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto draft, context.session->call<api::Draft>([&](Callback<api::Draft> done) {
            context.session->controller().drafts().edit(
                id, fixes.edits, false, std::nullopt, std::move(done));
        }));
    context.notes << fmt::format(
        "{} put into the draft, which has {} now\n",
        fixes.taken == 1 ? "1 fix was" : fmt::format("{} fixes were", fixes.taken),
        counted(draft.edits.size(), "edit"));
    if (fixes.left > 0) {
        context.notes << fmt::format(
            "{} of the same objects: look again with --draft\n",
            fixes.left == 1 ? "1 more fix is" : fmt::format("{} more fixes are", fixes.left));
    }
    return okStatus();
}

Status verdictOn(const api::LintReport& report, bool isStrict) {
    const auto errors = countOf(report, LintSeverity::Error);
    const auto warnings = countOf(report, LintSeverity::Warning);
    if (errors == 0 && (!isStrict || warnings == 0)) {
        return okStatus();
    }
    return failedPrecondition(
        "the rules have {}{}",
        counted(errors, "error"),
        isStrict ? fmt::format(" and {}", counted(warnings, "warning")) : std::string());
}

/// Those of a file, or else those that are kept with the mesh.
StatusOr<std::vector<api::PolicyTest>> testsOf(
    Context& context, const Parsed& parsed, const api::ProfileId& id) {
    if (parsed.has("tests")) {
        const std::string path = parsed.text("tests");
        WEFT_ASSIGN_OR_RETURN(const auto read, readPolicyTests(path));
        if (read.empty()) {
            return invalidArgument("{} has no tests", safe(path));
        }
        return toApi(read);
    }
    WEFT_ASSIGN_OR_RETURN(auto kept, context.session->call<api::KeptPolicyTests>([&](auto done) {
        context.session->controller().changes().policyTests(id, std::move(done));
    }));
    if (kept.tests.empty()) {
        return failedPrecondition(
            "no tests are kept with the mesh: name a file with --tests, or keep one with weftctl "
            "policy tests-set FILE");
    }
    return std::move(kept.tests);
}

using Results = std::vector<api::PolicyTestResult>;

Document documentOf(const Results& results, std::size_t passed) {
    Document::List list;
    for (const auto& result : results) {
        list.push_back(Document::Members{
            {"name", result.name},
            {"passed", result.passed},
            {"text", result.text},
            {"offending", linksOf(result.offending)},
            {"offendingCount", result.offendingCount}});
    }
    return Document::Members{
        {"passed", std::uint64_t{passed}},
        {"failed", std::uint64_t{results.size() - passed}},
        {"results", std::move(list)}};
}

void print(Output& out, const api::PolicyTestResult& result) {
    if (result.passed) {
        out.line(fmt::format("{}  {}", out.toned("pass", Tone::Good), safe(result.name)));
        return;
    }
    out.line(fmt::format(
        "{}  {}{}{}",
        out.toned("FAIL", Tone::Bad),
        safe(result.name),
        result.text.empty() ? "" : ": ",
        safe(result.text)));
    for (const auto& [from, to] : result.offending) {
        out.line(fmt::format("  {} -> {}", safe(from), safe(to)));
    }
    if (result.offendingCount > result.offending.size()) {
        out.line(fmt::format("  and {} more", result.offendingCount - result.offending.size()));
    }
}

}  // namespace

Status runPolicyLint(Context& context, const Parsed& parsed) {
    const bool fix = parsed.has("fix-to-draft");
    if (fix && parsed.has("FOLDER")) {
        return invalidArgument(
            "the fixes would be for the folder: `weftctl policy import` it, then use --draft");
    }
    // Fixes go on from what the draft has.
    const api::PlanSubject usual =
        fix ? api::PlanSubject(api::DraftRules{}) : api::PlanSubject(api::LiveRules{});
    WEFT_ASSIGN_OR_RETURN(const auto question, planQuestionOf(context, parsed, usual));
    WEFT_ASSIGN_OR_RETURN(const auto report, context.session->call<api::LintReport>([&](auto done) {
        context.session->controller().planning().lint(
            question.id, question.subject, std::move(done));
    }));
    Output& out = context.out;
    if (out.isStructured()) {
        WEFT_ASSIGN_OR_RETURN(const auto document, documentOf(report));
        out.write(document);
    } else if (out.quiet()) {
        out.line(std::to_string(report.count));
    } else {
        print(context, report);
    }
    if (fix) {
        WEFT_RETURN_IF_ERROR(putFixesInDraft(context, question.id, report));
    }
    return verdictOn(report, parsed.has("strict"));
}

Status runPolicyTest(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, planQuestionOf(context, parsed, api::LiveRules{}));
    WEFT_ASSIGN_OR_RETURN(const auto tests, testsOf(context, parsed, question.id));
    WEFT_ASSIGN_OR_RETURN(const auto results, context.session->call<Results>([&](auto done) {
        context.session->controller().planning().test(
            question.id, question.subject, tests, std::move(done));
    }));
    if (results.size() != tests.size()) {
        return internalError(
            "the daemon answered {} of {}", results.size(), counted(tests.size(), "test"));
    }
    const auto passed =
        static_cast<std::size_t>(std::ranges::count(results, true, &api::PolicyTestResult::passed));
    const auto summary = fmt::format("{} passed, {} failed", passed, results.size() - passed);
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(documentOf(results, passed));
    } else if (out.quiet()) {
        out.line(std::to_string(results.size() - passed));
    } else {
        for (const auto& result : results) {
            print(out, result);
        }
        out.line(summary);
    }
    return passed == results.size() ? okStatus() : failedPrecondition("{}", summary);
}

}  // namespace weft::cli
