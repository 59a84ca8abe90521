// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Traffic, ShowsTheCourseAndWhatItComesTo) {
    const Result result = Weftctl("home").run({"traffic"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            StartsWith("The whole tunnel in the last 5 minutes\nreceived  "),
            HasSubstr("█"),
            HasSubstr("DIRECTION  NOW"),
            HasSubstr("\nsent       ")));
}

TEST(Traffic, ShowsOneMemberForALongerTime) {
    const Result result = Weftctl("home").run({"traffic", "nas", "--span", "24h"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, StartsWith("nas in the last 24 hours\n"));
}

TEST(Traffic, TellsProgramsEachBucket) {
    const Result result = Weftctl("home").run({"traffic", "nas", "-s", "1h", "-o", "json"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    const YAML::Node told = YAML::Load(result.out);
    EXPECT_EQ(told["peer"].as<std::string>(), "nas");
    EXPECT_EQ(told["bucketSeconds"].as<int>(), 12);
    ASSERT_EQ(told["points"].size(), 300U);
    std::uint64_t bytes = 0;
    for (const auto& point : told["points"]) {
        bytes += point["receivedBytes"].as<std::uint64_t>();
        EXPECT_EQ(point["knownMilliseconds"].as<int>(), 12'000);
    }
    EXPECT_EQ(told["received"]["bytes"].as<std::uint64_t>(), bytes);
    EXPECT_GE(
        told["received"]["highestBytesPerSecond"].as<double>(),
        told["received"]["meanBytesPerSecond"].as<double>());
}

TEST(Traffic, LeavesThePictureOutWhenItIsToBeQuiet) {
    const Result result = Weftctl("home").run({"traffic", "-q"});

    EXPECT_THAT(result.out, AllOf(StartsWith("DIRECTION"), Not(HasSubstr("█"))));
}

TEST(Traffic, SaysSoWhenNothingIsKnown) {
    const Result result = Weftctl("off").run({"traffic"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "Nothing is known of the last 5 minutes\n");
}

TEST(Traffic, RefusesWhoIsNoMemberAndSpansThatThereAreNot) {
    const Result nobody = Weftctl("home").run({"traffic", "nobody"});
    EXPECT_EQ(nobody.code, kExitNotFound);
    EXPECT_THAT(nobody.err, HasSubstr("no node of this mesh is called nobody"));

    const Result span = Weftctl("home").run({"traffic", "--span", "2h"});
    EXPECT_EQ(span.code, kExitUsage);
    EXPECT_THAT(span.err, HasSubstr("5m"));
}

}  // namespace
}  // namespace weft::cli
