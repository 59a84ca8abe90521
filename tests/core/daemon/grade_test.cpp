// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/grade.h"

#include "core/daemon/local/call_gate.h"
#include "core/daemon/local/peer_credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using api::Grade;
using ::testing::HasSubstr;

/// The lowest grade of each method, written down a second time.
const std::map<std::string, Grade>& expected() {
    static const std::map<std::string, Grade> kExpected{
        {"/v1.AppDaemon/AnnounceDHT", Grade::Operate},
        {"/v1.AppDaemon/Connect", Grade::Operate},
        {"/v1.AppDaemon/Disconnect", Grade::Operate},
        {"/v1.AppDaemon/LeaveDHT", Grade::Operate},
        {"/v1.AppDaemon/Metrics", Grade::Observe},
        {"/v1.AppDaemon/Publish", Grade::Operate},
        {"/v1.AppDaemon/Query", Grade::Observe},
        {"/v1.AppDaemon/Status", Grade::Observe},
        {"/v1.AppDaemon/Subscribe", Grade::Observe},
        {"/weft.local.v1.Administration/CheckAccess", Grade::Observe},
        {"/weft.local.v1.Administration/ExplainAccess", Grade::Observe},
        {"/weft.local.v1.Administration/GetPolicy", Grade::Observe},
        {"/weft.local.v1.Administration/ListAuditEvents", Grade::Operate},
        {"/weft.local.v1.Administration/ListRemovedNodes", Grade::Operate},
        {"/weft.local.v1.Administration/PutObject", Grade::Operate},
        {"/weft.local.v1.Administration/ReadmitNode", Grade::Administer},
        {"/weft.local.v1.Administration/RemoveNode", Grade::Administer},
        {"/weft.local.v1.Administration/RemoveObject", Grade::Operate},
        {"/weft.local.v1.Changes/ApplyChanges", Grade::Operate},
        {"/weft.local.v1.Changes/ConfirmChange", Grade::Operate},
        {"/weft.local.v1.Changes/GetPolicyTests", Grade::Observe},
        {"/weft.local.v1.Changes/GetPropagation", Grade::Operate},
        {"/weft.local.v1.Changes/ListChanges", Grade::Operate},
        {"/weft.local.v1.Changes/PutPolicyTests", Grade::Operate},
        {"/weft.local.v1.Changes/RevertChange", Grade::Operate},
        {"/weft.local.v1.Daemon/ConnectProfile", Grade::Operate},
        {"/weft.local.v1.Daemon/CreateInvitation", Grade::Administer},
        {"/weft.local.v1.Daemon/CreateMesh", Grade::Administer},
        {"/weft.local.v1.Daemon/DisconnectProfile", Grade::Operate},
        {"/weft.local.v1.Daemon/GetCapabilities", Grade::Observe},
        {"/weft.local.v1.Daemon/GetGraph", Grade::Observe},
        {"/weft.local.v1.Daemon/JoinWithCode", Grade::Administer},
        {"/weft.local.v1.Daemon/ListInvitations", Grade::Operate},
        {"/weft.local.v1.Daemon/ListRoutes", Grade::Observe},
        {"/weft.local.v1.Daemon/PreviewCode", Grade::Observe},
        {"/weft.local.v1.Daemon/PutProfile", Grade::Administer},
        {"/weft.local.v1.Daemon/ReleaseNode", Grade::Administer},
        {"/weft.local.v1.Daemon/RemoveProfile", Grade::Administer},
        {"/weft.local.v1.Daemon/RevokeInvitation", Grade::Administer},
        {"/weft.local.v1.Daemon/SetRouteConsent", Grade::Operate},
        {"/weft.local.v1.Daemon/WatchPeers", Grade::Observe},
        {"/weft.local.v1.Daemon/WatchState", Grade::Observe},
        {"/weft.local.v1.Drafts/ApplyDraft", Grade::Operate},
        {"/weft.local.v1.Drafts/DiscardDraft", Grade::Operate},
        {"/weft.local.v1.Drafts/EditDraft", Grade::Operate},
        {"/weft.local.v1.Drafts/GetDraft", Grade::Operate},
        {"/weft.local.v1.Drafts/RebaseDraft", Grade::Operate},
        {"/weft.local.v1.Logs/SetLevel", Grade::Administer},
        {"/weft.local.v1.Logs/Watch", Grade::Operate},
        {"/weft.local.v1.Network/CheckNetwork", Grade::Observe},
        {"/weft.local.v1.Network/ExplainPath", Grade::Observe},
        {"/weft.local.v1.Network/GetNameService", Grade::Observe},
        {"/weft.local.v1.Network/LookUpName", Grade::Operate},
        {"/weft.local.v1.Network/Ping", Grade::Operate},
        {"/weft.local.v1.Planning/AskWhatIf", Grade::Observe},
        {"/weft.local.v1.Planning/ExplainPlan", Grade::Observe},
        {"/weft.local.v1.Planning/LintPlan", Grade::Observe},
        {"/weft.local.v1.Planning/ReviewPlan", Grade::Observe},
        {"/weft.local.v1.Planning/RunPolicyTests", Grade::Observe},
        {"/weft.local.v1.Traffic/GetTraffic", Grade::Observe},
        {"/weft.local.v1.Traffic/WatchTraffic", Grade::Observe}};
    return kExpected;
}

TEST(Grade, EveryMethodAllowsEachGradeFromItsRowUpwards) {
    EXPECT_EQ(gradeRows().size(), expected().size());
    for (const auto& [method, least] : expected()) {
        for (const auto grade : {Grade::None, Grade::Observe, Grade::Operate, Grade::Administer}) {
            const auto status = authorise(method, grade);

            EXPECT_EQ(status.ok(), grade >= least) << method << " as " << nameOf(grade);
            if (!status.ok()) {
                EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
            }
        }
    }
}

TEST(Grade, AMethodWithoutARowIsRefusedToEverybody) {
    EXPECT_EQ(
        authorise("/v1.AppDaemon/Reboot", Grade::Administer).code(), StatusCode::kPermissionDenied);
}

TEST(Grade, EveryMethodOfTheServedServicesHasARow) {
    EXPECT_TRUE(checkGradeRows(gradeRows(), localServices()).ok());
}

TEST(Grade, AMissingRowStopsTheStartAndIsNamed) {
    std::vector<GradeRow> rows(gradeRows().begin(), gradeRows().end());
    std::erase_if(rows, [](const auto& row) { return row.method == "/v1.AppDaemon/Publish"; });

    const auto status = checkGradeRows(rows, localServices());

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(status), HasSubstr("/v1.AppDaemon/Publish"));
}

TEST(Grade, AnUnknownServiceStopsTheStart) {
    constexpr std::array<std::string_view, 1> kUnknown{"v1.Unknown"};

    EXPECT_EQ(checkGradeRows(gradeRows(), kUnknown).code(), StatusCode::kFailedPrecondition);
}

TEST(Grade, RootAndTheOwnUserAdminister) {
    const GradePolicy policy{.ownUid = 1000, .group = 50, .groupGrade = Grade::Operate};

    EXPECT_EQ(gradeOf({.uid = 0}, policy), Grade::Administer);
    EXPECT_EQ(gradeOf({.uid = 1000}, policy), Grade::Administer);
}

// The number of a user whom no database lists.
constexpr uid_t kUnlistedUser = 3'999'999'999U;

TEST(Grade, MembersOfTheGroupHaveItsGradeByTheMainGroupAndByOthers) {
    const GradePolicy policy{.ownUid = 1000, .group = 50, .groupGrade = Grade::Observe};

    EXPECT_EQ(gradeOf({.uid = kUnlistedUser, .gid = 50}, policy), Grade::Observe);
    EXPECT_EQ(gradeOf({.uid = kUnlistedUser, .gid = 7, .groups = {3, 50}}, policy), Grade::Observe);
}

TEST(Grade, StrangersHaveNone) {
    const GradePolicy policy{.ownUid = 1000, .group = 50, .groupGrade = Grade::Operate};

    EXPECT_EQ(gradeOf({.uid = kUnlistedUser, .gid = 7, .groups = {8}}, policy), Grade::None);
    EXPECT_EQ(gradeOf({.uid = kUnlistedUser, .gid = 50}, {.ownUid = 1000}), Grade::None);
}

TEST(CallGate, AdmitsUpToItsCapAndAgainWhenOneHasLeft) {
    CallGate gate(Grade::Observe, 2);
    ASSERT_TRUE(gate.enter("/v1.AppDaemon/Status").ok());
    ASSERT_TRUE(gate.enter("/v1.AppDaemon/Status").ok());

    EXPECT_EQ(gate.enter("/v1.AppDaemon/Status").code(), StatusCode::kResourceExhausted);
    gate.leave();
    EXPECT_TRUE(gate.enter("/v1.AppDaemon/Status").ok());
}

TEST(CallGate, ARefusedCallTakesNoPlace) {
    CallGate gate(Grade::Observe, 1);

    EXPECT_EQ(gate.enter("/v1.AppDaemon/Publish").code(), StatusCode::kPermissionDenied);

    EXPECT_EQ(gate.running(), 0U);
}

}  // namespace
}  // namespace weft::daemon
