// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/api/traffic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

namespace weft::cli {
namespace {

/// So many buckets share a column: 60 of them fit into any terminal.
constexpr int kBucketsPerColumn = 5;
constexpr int kColumns = api::kTrafficBuckets / kBucketsPerColumn;
constexpr std::array<std::string_view, 9> kBlocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

using Rate = double (api::TrafficPoint::*)() const;

std::string rateText(double rate) {
    return bytesText(static_cast<std::uint64_t>(std::llround(std::max(0.0, rate)))) + "/s";
}

std::string_view spanWord(api::TrafficSpan span) {
    switch (span) {
    case api::TrafficSpan::FiveMinutes:
        break;
    case api::TrafficSpan::Hour:
        return "hour";
    case api::TrafficSpan::Day:
        return "24 hours";
    }
    return "5 minutes";
}

struct Question {
    api::ProfileId profile;
    /// Empty: the whole tunnel.
    std::string peer;
    api::TrafficSpan span{};
    std::string_view spanName;
};

StatusOr<Question> questionOf(Context& context, const Parsed& parsed) {
    Question question;
    question.peer = parsed.text("PEER");
    const std::string span = parsed.text("span");
    if (span == "1h") {
        question.span = api::TrafficSpan::Hour;
    } else if (span == "24h") {
        question.span = api::TrafficSpan::Day;
    }
    question.spanName = spanWord(question.span);
    WEFT_ASSIGN_OR_RETURN(const auto state, context.session->state());
    WEFT_ASSIGN_OR_RETURN(const auto profile, chooseProfile(state, parsed.text("profile")));
    question.profile = profile.id;
    const auto* connection = state.findConnection(profile.id);
    // What a mesh that is off had of members is told without asking who they are.
    if (!question.peer.empty() && connection != nullptr && isInMesh(connection->state)) {
        WEFT_ASSIGN_OR_RETURN(const auto peers, context.session->peers(profile.id));
        if (std::ranges::find(peers, question.peer, &api::Peer::id) == peers.end()) {
            return notFound("no node of this mesh is called {}", question.peer);
        }
    }
    return question;
}

/// A column for each five buckets up to the newest one; nothing is drawn of what is not known.
std::string sparkline(const std::vector<api::TrafficPoint>& points, Rate rate, double highest) {
    std::array<double, kColumns> sums{};
    std::array<int, kColumns> counts{};
    const std::int64_t first = points.back().number - api::kTrafficBuckets + 1;
    for (const auto& point : points) {
        const auto column = static_cast<std::size_t>((point.number - first) / kBucketsPerColumn);
        sums.at(column) += (point.*rate)();
        ++counts.at(column);
    }
    std::string line;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double mean = counts.at(i) == 0 ? 0 : sums.at(i) / counts.at(i);
        const double share = highest > 0 ? mean / highest : 0;
        const auto steps = static_cast<std::size_t>(std::lround(share * (kBlocks.size() - 1)));
        // A little is not nothing.
        line += kBlocks.at(counts.at(i) == 0 ? 0 : std::max<std::size_t>(1, steps));
    }
    return line;
}

Document documentOf(const api::TrafficSum& sum) {
    return Document::Members{
        {"bytes", sum.bytes},
        {"nowBytesPerSecond", static_cast<std::int64_t>(std::llround(sum.now))},
        {"highestBytesPerSecond", static_cast<std::int64_t>(std::llround(sum.highest))},
        {"meanBytesPerSecond", static_cast<std::int64_t>(std::llround(sum.mean))}};
}

Document documentOf(const api::TrafficPoint& point) {
    return Document::Members{
        {"at", timeDocument(point.at)},
        {"knownMilliseconds", static_cast<std::int64_t>(point.known.count())},
        {"receivedBytes", point.receivedBytes},
        {"sentBytes", point.sentBytes}};
}

void write(Context& context, const Question& question, const api::TrafficCourse& course) {
    if (context.out.isStructured()) {
        Document::List points;
        for (const auto& point : course.points()) {
            points.push_back(documentOf(point));
        }
        context.out.write(Document::Members{
            {"peer", question.peer},
            {"bucketSeconds", static_cast<std::int64_t>(api::bucketWidth(question.span).count())},
            {"received", documentOf(course.received())},
            {"sent", documentOf(course.sent())},
            {"points", std::move(points)}});
        return;
    }
    const auto received = course.received();
    const auto sent = course.sent();
    if (!context.out.quiet()) {
        context.out.line(fmt::format(
            "{} in the last {}",
            question.peer.empty() ? "The whole tunnel" : safe(question.peer),
            question.spanName));
        const double highest = std::max(received.highest, sent.highest);
        context.out.line(
            "received  " + sparkline(course.points(), &api::TrafficPoint::receivedRate, highest));
        context.out.line(
            "sent      " + sparkline(course.points(), &api::TrafficPoint::sentRate, highest));
        context.out.line("");
    }
    Table table({"DIRECTION", "NOW", "HIGHEST", "MEAN", "TOTAL"});
    for (const auto& [name, sum] : {std::pair("received", received), std::pair("sent", sent)}) {
        table.add(
            {name,
             rateText(sum.now),
             rateText(sum.highest),
             rateText(sum.mean),
             bytesText(sum.bytes)});
    }
    table.print(context.out.stream());
}

/// One line for each new bucket, the last one of which is finished.
void follow(Context& context, const api::TrafficUpdate& update, std::int64_t& told) {
    for (std::size_t i = 0; i + 1 < update.points.size(); ++i) {
        const auto& point = update.points[i];
        if (point.number <= told) {
            continue;
        }
        told = point.number;
        if (context.out.isStructured()) {
            context.out.writeEvent(documentOf(point));
        } else {
            context.out.line(fmt::format(
                "{}  received {:>12}  sent {:>12}",
                timeText(point.at),
                rateText(point.receivedRate()),
                rateText(point.sentRate())));
        }
    }
    context.out.stream() << std::flush;
}

Status watch(Context& context, const Question& question) {
    EventPump& pump = context.session->pump();
    const auto ended = std::make_shared<std::optional<Status>>();
    const auto told = std::make_shared<std::int64_t>(-1);
    const auto handle = context.session->controller().traffic().watch(
        question.profile,
        question.peer,
        question.span,
        [&pump, &context, told](const api::TrafficUpdate& update) {
            pump.post([&context, told, update] { follow(context, update, *told); });
        },
        [&pump, ended](const Status& status) { pump.post([ended, status] { *ended = status; }); });
    Status pumped = pump.runUntil([&ended] { return ended->has_value(); }, std::nullopt);
    // Ctrl-C is the way to end it.
    if (!pumped.ok() && pumped.code() != StatusCode::kCancelled) {
        return pumped;
    }
    return *ended ? **ended : okStatus();
}

}  // namespace

Status runTraffic(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto question, questionOf(context, parsed));
    if (parsed.has("watch")) {
        return watch(context, question);
    }
    WEFT_ASSIGN_OR_RETURN(
        auto points, context.session->call<std::vector<api::TrafficPoint>>([&](auto done) {
            context.session->controller().traffic().history(
                question.profile, question.peer, question.span, std::move(done));
        }));
    api::TrafficCourse course;
    course.apply({true, std::move(points)});
    if (course.points().empty() && !context.out.isStructured()) {
        context.out.line(fmt::format("Nothing is known of the last {}", question.spanName));
        return okStatus();
    }
    write(context, question, course);
    return okStatus();
}

}  // namespace weft::cli
