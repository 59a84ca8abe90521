// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/log_lines.h"
#include "app/cli/wording.h"
#include "core/api/logs.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

namespace weft::cli {
namespace {

StatusOr<api::LogLevel> levelOf(std::string_view name) {
    const auto level = base::logLevelOf(name);
    if (!level) {
        return invalidArgument("there is no level \"{}\"", name);
    }
    return *level;
}

Tone toneOf(api::LogLevel level) {
    switch (level) {
    case api::LogLevel::Error:
        return Tone::Bad;
    case api::LogLevel::Warn:
        return Tone::Warning;
    case api::LogLevel::Trace:
    case api::LogLevel::Debug:
        return Tone::Muted;
    default:
        return Tone::Plain;
    }
}

Document documentOf(const api::LogLine& line) {
    return Document::Members{
        {"time", logTimeText(line.time)},
        {"level", std::string(base::nameOf(line.level))},
        {"subsystem", line.subsystem},
        {"text", line.text}};
}

/// Writes what passes the filter.
class Printer {
public:
    Printer(Context& context, LogFilter filter) : context_(context), filter_(std::move(filter)) {}

    void add(const api::LogBatch& batch) {
        if (batch.missed > 0) {
            context_.notes << counted(batch.missed, "line") << " came too fast and are not shown\n";
        }
        for (const auto& line : batch.lines) {
            if (filter_.accepts(line)) {
                print(line);
            }
        }
        context_.out.stream() << std::flush;
        level_ = batch.level;
    }
    /// Why there may be less than was asked for.
    void explain(api::LogLevel wanted) {
        if (level_ && wanted < *level_ && !context_.out.quiet()) {
            context_.notes << fmt::format(
                "The daemon writes {} and above: \"weftctl log-level {}\" changes it\n",
                base::nameOf(*level_),
                base::nameOf(wanted));
        }
    }

private:
    void print(const api::LogLine& line) {
        if (context_.out.isStructured()) {
            context_.out.writeEvent(documentOf(line));
        } else {
            context_.out.line(context_.out.toned(logLineText(line), toneOf(line.level)));
        }
    }

    Context& context_;
    const LogFilter filter_;
    std::optional<api::LogLevel> level_;
};

}  // namespace

Status runLogs(Context& context, const Parsed& parsed) {
    api::LogQuestion question;
    question.once = !parsed.has("follow");
    if (parsed.has("level")) {
        WEFT_ASSIGN_OR_RETURN(question.least, levelOf(parsed.text("level")));
    }
    Printer printer(context, {parsed.list("subsystem"), parsed.text("text")});
    EventPump& pump = context.session->pump();
    const auto ended = std::make_shared<std::optional<Status>>();
    const auto handle = context.session->controller().logs().watch(
        question,
        [&pump, &printer](const api::LogBatch& batch) {
            pump.post([&printer, batch] { printer.add(batch); });
        },
        [&pump, ended](const Status& status) { pump.post([ended, status] { *ended = status; }); });
    Status pumped = pump.runUntil([&ended] { return ended->has_value(); }, std::nullopt);
    if (parsed.has("level")) {
        printer.explain(question.least);
    }
    // Ctrl-C is how one stops to follow.
    if (!pumped.ok() && pumped.code() != StatusCode::kCancelled) {
        return pumped;
    }
    return ended->value_or(okStatus());
}

Status runLogsLevel(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto level, levelOf(parsed.text("LEVEL")));
    WEFT_RETURN_IF_ERROR(context.session->run([&context, level](StatusCallback done) {
        context.session->controller().logs().setLevel(level, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"level", std::string(base::nameOf(level))}});
    } else if (!context.out.quiet()) {
        context.out.line(
            fmt::format("The daemon writes {} and above until it ends.", base::nameOf(level)));
    }
    return okStatus();
}

}  // namespace weft::cli
