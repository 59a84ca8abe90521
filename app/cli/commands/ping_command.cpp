// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/api/diagnosis.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace weft::cli {
namespace {

constexpr std::uint32_t kMostPings = std::numeric_limits<std::uint32_t>::max();

/// "0.5" as ping(8) takes it, or "500ms".
StatusOr<std::chrono::milliseconds> timeOf(
    const Parsed& parsed, std::string_view name, std::chrono::milliseconds fallback) {
    const std::string text = parsed.text(name);
    double seconds = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seconds);
    constexpr double kMostSeconds = 1e6;
    if (!text.empty() && error == std::errc{} && stopped == end && seconds > 0
        && seconds < kMostSeconds) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::duration<double>(seconds));
    }
    WEFT_ASSIGN_OR_RETURN(const Duration time, parsed.duration(name, fallback));
    return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

StatusOr<api::PingQuestion> questionOf(const Parsed& parsed) {
    api::PingQuestion question;
    question.target = parsed.text("NODE");
    if (parsed.has("ipv4") && parsed.has("ipv6")) {
        return invalidArgument("-4 and -6 exclude each other");
    }
    if (parsed.has("ipv4")) {
        question.family = api::AddressFamily::Ipv4;
    } else if (parsed.has("ipv6")) {
        question.family = api::AddressFamily::Ipv6;
    }
    if (parsed.has("count")) {
        WEFT_ASSIGN_OR_RETURN(question.count, parsed.number("count", 0, kMostPings));
    }
    WEFT_ASSIGN_OR_RETURN(question.interval, timeOf(parsed, "interval", question.interval));
    WEFT_ASSIGN_OR_RETURN(question.timeout, timeOf(parsed, "wait", question.timeout));
    if (question.interval < api::kShortestPingInterval) {
        return invalidArgument(
            "--interval: at least {} ms lie between two", api::kShortestPingInterval.count());
    }
    return question;
}

std::string millisecondsText(std::chrono::nanoseconds time) {
    return fmt::format("{:.3f}", std::chrono::duration<double, std::milli>(time).count());
}

std::string_view nameOf(api::PingLossReason reason) {
    switch (reason) {
    case api::PingLossReason::Timeout:
        return "timeout";
    case api::PingLossReason::Unreachable:
        return "unreachable";
    case api::PingLossReason::NotSent:
        break;
    }
    return "not_sent";
}

/// What a command tells of one run.
class Report {
public:
    Report(Context& context, const api::PingQuestion& question)
        : context_(context), question_(question) {}

    void add(const api::PingUpdate& update) {
        summary_.add(update);
        if (const auto* start = std::get_if<api::PingStart>(&update)) {
            start_ = *start;
        }
        if (context_.out.isStructured()) {
            context_.out.writeEvent(
                std::visit([](const auto& what) { return documentOf(what); }, update));
        } else {
            std::visit([this](const auto& what) { print(what); }, update);
        }
        context_.out.stream() << std::flush;
    }
    /// The statistics, if there are any, and what they mean for the exit code.
    Status finish() {
        if (!start_) {
            return okStatus();
        }
        if (context_.out.isStructured()) {
            context_.out.writeEvent(summaryDocument());
        } else {
            printSummary();
        }
        if (summary_.received() == 0) {
            return unavailable(
                "no answer from {}: \"weftctl explain path {}\" tells more",
                question_.target,
                question_.target);
        }
        return okStatus();
    }

private:
    static Document documentOf(const api::PingStart& start) {
        return Document::Members{
            {"event", "start"},
            {"node", start.nodeId},
            {"address", start.address},
            {"doubt", start.doubt}};
    }
    static Document documentOf(const api::PingReply& reply) {
        return Document::Members{
            {"event", "reply"},
            {"sequence", reply.sequence},
            {"roundTripNanoseconds", static_cast<std::int64_t>(reply.roundTrip.count())},
            {"hopLimit", reply.hopLimit}};
    }
    static Document documentOf(const api::PingLoss& loss) {
        return Document::Members{
            {"event", "loss"},
            {"sequence", loss.sequence},
            {"reason", std::string(nameOf(loss.reason))},
            {"text", loss.text}};
    }
    Document summaryDocument() const {
        const auto count = [](std::chrono::nanoseconds time) {
            return Document(static_cast<std::int64_t>(time.count()));
        };
        return Document::Members{
            {"event", "summary"},
            {"sent", summary_.sent()},
            {"received", summary_.received()},
            {"lossPercent", summary_.lossPercent()},
            {"shortestNanoseconds", count(summary_.shortest())},
            {"meanNanoseconds", count(summary_.mean())},
            {"longestNanoseconds", count(summary_.longest())},
            {"deviationNanoseconds", count(summary_.deviation())}};
    }
    void print(const api::PingStart& start) {
        if (!context_.out.quiet()) {
            context_.out.line(
                fmt::format("Pinging {} ({})", safe(start.nodeId), safe(start.address)));
        }
        if (!start.doubt.empty()) {
            context_.notes << safe(start.doubt) << '\n';
        }
    }
    void print(const api::PingReply& reply) {
        if (!context_.out.quiet()) {
            context_.out.line(fmt::format(
                "{}: seq={}{} time={} ms",
                safe(start_ ? start_->address : ""),
                reply.sequence,
                reply.hopLimit == 0 ? std::string() : fmt::format(" ttl={}", reply.hopLimit),
                millisecondsText(reply.roundTrip)));
        }
    }
    void print(const api::PingLoss& loss) {
        if (context_.out.quiet()) {
            return;
        }
        std::string what = "no answer in time";
        if (loss.reason == api::PingLossReason::Unreachable) {
            what = "cannot be reached: " + safe(loss.text);
        } else if (loss.reason == api::PingLossReason::NotSent) {
            what = "not sent: " + safe(loss.text);
        }
        context_.out.line(fmt::format(
            "{}: seq={} {}",
            safe(start_ ? start_->address : ""),
            loss.sequence,
            context_.out.toned(what, Tone::Bad)));
    }
    void printSummary() {
        context_.out.line(fmt::format(
            "{}: {} sent, {} received, {}% lost",
            safe(start_->nodeId),
            summary_.sent(),
            summary_.received(),
            summary_.lossPercent()));
        if (summary_.received() > 0) {
            context_.out.line(fmt::format(
                "round trip min/avg/max/mdev = {}/{}/{}/{} ms",
                millisecondsText(summary_.shortest()),
                millisecondsText(summary_.mean()),
                millisecondsText(summary_.longest()),
                millisecondsText(summary_.deviation())));
        }
    }

    Context& context_;
    const api::PingQuestion& question_;
    api::PingSummary summary_;
    std::optional<api::PingStart> start_;
};

}  // namespace

Status runPing(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, questionOf(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    Report report(context, question);
    EventPump& pump = context.session->pump();
    const auto ended = std::make_shared<std::optional<Status>>();
    const auto handle = context.session->controller().diagnosis().ping(
        id,
        question,
        [&pump, &report](const api::PingUpdate& update) {
            pump.post([&report, update] { report.add(update); });
        },
        [&pump, ended](const Status& status) { pump.post([ended, status] { *ended = status; }); });
    Status pumped = pump.runUntil([&ended] { return ended->has_value(); }, std::nullopt);
    const Status reported = report.finish();
    // Ctrl-C is one of the ways to end it.
    if (!pumped.ok() && pumped.code() != StatusCode::kCancelled) {
        return pumped;
    }
    return *ended && !(**ended).ok() ? **ended : reported;
}

}  // namespace weft::cli
