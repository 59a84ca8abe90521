// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "app/cli/dot.h"
#include "app/cli/qr.h"
#include "tests/support/fake_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace weft::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Table, LinesUpByCharactersNotBytes) {
    std::ostringstream out;
    Table table({"ID", "NAME", "X"});
    table.add({"a", "gr\xC3\xBC\xC3\x9F", "1"});
    table.add({"long-id", "b", ""});

    table.print(out);

    EXPECT_EQ(
        out.str(),
        "ID       NAME  X\n"
        "a        gr\xC3\xBC\xC3\x9F  1\n"
        "long-id  b     -\n");
}

TEST(Table, KeepsForeignTextOnItsLine) {
    std::ostringstream out;
    Table table({"ID"});
    table.add({"evil\n\x1b[2Jnode"});

    table.print(out);

    EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
    EXPECT_EQ(std::ranges::count(out.str(), '\n'), 2);
}

TEST(Facts, LeavesOutWhatIsEmpty) {
    std::ostringstream text;
    Output out(text, Format::Table, false, true);
    Facts facts;
    facts.add("A", "one");
    facts.add("Empty", "");
    facts.add("Long", "two", Tone::Good);

    facts.print(out);

    EXPECT_EQ(text.str(), "A     one\nLong  \x1b[32mtwo\x1b[0m\n");
}

TEST(Output, WritesEventsAsLinesOfJsonOrYamlDocuments) {
    std::ostringstream text;
    Output json(text, Format::Json, false, false);
    json.writeEvent(
        Document::Members{{"a", "x,  y"}, {"b", Document::List{Document("c"), Document("d")}}});
    EXPECT_EQ(text.str(), "{\"a\": \"x,  y\", \"b\": [\"c\", \"d\"]}\n");

    text.str("");
    Output yaml(text, Format::Yaml, false, false);
    yaml.writeEvent(Document::Members{{"a", "x"}});
    EXPECT_EQ(text.str(), "---\na: \"x\"\n");
}

struct TimeCase {
    Duration distance;
    std::string text;
};

TEST(RelativeText, PicksTheUnitThatReadsWell) {
    const tests::FakeClock clock;
    const std::vector<TimeCase> cases = {
        {0s, "now"},
        {-5s, "5 s ago"},
        {119s, "in 119 s"},
        {5min, "in 5 min"},
        {-3h, "3 h ago"},
        {47h, "in 47 h"},
        {72h, "in 3 days"},
        {24h - 5s, "in 24 h"},
        {-24h + 5s, "23 h ago"},
    };

    for (const auto& each : cases) {
        const WallTime time =
            clock.wallNow() + std::chrono::duration_cast<WallTime::duration>(each.distance);
        EXPECT_EQ(relativeText(time, clock.wallNow()), each.text);
    }
    EXPECT_EQ(relativeText(std::nullopt, clock.wallNow()), "-");
    EXPECT_EQ(timeText(clock.wallNow()), "2026-01-01T00:00:00Z");
}

TEST(Dot, NothingInANameCanEndTheId) {
    EXPECT_EQ(dotId("plain"), "\"plain\"");
    EXPECT_EQ(dotId("a\"; evil [x=\"1"), "\"a\\\"; evil [x=\\\"1\"");
    EXPECT_EQ(dotId("a\\"), "\"a\\\\x5c\"");
    EXPECT_EQ(dotId("a\nb"), "\"a\\\\x0ab\"");
}

TEST(Dot, WritesNodesAndEdges) {
    const api::Graph graph{
        .nodes = {"a", "b"}, .edges = {{"a", "b", 3}}, .dot = "digraph { evil }"};

    EXPECT_EQ(
        toDot(graph), "strict graph mesh {\n  \"a\";\n  \"b\";\n  \"a\" -- \"b\" [weight=3];\n}\n");
}

TEST(Qr, HasAQuietZoneAndFitsATerminal) {
    const auto code = qrText("weft1-example", false);

    ASSERT_TRUE(code.ok()) << messageOf(code.status());
    const auto firstLine = code->substr(0, code->find('\n'));
    // Version 1 has 21 modules, and 4 of quiet zone on each side; each is a full block of 3 bytes.
    EXPECT_EQ(firstLine.size(), 29U * 3U);
    EXPECT_EQ(std::ranges::count(*code, '\n'), 15);
    EXPECT_THAT(*qrText("x", true), HasSubstr("\x1b[97;40m"));
    EXPECT_THAT(*code, Not(HasSubstr("\x1b")));
}

TEST(Qr, RefusesWhatNoCodeHolds) {
    EXPECT_EQ(qrText(std::string(5000, 'a'), false).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::cli
