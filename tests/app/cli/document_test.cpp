// SPDX-License-Identifier: Apache-2.0
#include "app/cli/document.h"

#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

Document sample() {
    return Document::Members{
        {"text", "plain"},
        {"number", std::int64_t{-5}},
        {"count", std::uint64_t{18446744073709551615U}},
        {"flag", true},
        {"nothing", Document()},
        {"empty", Document::List{}},
        {"list", Document::List{Document("a"), Document(Document::Members{{"b", false}})}},
    };
}

TEST(Document, IsWrittenAsJson) {
    EXPECT_EQ(
        sample().toJson(),
        "{\n"
        "  \"text\": \"plain\",\n"
        "  \"number\": -5,\n"
        "  \"count\": 18446744073709551615,\n"
        "  \"flag\": true,\n"
        "  \"nothing\": null,\n"
        "  \"empty\": [],\n"
        "  \"list\": [\n"
        "    \"a\",\n"
        "    {\n"
        "      \"b\": false\n"
        "    }\n"
        "  ]\n"
        "}\n");
}

TEST(Document, MeansTheSameAsYaml) {
    for (const std::string& text : {sample().toJson(), sample().toYaml()}) {
        const YAML::Node node = YAML::Load(text);
        EXPECT_EQ(node["text"].as<std::string>(), "plain");
        EXPECT_EQ(node["number"].as<int>(), -5);
        EXPECT_EQ(node["count"].as<std::uint64_t>(), 18446744073709551615U);
        EXPECT_TRUE(node["flag"].as<bool>());
        EXPECT_TRUE(node["nothing"].IsNull());
        EXPECT_EQ(node["empty"].size(), 0U);
        EXPECT_EQ(node["list"][0].as<std::string>(), "a");
        EXPECT_FALSE(node["list"][1]["b"].as<bool>());
    }
}

TEST(Document, WritesEmptyAndSingleValues) {
    EXPECT_EQ(Document().toJson(), "null\n");
    EXPECT_EQ(Document(Document::Members{}).toYaml(), "{}\n");
    EXPECT_EQ(Document::listOf({"a", "b"}).toYaml(), "- \"a\"\n- \"b\"\n");
}

struct Sample {
    std::string text;
    std::string json;
};

TEST(JsonString, EscapesWhatEndsAStringOrReachesATerminal) {
    const std::vector<Sample> samples = {
        {"plain", R"("plain")"},
        {"quote \" and \\", R"("quote \" and \\")"},
        {"line\nbreak\ttab", R"("line\nbreak\ttab")"},
        {"\x1b[31m", R"("\u001b[31m")"},
        {std::string("nul\0", 4), R"("nul\u0000")"},
        {"\xE2\x80\xAEright", R"("\u202eright")"},
        {"gr\xC3\xBC\xC3\x9F", "\"gr\xC3\xBC\xC3\x9F\""},
        {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
        {"bad \xFF\xC3", R"("bad \ufffd\ufffd")"},
        {"", R"("")"},
    };

    for (const auto& sample : samples) {
        EXPECT_EQ(jsonString(sample.text), sample.json);
    }
}

}  // namespace
}  // namespace weft::cli
