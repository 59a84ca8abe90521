// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/grade.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <string>

namespace weft::daemon {
namespace {

using api::Grade;

constexpr std::array kRows = std::to_array<GradeRow>({
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
    // Lines may name addresses of others.
    {"/weft.local.v1.Logs/Watch", Grade::Operate},
    {"/weft.local.v1.Network/CheckNetwork", Grade::Observe},
    {"/weft.local.v1.Network/ExplainPath", Grade::Observe},
    {"/weft.local.v1.Network/GetNameService", Grade::Observe},
    {"/weft.local.v1.Network/LookUpName", Grade::Operate},
    // It sends packets.
    {"/weft.local.v1.Network/Ping", Grade::Operate},
    // These change nothing, and the past is asked of the mesh by this node's right.
    {"/weft.local.v1.Planning/AskWhatIf", Grade::Observe},
    {"/weft.local.v1.Planning/ExplainPlan", Grade::Observe},
    {"/weft.local.v1.Planning/LintPlan", Grade::Observe},
    {"/weft.local.v1.Planning/ReviewPlan", Grade::Observe},
    {"/weft.local.v1.Planning/RunPolicyTests", Grade::Observe},
    {"/weft.local.v1.Traffic/GetTraffic", Grade::Observe},
    {"/weft.local.v1.Traffic/WatchTraffic", Grade::Observe},
});

constexpr std::array<std::string_view, 9> kServices{
    "v1.AppDaemon",
    "weft.local.v1.Administration",
    "weft.local.v1.Changes",
    "weft.local.v1.Daemon",
    "weft.local.v1.Drafts",
    "weft.local.v1.Logs",
    "weft.local.v1.Network",
    "weft.local.v1.Planning",
    "weft.local.v1.Traffic"};

const GradeRow* findRow(std::span<const GradeRow> rows, std::string_view method) {
    const auto found = std::ranges::find(rows, method, &GradeRow::method);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::span<const GradeRow> gradeRows() {
    return kRows;
}

std::span<const std::string_view> localServices() {
    return kServices;
}

Status authorise(std::string_view method, Grade grade) {
    const GradeRow* row = findRow(kRows, method);
    if (row == nullptr) {
        return permissionDenied("this call is not allowed here");
    }
    if (grade < row->grade) {
        return permissionDenied(
            "this needs the grade {}, and you have {}", nameOf(row->grade), nameOf(grade));
    }
    return okStatus();
}

bool changesSomething(std::string_view method) {
    const GradeRow* row = findRow(kRows, method);
    return row == nullptr || row->grade > Grade::Observe;
}

Status checkGradeRows(std::span<const GradeRow> rows, std::span<const std::string_view> services) {
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    for (const auto service : services) {
        const auto* descriptor = pool->FindServiceByName(std::string(service));
        if (descriptor == nullptr) {
            return failedPrecondition("the local server knows no service {}", service);
        }
        for (int i = 0; i < descriptor->method_count(); ++i) {
            const std::string method =
                fmt::format("/{}/{}", service, descriptor->method(i)->name());
            if (findRow(rows, method) == nullptr) {
                return failedPrecondition("the local server has no rule for {}", method);
            }
        }
    }
    return okStatus();
}

std::string_view nameOf(Grade grade) {
    switch (grade) {
    case Grade::None:
        break;
    case Grade::Observe:
        return "observe";
    case Grade::Operate:
        return "operate";
    case Grade::Administer:
        return "administer";
    }
    return "none";
}

}  // namespace weft::daemon
