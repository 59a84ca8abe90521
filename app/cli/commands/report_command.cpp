// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/report_answers.h"
#include "app/cli/wording.h"
#include "core/report/bundle.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>

namespace weft::cli {
namespace {

/// "weft-report-20260101-000000.zip", in UTC.
std::string defaultName(WallTime time) {
    const std::time_t value = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    if (::gmtime_r(&value, &parts) == nullptr) {
        return "weft-report.zip";
    }
    return fmt::format("weft-report-{:%Y%m%d-%H%M%S}.zip", parts);
}

void preview(Context& context, const std::vector<report::Section>& sections) {
    if (context.out.isStructured()) {
        Document::List list;
        for (const auto& section : sections) {
            list.push_back(Document::Members{
                {"name", section.name},
                {"title", section.title},
                {"failed", section.failed},
                {"text", section.text}});
        }
        context.out.write(std::move(list));
        return;
    }
    for (const auto& section : sections) {
        context.out.line(fmt::format("=== {}: {}", section.name, section.title));
        // Made line by line, with everything foreign escaped.
        context.out.stream() << section.text << '\n';
    }
}

void tell(
    Context& context,
    const std::filesystem::path& path,
    const std::vector<report::Section>& sections,
    report::Redaction level) {
    std::uint64_t failed = 0;
    for (const auto& section : sections) {
        failed += section.failed ? 1 : 0;
    }
    if (context.out.isStructured()) {
        context.out.write(Document::Members{
            {"file", path.string()},
            {"redaction", std::string(report::nameOf(level))},
            {"sections", static_cast<std::uint64_t>(sections.size())},
            {"failed", failed}});
        return;
    }
    if (context.out.quiet()) {
        context.out.line(safe(path.string()));
        return;
    }
    context.out.line(fmt::format(
        "Wrote {}: {}, redaction {}.",
        safe(path.string()),
        counted(sections.size(), "section"),
        report::nameOf(level)));
    if (failed > 0) {
        context.out.line(
            fmt::format("{} could not be had; each says why.", counted(failed, "section")));
    }
}

}  // namespace

Status runReport(Context& context, const Parsed& parsed) {
    const std::string wanted = parsed.has("redact") ? parsed.text("redact") : "addresses";
    const auto level = report::redactionOf(wanted);
    if (!level) {
        return invalidArgument("--redact: there is no level \"{}\"", wanted);
    }
    const std::filesystem::path path =
        parsed.has("FILE") ? parsed.text("FILE") : defaultName(context.clock.wallNow());
    // Said before the daemon is asked for everything; the write looks again.
    std::error_code ignored;
    if (!parsed.has("preview") && !parsed.has("force") && std::filesystem::exists(path, ignored)) {
        return alreadyExists("{} exists already: --force replaces it", safe(path.string()));
    }
    WEFT_ASSIGN_OR_RETURN(const auto answers, collectAnswers(context));
    const auto sections = report::makeSections(answers, *level);
    if (parsed.has("preview")) {
        preview(context, sections);
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto zip, report::zipOf(sections, {answers.time, answers.version, *level}));
    WEFT_RETURN_IF_ERROR(annotate(
        report::writeBundle(path, zip, parsed.has("force")), "writing {}", safe(path.string())));
    tell(context, path, sections, *level);
    return okStatus();
}

}  // namespace weft::cli
