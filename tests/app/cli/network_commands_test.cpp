// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(ExplainPath, ShowsTheWayAndTheOthersWithTheirReasons) {
    const Result result = Weftctl("home").run({"explain", "path", "nas"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "Packets go to nas directly.\n"
        "  1. nas at 192.0.2.20:51820\n"
        "Last handshake 34 s ago\n"
        "IPv4: 172.16.0.1 to 172.16.0.2\n"
        "IPv6: fd5e:7ab1:c04:1:: to fd5e:7ab1:c04:2::\n"
        "Ways\n"
        "  in use    directly\n"
        "  in use    at 192.0.2.20:51820: it answers\n"
        "  not used  at [2001:db8::14]:51820: this host has no IPv6 address\n");
}

TEST(ExplainPath, SaysWhatToDoWhereItDoesNotWork) {
    const Result result = Weftctl("home").run({"explain", "path", "build-01"});

    EXPECT_THAT(
        result.out,
        AllOf(
            StartsWith("build-01 was called and does not answer.\nCheck that the other node runs."),
            HasSubstr("no answer to a handshake\n")));
    EXPECT_EQ(
        Weftctl("home").run({"explain", "path", "build-01", "-q"}).out, "handshake_timeout\n");
}

TEST(ExplainPath, IsOneObjectForPrograms) {
    const YAML::Node path =
        YAML::Load(Weftctl("home").run({"explain", "path", "nas", "-o", "json"}).out);

    EXPECT_TRUE(path["works"].as<bool>());
    EXPECT_EQ(path["hops"][0]["node"].as<std::string>(), "nas");
    EXPECT_EQ(path["alternatives"][2]["reason"].as<std::string>(), "no_common_family");
}

TEST(ExplainPath, SaysWhatIsWrong) {
    EXPECT_EQ(Weftctl("home").run({"explain", "path", "nobody"}).code, kExitNotFound);
    EXPECT_EQ(Weftctl("home").run({"explain", "path", "laptop"}).code, kExitUsage);
    EXPECT_EQ(Weftctl("off").run({"explain", "path", "nas"}).code, kExitPrecondition);
}

TEST(Netcheck, ShowsEachCheckAndWhatToDo) {
    const Result result = Weftctl("home").run({"netcheck"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            StartsWith("ok       UDP                Handshakes with 3 of 5 peers"),
            HasSubstr("warning  Own endpoints      Others are told of no place"),
            HasSubstr("\n                            It works as long as")));
    const YAML::Node checks = YAML::Load(Weftctl("home").run({"netcheck", "-o", "yaml"}).out);
    EXPECT_EQ(checks.size(), 6U);
    EXPECT_EQ(checks[1]["state"].as<std::string>(), "warning");
}

}  // namespace
}  // namespace weft::cli
