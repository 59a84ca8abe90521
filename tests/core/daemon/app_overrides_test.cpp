// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/app_overrides.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace weft::daemon {
namespace {

google::protobuf::Struct parse(const std::string& json) {
    google::protobuf::Struct settings;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &settings).ok()) << json;
    return settings;
}

TEST(AppOverrides, NestedMapsBecomePaths) {
    const auto overrides = overridesOf(parse(
        R"({"mesh":{"node-id":"a","routes":["10.0.0.0/8","10.1.0.0/16"]},
            "bootstrap":{"enabled":true,"election-timeout":3000000000}})"));

    ASSERT_TRUE(overrides.ok()) << overrides.status();
    std::map<std::string, std::size_t> items;
    for (const auto& override : *overrides) {
        items[override.key] = override.values.size();
    }
    EXPECT_EQ(
        items,
        (std::map<std::string, std::size_t>{
            {"bootstrap.election-timeout", 1},
            {"bootstrap.enabled", 1},
            {"mesh.node-id", 1},
            {"mesh.routes", 2}}));
}

TEST(AppOverrides, NamesWithDotsNullsAndListsOfMapsAreRefused) {
    for (const std::string json :
         {R"({"mesh.node-id":"a"})",
          R"({"mesh":{"node-id":null}})",
          R"({"mesh":{"routes":[{"a":1}]}})",
          R"({"mesh":{"routes":[["a"]]}})",
          R"({"":{"a":1}})"}) {
        EXPECT_EQ(overridesOf(parse(json)).status().code(), StatusCode::kInvalidArgument) << json;
    }
}

TEST(AppOverrides, DepthAndNumberHaveCaps) {
    google::protobuf::Struct deep;
    auto* inner = &deep;
    for (int i = 0; i < 20; ++i) {
        inner = (*inner->mutable_fields())["a"].mutable_struct_value();
    }
    google::protobuf::Struct many;
    for (int i = 0; i < 600; ++i) {
        (*many.mutable_fields())["k" + std::to_string(i)].set_bool_value(true);
    }

    EXPECT_EQ(overridesOf(deep).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(overridesOf(many).status().code(), StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace weft::daemon
