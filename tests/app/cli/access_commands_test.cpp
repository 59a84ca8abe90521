// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Can, SaysYesByWhichRole) {
    const Result result = Weftctl("home").run({"can", "build-01", "put", "routes", "office-lan"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "yes: rolebinding office-routes gives the role route-editor\n");
}

TEST(Can, SaysNoWithTheExitCodeOfADenial) {
    const Result people = Weftctl("home").run({"can", "nas", "put", "roles"});
    const Result programs = Weftctl("home").run({"can", "nas", "put", "roles", "-o", "json"});

    EXPECT_EQ(people.code, kExitDenied);
    EXPECT_THAT(people.err, HasSubstr("no: no role of nas gives it"));
    EXPECT_EQ(programs.code, kExitDenied);
    EXPECT_FALSE(YAML::Load(programs.out)["allowed"].as<bool>());
}

TEST(Can, TakesTheKindOfTheSubject) {
    EXPECT_EQ(Weftctl("home").run({"can", "user:operator", "delete", "routes"}).code, kExitOk);
    EXPECT_EQ(Weftctl("home").run({"can", "robot:nas", "put", "roles"}).code, kExitUsage);
    EXPECT_EQ(Weftctl("home").run({"can", "node:", "put", "roles"}).code, kExitUsage);
    EXPECT_EQ(Weftctl("home").run({"can", "nas", "look", "roles"}).code, kExitUsage);
}

TEST(ExplainAccess, ShowsBothDirectionsAndTheRuleThatDecides) {
    const Result result = Weftctl("home").run({"explain", "access", "nas", "camera-door"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("nas to camera-door: yes"),
            HasSubstr("acl default-accept"),
            HasSubstr("camera-door to nas: no"),
            HasSubstr("deny cameras-stay-in (100): decides"),
            HasSubstr("cannot talk")));
}

TEST(ExplainAccess, GivesProgramsTheTrace) {
    const YAML::Node node = YAML::Load(
        Weftctl("home").run({"explain", "access", "nas", "camera-door", "-o", "json"}).out);

    EXPECT_FALSE(node["tunnelPossible"].as<bool>());
    EXPECT_EQ(node["backward"]["families"][0]["acl"].as<std::string>(), "cameras-stay-in");
    EXPECT_EQ(node["backward"]["families"][0]["trace"].size(), 2U);
}

TEST(ExplainAccess, NamesAnUnknownNode) {
    EXPECT_EQ(Weftctl("home").run({"explain", "access", "nas", "ghost"}).code, kExitNotFound);
}

TEST(NodeRemove, ShowsWhatGoesWithItAndAsks) {
    Weftctl weftctl("home");
    weftctl.interactive = true;
    weftctl.input = "yes\n";

    const Result result = weftctl.run({"node", "remove", "nas", "--reason", "sold"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.err,
        AllOf(HasSubstr("route home-lan is deleted"), HasSubstr("Take nas out of the mesh?")));
    EXPECT_THAT(result.out, HasSubstr("nas is no longer in the mesh"));
}

TEST(NodeRemove, AsksFirstAndNeedsTheRight) {
    EXPECT_EQ(Weftctl("home").run({"node", "remove", "nas"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("read-only").run({"node", "remove", "nas", "--yes"}).code, kExitDenied);
    EXPECT_EQ(Weftctl("home").run({"node", "remove", "ghost", "--yes"}).code, kExitNotFound);
}

TEST(NodeReadmit, LetsARemovedNodeBackIn) {
    const Result result = Weftctl("home").run({"node", "readmit", "old-phone"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.err, HasSubstr("weftctl invite create --node-id old-phone"));
    EXPECT_EQ(Weftctl("home").run({"node", "readmit", "nas"}).code, kExitNotFound);
}

TEST(NodeRemoved, ListsWhoWasRemovedAndWhy) {
    EXPECT_EQ(
        Weftctl("home").run({"node", "removed"}).out,
        "NODE       REMOVED   BY      REASON\n"
        "old-phone  30 h ago  laptop  It was lost on a train\n");
}

TEST(Audit, ListsEventsNewestFirst) {
    const Result result = Weftctl("home").run({"audit"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("build-01 through gateway  put networkacl let-me-in  denied, "
                      "PERMISSION_DENIED"),
            HasSubstr("put route home-lan")));
}

TEST(Audit, FiltersAndLimits) {
    const YAML::Node denied =
        YAML::Load(Weftctl("home").run({"audit", "--outcome", "denied", "-o", "json"}).out);
    const YAML::Node recent =
        YAML::Load(Weftctl("home").run({"audit", "--since", "1h", "-o", "json"}).out);
    const YAML::Node acls =
        YAML::Load(Weftctl("home").run({"audit", "--kind", "acl", "-o", "json"}).out);

    ASSERT_EQ(denied.size(), 1U);
    EXPECT_EQ(denied[0]["who"].as<std::string>(), "build-01");
    EXPECT_EQ(denied[0]["proxiedBy"].as<std::string>(), "gateway");
    EXPECT_EQ(recent.size(), 1U);
    EXPECT_EQ(acls.size(), 1U);
    EXPECT_EQ(Weftctl("home").run({"audit", "--limit", "1001"}).code, kExitUsage);
}

}  // namespace
}  // namespace weft::cli
