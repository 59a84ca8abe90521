// SPDX-License-Identifier: Apache-2.0
#include "core/config/value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

struct Sample {
    std::string text;
    std::chrono::nanoseconds duration;
};

TEST(Duration, ReadsUnitsAndWholeNanoseconds) {
    const std::vector<Sample> samples = {
        {"3s", 3s},
        {"168h", 168h},
        {"1h30m", 90min},
        {"1m30s", 90s},
        {"250ms", 250ms},
        {"1.5h", 90min},
        {"0.25s", 250ms},
        {"2us", 2us},
        {"2\xC2\xB5s", 2us},
        {"7ns", 7ns},
        {"0", 0ns},
        {"0s", 0s},
        {"3000000000", 3s},
        {"9223372036854775807", std::chrono::nanoseconds::max()},
    };

    for (const auto& sample : samples) {
        const auto duration = parseDuration(sample.text);
        ASSERT_TRUE(duration.ok()) << sample.text << ": " << messageOf(duration.status());
        EXPECT_EQ(*duration, sample.duration) << sample.text;
    }
}

TEST(Duration, RefusesWhatItCannotHold) {
    for (const std::string text :
         {"",
          "s",
          "3 s",
          "-3s",
          "+3s",
          "3x",
          "3s4",
          "1.s",
          ".5s",
          "1e3s",
          "3S",
          "h1",
          "9223372036854775808",
          "99999999999999999999",
          "2562048h",
          "2562047h2562047h",
          "1.5",
          "3s "}) {
        EXPECT_FALSE(parseDuration(text).ok()) << "\"" << text << "\"";
    }
    EXPECT_THAT(messageOf(parseDuration("3 parsecs").status()), HasSubstr("write 3s"));
}

TEST(Duration, IsPrintedInTheFormThatIsReadBack) {
    const std::vector<Sample> samples = {
        {"0s", 0s},
        {"3s", 3s},
        {"168h", 168h},
        {"1h30m", 90min},
        {"1s500ms", 1500ms},
        {"1us5ns", 1005ns}};

    for (const auto& sample : samples) {
        EXPECT_EQ(formatDuration(sample.duration), sample.text);
        EXPECT_EQ(parseDuration(sample.text).value(), sample.duration);
    }
    EXPECT_EQ(formatDuration(-3s), "0s");
}

}  // namespace
}  // namespace weft::config
