// SPDX-License-Identifier: Apache-2.0
#include "app/startup/autostart_entry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string textOf(const std::vector<std::string>& command) {
    return encodeAutostart({.command = command, .isOff = false}).value();
}

StatusOr<AutostartEntry> entryWith(const std::string& lines) {
    return decodeAutostart("[Desktop Entry]\n" + lines);
}

TEST(AutostartEntry, NamesTheProgramAndItsArguments) {
    const std::string text = textOf({"/usr/bin/weft", "--hidden"});

    EXPECT_THAT(text, HasSubstr("[Desktop Entry]\nType=Application\nName=Weft\n"));
    EXPECT_THAT(text, HasSubstr("\nExec=/usr/bin/weft --hidden\n"));
    EXPECT_THAT(text, HasSubstr("\nX-GNOME-Autostart-enabled=true\n"));
}

TEST(AutostartEntry, QuotesAndEscapesWhatTheSpecificationReserves) {
    // Twice: for the quotes of Exec, and for the value of the key.
    EXPECT_THAT(textOf({"/opt/my apps/weft"}), HasSubstr("\nExec=\"/opt/my apps/weft\"\n"));
    EXPECT_THAT(textOf({"/opt/$x/weft"}), HasSubstr("\nExec=\"/opt/\\\\$x/weft\"\n"));
    EXPECT_THAT(textOf({"/opt/50%/weft"}), HasSubstr("\nExec=/opt/50%%/weft\n"));
    EXPECT_THAT(textOf({"/opt/a\\b"}), HasSubstr("\nExec=\"/opt/a\\\\\\\\b\"\n"));
    EXPECT_THAT(textOf({"/opt/a\nb"}), HasSubstr("\nExec=\"/opt/a\\nb\"\n"));
}

TEST(AutostartEntry, ReadsBackWhatItWrote) {
    for (const char* path :
         {"/usr/bin/weft",
          "/home/ada lovelace/weft",
          R"(/opt/"q"/w`e`ft)",
          R"(/opt/back\slash\\)",
          "/opt/50%f%%/weft",
          "/tmp/tab\tnew\nline\rreturn",
          "/srv/(a)&;|<>~*?#'$HOME",
          "/opt/\xC3\xBC\xE2\x82\xAC"}) {
        for (const bool isOff : {false, true}) {
            const AutostartEntry entry{.command = {path, "--hidden", "", "a b"}, .isOff = isOff};

            const auto read = decodeAutostart(encodeAutostart(entry).value());

            ASSERT_TRUE(read.ok()) << path << ": " << toString(read.status());
            EXPECT_EQ(*read, entry) << path;
        }
    }
}

TEST(AutostartEntry, RefusesAProgramThatNoDesktopStarts) {
    EXPECT_EQ(encodeAutostart({}).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        encodeAutostart({.command = {""}, .isOff = false}).status().code(),
        StatusCode::kInvalidArgument);
    EXPECT_THAT(
        messageOf(encodeAutostart({.command = {"/a=b"}, .isOff = false}).status()),
        HasSubstr("equals sign"));
    EXPECT_EQ(
        encodeAutostart({.command = {std::string("/a\0b", 4)}, .isOff = false}).status().code(),
        StatusCode::kInvalidArgument);
}

TEST(AutostartEntry, SeesThatTheDesktopTurnedItOff) {
    EXPECT_TRUE(entryWith("Exec=weft\nHidden=true\n")->isOff);
    EXPECT_TRUE(entryWith("Exec=weft\nX-GNOME-Autostart-enabled = false\n")->isOff);
    EXPECT_TRUE(entryWith("Hidden=true")->isOff);
    EXPECT_FALSE(entryWith("Exec=weft\nHidden=false\nX-GNOME-Autostart-enabled=true\n")->isOff);
    // Of another group.
    EXPECT_FALSE(entryWith("Exec=weft\n[Desktop Action x]\nHidden=true\nExec=other\n")->isOff);
}

TEST(AutostartEntry, ReadsWhatOthersWrote) {
    const auto entry = entryWith("# note\r\nName=W\r\nExec=env \"my weft\"  --hidden %U\r\n");

    ASSERT_TRUE(entry.ok());
    EXPECT_THAT(entry->command, ElementsAre("env", "my weft", "--hidden"));
}

TEST(AutostartEntry, RefusesWhatIsNone) {
    EXPECT_EQ(decodeAutostart("").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(decodeAutostart("Exec=weft").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(entryWith("Name=Weft").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(entryWith("Exec=\"weft").status().code(), StatusCode::kInvalidArgument);
}

TEST(AutostartEntry, ReadsUpToItsLimitAndNotMore) {
    std::string text = textOf({"weft"});
    text += '#';
    text.resize(kMostAutostartBytes, 'x');
    EXPECT_TRUE(decodeAutostart(text).ok());

    text += 'x';

    EXPECT_EQ(decodeAutostart(text).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::app
