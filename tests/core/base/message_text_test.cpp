// SPDX-License-Identifier: Apache-2.0
#include "core/base/message_text.h"

#include "core/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::base {
namespace {

// U+202E byte by byte, so that no editor obeys it.
std::string mark() {
    return {'\xE2', '\x80', '\xAE'};
}

TEST(MessageForLine, LeavesWhatWasEscapedWhereItWasWritten) {
    const std::string message = "not " + escapeForLine(mark() + "abc");

    EXPECT_EQ(messageForLine(message), "not \\xe2\\x80\\xaeabc");
    EXPECT_EQ(messageForLine(messageForLine(message)), messageForLine(message));
}

TEST(MessageForLine, EscapesWhatMisleads) {
    EXPECT_EQ(messageForLine("two\nlines\\and\x1b[31mred"), "two\\x0alines\\and\\x1b[31mred");
    EXPECT_EQ(messageForLine(mark()), "\\xe2\\x80\\xae");
    EXPECT_EQ(messageForLine("\xFF\\"), "\\xff\\");
}

TEST(MessageForLine, KeepsToItsLimitBeforeTheEllipsis) {
    const std::string ellipsis = "\xE2\x80\xA6";
    EXPECT_EQ(messageForLine(std::string(64, 'a'), 64), std::string(64, 'a'));
    EXPECT_EQ(messageForLine(std::string(65, 'a'), 64), std::string(64, 'a') + ellipsis);
    EXPECT_EQ(messageForLine(std::string(1000, '\\'), 64), std::string(64, '\\') + ellipsis);
    EXPECT_LE(messageForLine(std::string(1000, '\n'), 64).size(), 64 + ellipsis.size());
    EXPECT_EQ(messageForLine(""), "");
}

}  // namespace
}  // namespace weft::base
