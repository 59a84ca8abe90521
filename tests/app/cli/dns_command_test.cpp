// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Dns, ShowsHowNamesAreFound) {
    const Result result = Weftctl("home").run({"dns"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("home.internal."),
            HasSubstr("172.16.0.1:53"),
            HasSubstr("this host alone"),
            HasSubstr("6, 1 without a name"),
            HasSubstr("answered now"),
            HasSubstr("yes, by systemd-resolved"),
            HasSubstr("41, 2 dropped")));
    EXPECT_EQ(Weftctl("home").run({"dns", "-q"}).out, "172.16.0.1:53\n");
    const YAML::Node names = YAML::Load(Weftctl("home").run({"dns", "-o", "json"}).out);
    EXPECT_EQ(names["hostWay"].as<std::string>(), "systemd-resolved");
    EXPECT_EQ(names["queries"].as<int>(), 41);
}

TEST(Dns, LooksANameUp) {
    const Result result = Weftctl("home").run({"dns", "nas"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "NAME                TTL  TYPE  DATA\n"
        "nas.home.internal.  1    A     172.16.0.2\n");
    EXPECT_EQ(Weftctl("home").run({"dns", "nas", "-q"}).out, "172.16.0.2\n");
    EXPECT_THAT(Weftctl("home").run({"dns", "nas", "-t", "aaaa"}).out, HasSubstr("AAAA  fd5e:"));
    const YAML::Node answer = YAML::Load(Weftctl("home").run({"dns", "nas", "-o", "json"}).out);
    EXPECT_EQ(answer["result"].as<std::string>(), "NOERROR");
    EXPECT_EQ(answer["records"][0]["data"].as<std::string>(), "172.16.0.2");
}

TEST(Dns, SaysThatThereIsNoSuchNameOrRecord) {
    const Result none = Weftctl("home").run({"dns", "nobody"});
    EXPECT_EQ(none.code, kExitNotFound);
    EXPECT_THAT(none.err, HasSubstr("there is no nobody.home.internal., says 172.16.0.1:53"));

    const Result empty = Weftctl("home").run({"dns", "empty"});
    EXPECT_EQ(empty.code, kExitOk);
    EXPECT_EQ(empty.out, "empty.home.internal. has no A records.\n");
}

TEST(Dns, SaysWhatIsWrong) {
    EXPECT_EQ(Weftctl("home").run({"dns", "-t", "A"}).code, kExitUsage);
    EXPECT_EQ(Weftctl("off").run({"dns"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("off").run({"dns", "nas"}).code, kExitPrecondition);
}

}  // namespace
}  // namespace weft::cli
