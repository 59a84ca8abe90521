// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/method_table.h"

#include "grpc/health/v1/health.pb.h"
#include "grpc/reflection/v1alpha/reflection.pb.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace weft::services {
namespace {

using ::testing::HasSubstr;

constexpr std::array<std::string_view, 19> kAllServices{
    "v1.Admin",
    "v1.AppDaemon",
    "v1.AuthPlugin",
    "v1.IPAMPlugin",
    "v1.Membership",
    "v1.Mesh",
    "v1.Node",
    "v1.Plugin",
    "v1.StorageProviderPlugin",
    "v1.StorageQueryService",
    "v1.WatchPlugin",
    "v1.WebRTC",
    "weft.mesh.v1.Audit",
    "weft.mesh.v1.DirectWays",
    "weft.mesh.v1.Enrolment",
    "weft.mesh.v1.Invitations",
    "weft.mesh.v1.Members",
    "weft.mesh.v1.Policy",
    "weft.mesh.v1.Propagation",
};

TEST(MethodTable, IsSortedSoThatRowsAreFound) {
    const auto rows = methodRows();

    EXPECT_TRUE(std::ranges::is_sorted(rows, {}, &MethodRow::name));
    for (const auto& row : rows) {
        EXPECT_EQ(findMethod(rows, row.name), &row) << row.name;
    }
}

TEST(MethodTable, HasARowForEveryMethodOfTheApi) {
    EXPECT_TRUE(checkRows(methodRows(), kAllServices).ok());
}

TEST(MethodTable, HasNoRowForAMethodThatDoesNotExist) {
    // A file that nothing refers to is left out of the program.
    ASSERT_NE(grpc::health::v1::HealthCheckRequest::descriptor(), nullptr);
    ASSERT_NE(grpc::reflection::v1alpha::ServerReflectionRequest::descriptor(), nullptr);

    for (const auto& row : methodRows()) {
        std::string name(row.name.substr(1));
        std::ranges::replace(name, '/', '.');
        EXPECT_NE(
            google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name), nullptr)
            << row.name;
    }
}

TEST(MethodTable, RefusesServicesWithAMethodThatHasNoRow) {
    std::vector<MethodRow> rows(methodRows().begin(), methodRows().end());
    std::erase_if(rows, [](const MethodRow& row) { return row.name == "/v1.Membership/Join"; });
    const std::array<std::string_view, 1> services{"v1.Membership"};

    const Status status = checkRows(rows, services);

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(status), HasSubstr("/v1.Membership/Join"));
}

TEST(MethodTable, RefusesServicesThatNobodyDeclared) {
    const std::array<std::string_view, 1> services{"v1.Imaginary"};

    EXPECT_EQ(checkRows(methodRows(), services).code(), StatusCode::kFailedPrecondition);
}

TEST(MethodTable, KeepsLocalServicesOffTheMesh) {
    for (const auto& row : methodRows()) {
        const bool local = row.name.starts_with("/v1.AppDaemon/")
                           || row.name.find("Plugin/") != std::string_view::npos;
        EXPECT_EQ(row.access == Access::LocalOnly, local) << row.name;
    }
}

}  // namespace
}  // namespace weft::services
