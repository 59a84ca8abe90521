// SPDX-License-Identifier: Apache-2.0
#include "core/config/key_table.h"
#include "core/config/load.h"
#include "tests/core/config/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NodeOptions baseOptions() {
    auto request = plainRequest();
    request.arguments = {"--mesh.node-id=alpha", "--global.primary-endpoint=192.0.2.1"};
    return load(request).value();
}

TEST(Merge, PutsTypedValuesOverTheBase) {
    const auto merged = merge(
        baseOptions(),
        {{.key = "mesh.join-address", .values = {"one.example", "two.example:1"}, .isList = true},
         {.key = "mesh.max-join-retries", .values = {4.0}},
         {.key = "mesh.request-vote", .values = {true}},
         {.key = "auth.basic.username", .values = {"ann"}},
         {.key = "auth.basic.password", .values = {"secret"}}},
        Grade::Operate);

    ASSERT_TRUE(merged.ok()) << messageOf(merged.status());
    EXPECT_EQ(merged->mesh.nodeId, "alpha");
    EXPECT_EQ(merged->mesh.joinAddresses.size(), 2U);
    EXPECT_EQ(merged->mesh.maxJoinRetries, 4U);
    EXPECT_TRUE(merged->mesh.requestVote);
    EXPECT_EQ(merged->auth.basic.password.revealText(), "secret");
    EXPECT_EQ(merged->origins.at("mesh.request-vote"), "request");
    EXPECT_EQ(merged->origins.at("mesh.node-id"), "flag --mesh.node-id");
}

TEST(Merge, TakesOneTextForAList) {
    const auto merged = merge(
        baseOptions(),
        {{.key = "mesh.join-address", .values = {"10.77.0.1:8443"}}},
        Grade::Operate);

    ASSERT_TRUE(merged.ok()) << messageOf(merged.status());
    EXPECT_THAT(merged->mesh.joinAddresses, ElementsAre(net::HostPort{"10.77.0.1", 8443}));
}

TEST(Merge, AppliesGlobalAgain) {
    const auto merged = merge(
        baseOptions(),
        {{.key = "global.primary-endpoint", .values = {"192.0.2.9"}}},
        Grade::Operate);

    ASSERT_TRUE(merged.ok()) << messageOf(merged.status());
    EXPECT_EQ(merged->mesh.primaryEndpoint->toString(), "192.0.2.9");
    EXPECT_EQ(merged->wireguard.endpoints.front().toString(), "192.0.2.9:51820");
}

TEST(Merge, LeavesTheBaseAloneWithoutOverrides) {
    auto base = baseOptions();
    base.warnings = {"old"};

    const auto merged = merge(base, {}, Grade::Operate);

    ASSERT_TRUE(merged.ok()) << messageOf(merged.status());
    EXPECT_EQ(merged->mesh.nodeId, base.mesh.nodeId);
    EXPECT_EQ(merged->origins, base.origins);
    EXPECT_THAT(merged->warnings, IsEmpty());
}

TEST(Merge, RefusesGuardedKeysToThoseWhoDoNotAdminister) {
    const std::vector<Override> guarded = {
        {.key = "wireguard.key-file", .values = {"/etc/shadow"}},
        {.key = "storage.path", .values = {"/tmp/x"}},
        {.key = "tls.ca-file", .values = {"/tmp/ca"}},
        {.key = "tls.insecure", .values = {true}},
        {.key = "global.insecure", .values = {"true"}},
        {.key = "services.api.insecure", .values = {true}},
        {.key = "services.api.listen-address", .values = {"[::]:1"}},
        {.key = "services.metrics.enabled", .values = {true}},
        {.key = "plugins.configs.x.exec.path", .values = {"/bin/sh"}},
        {.key = "plugins.configs.ipam.exec.path", .values = {"/bin/sh"}},
        {.key = "bootstrap.disable-rbac", .values = {true}},
    };

    for (const Override& each : guarded) {
        const auto merged = merge(baseOptions(), {each}, Grade::Operate);
        EXPECT_EQ(merged.status().code(), StatusCode::kPermissionDenied) << each.key;
        EXPECT_THAT(messageOf(merged.status()), HasSubstr(each.key));
    }
}

TEST(Merge, GivesGuardedKeysToAdministrators) {
    const auto merged = merge(
        baseOptions(),
        {{.key = "wireguard.key-file", .values = {"/etc/weft/key"}},
         {.key = "tls.insecure", .values = {true}},
         {.key = "services.api.listen-address", .values = {"[::]:9000"}}},
        Grade::Administer);

    ASSERT_TRUE(merged.ok()) << messageOf(merged.status());
    EXPECT_EQ(merged->wireguard.keyFile, "/etc/weft/key");
    EXPECT_TRUE(merged->tls.insecure);
}

TEST(Merge, LetsEverybodyAskForAProtection) {
    const auto merged =
        merge(baseOptions(), {{.key = "tls.insecure", .values = {false}}}, Grade::Operate);

    EXPECT_TRUE(merged.ok()) << messageOf(merged.status());
}

TEST(Merge, RefusesWeakeningEvenToAdministrators) {
    const auto merged = merge(
        baseOptions(), {{.key = "tls.insecure-skip-verify", .values = {true}}}, Grade::Administer);

    EXPECT_EQ(merged.status().code(), StatusCode::kInvalidArgument);
}

TEST(Merge, LeavesTheDaemonsKeysToItsStart) {
    for (const Key& key : keyTable()) {
        if (key.guard == Guard::Start) {
            const auto merged = merge(
                baseOptions(),
                {{.key = std::string(key.name), .values = {"x"}}},
                Grade::Administer);
            EXPECT_EQ(merged.status().code(), StatusCode::kInvalidArgument) << key.name;
        }
    }
}

TEST(Merge, RefusesUnknownKeysAndWrongTypes) {
    const std::vector<Override> wrong = {
        {.key = "mesh.nodeid", .values = {"x"}},
        {.key = "", .values = {"x"}},
        {.key = "mesh.node-id", .values = {5.0}},
        {.key = "mesh.node-id", .values = {true}},
        {.key = "mesh.node-id", .values = {"a", "b"}, .isList = true},
        {.key = "mesh.node-id", .values = {}},
        {.key = "mesh.node-id", .values = {"a/b"}},
        {.key = "mesh.request-vote", .values = {1.0}},
        {.key = "mesh.max-join-retries", .values = {1.5}},
        {.key = "mesh.max-join-retries", .values = {-1.0}},
        {.key = "mesh.max-join-retries", .values = {1e300}},
        {.key = "mesh.max-join-retries", .values = {std::nan("")}},
        {.key = "mesh.routes", .values = {5.0}, .isList = true},
    };

    for (const Override& each : wrong) {
        const auto merged = merge(baseOptions(), {each}, Grade::Administer);
        EXPECT_EQ(merged.status().code(), StatusCode::kInvalidArgument) << each.key;
    }
}

TEST(Merge, CapsTheNumberOfKeys) {
    const std::vector<Override> many(5000, Override{.key = "mesh.node-id", .values = {"a"}});

    EXPECT_EQ(
        merge(baseOptions(), many, Grade::Administer).status().code(),
        StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::config
