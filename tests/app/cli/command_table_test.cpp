// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"

#include "app/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace weft::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CommandTable, IsWholeAndUnambiguous) {
    std::set<std::string_view> paths;
    for (const Command& command : commandTable()) {
        EXPECT_TRUE(paths.insert(command.path).second) << command.path;
        EXPECT_FALSE(command.summary.empty()) << command.path;
        EXPECT_FALSE(command.summary.ends_with('.')) << command.path;
        const auto space = command.path.rfind(' ');
        if (space != std::string_view::npos) {
            const Command* group = findCommand(command.path.substr(0, space));
            ASSERT_NE(group, nullptr) << command.path;
            EXPECT_EQ(group->run, nullptr) << command.path;
        }
        EXPECT_EQ(command.run == nullptr, !wordsBelow(command.path).empty()) << command.path;
    }
}

TEST(CommandTable, HasNoOptionTwice) {
    for (const Command& command : commandTable()) {
        std::set<std::string_view> names;
        for (const auto options : {globalOptions(), std::span<const Option>(command.options)}) {
            for (const Option& option : options) {
                EXPECT_TRUE(names.insert(option.name).second) << command.path << option.name;
                if (!option.letter.empty()) {
                    EXPECT_TRUE(names.insert(option.letter).second) << command.path;
                }
                EXPECT_FALSE(option.help.empty()) << command.path << option.name;
            }
        }
    }
}

TEST(Help, FitsATerminalAndNamesEverything) {
    for (const Command& command : commandTable()) {
        const std::string help = helpFor(command.path);
        std::istringstream lines(help);
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(line.size(), 100U) << line;
        }
        for (const Option& option : command.options) {
            EXPECT_THAT(help, HasSubstr("--" + std::string(option.name)));
        }
        EXPECT_THAT(
            helpFor(""), HasSubstr(std::string(command.path.substr(0, command.path.find(' ')))));
    }
}

TEST(ReadCommandLine, TakesGlobalOptionsAnywhere) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"-o", "json", "invite", "list"},
          {"invite", "-o", "json", "list"},
          {"invite", "list", "-o", "json"},
          {"invite", "list", "--output=json"}}) {
        const auto line = readCommandLine(arguments);
        ASSERT_TRUE(line.ok()) << messageOf(line.status());
        EXPECT_EQ(line->command->path, "invite list");
        EXPECT_EQ(line->parsed.text("output"), "json");
    }
}

TEST(ReadCommandLine, KeepsValuesThatLookLikeOptionsOrCommands) {
    const auto dashes = readCommandLine({"publish", "--", "/key", "--value"});
    ASSERT_TRUE(dashes.ok()) << messageOf(dashes.status());
    EXPECT_EQ(dashes->parsed.text("VALUE"), "--value");

    const auto dash = readCommandLine({"join", "-"});
    ASSERT_TRUE(dash.ok()) << messageOf(dash.status());
    EXPECT_EQ(dash->parsed.text("CODE"), "-");

    const auto note = readCommandLine({"invite", "create", "--note=--qr"});
    ASSERT_TRUE(note.ok()) << messageOf(note.status());
    EXPECT_EQ(note->parsed.text("note"), "--qr");
    EXPECT_FALSE(note->parsed.has("qr"));
}

TEST(ReadCommandLine, CollectsRepeatedOptions) {
    const auto line = readCommandLine(
        {"mesh", "create", "--endpoint", "a", "--endpoint=b", "--name", "x", "--name", "y"});

    ASSERT_TRUE(line.ok()) << messageOf(line.status());
    EXPECT_THAT(line->parsed.list("endpoint"), ElementsAre("a", "b"));
    EXPECT_EQ(line->parsed.text("name"), "y");
}

TEST(ReadCommandLine, LeavesCommasAndBracketsAlone) {
    const auto line = readCommandLine({"publish", "/key", "[1,2]"});

    ASSERT_TRUE(line.ok()) << messageOf(line.status());
    EXPECT_EQ(line->parsed.text("VALUE"), "[1,2]");
}

}  // namespace
}  // namespace weft::cli
