// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "core/api/policy.h"

// The commands of weftctl. Each takes what the command line gave, calls the daemon, and writes the
// result; the error it returns is one line that says what to do next.
namespace weft::cli {

Status runStatus(Context& context, const Parsed& parsed);
Status runConnect(Context& context, const Parsed& parsed);
Status runDisconnect(Context& context, const Parsed& parsed);

Status runProfilesList(Context& context, const Parsed& parsed);
Status runProfilesShow(Context& context, const Parsed& parsed);
Status runProfilesAcceptDns(Context& context, const Parsed& parsed);
Status runProfilesRemove(Context& context, const Parsed& parsed);

Status runProfilesLockdown(Context& context, const Parsed& parsed);

Status runRoutesList(Context& context, const Parsed& parsed);
Status runRoutesAccept(Context& context, const Parsed& parsed);
Status runRoutesRefuse(Context& context, const Parsed& parsed);
Status runRoutesForget(Context& context, const Parsed& parsed);

Status runMeshCreate(Context& context, const Parsed& parsed);
Status runMeshRelease(Context& context, const Parsed& parsed);
Status runJoin(Context& context, const Parsed& parsed);

Status runInviteCreate(Context& context, const Parsed& parsed);
Status runInviteList(Context& context, const Parsed& parsed);
Status runInviteRevoke(Context& context, const Parsed& parsed);
Status runInviteOpen(Context& context, const Parsed& parsed);

Status runPkiInit(Context& context, const Parsed& parsed);
Status runPkiIssue(Context& context, const Parsed& parsed);
Status runPkiInspect(Context& context, const Parsed& parsed);
Status runPasswd(Context& context, const Parsed& parsed);

Status runGetNodes(Context& context, const Parsed& parsed);
Status runGetEdges(Context& context, const Parsed& parsed);
Status runGetGraph(Context& context, const Parsed& parsed);
Status runPeers(Context& context, const Parsed& parsed);

Status showObjects(Context& context, const Parsed& parsed, api::PolicyKind kind);
/// The edge that --from and --to name.
Status showEdge(Context& context, const Parsed& parsed);
Status putObjects(Context& context, const Parsed& parsed, api::PolicyKind kind);
Status deleteObjects(Context& context, const Parsed& parsed, api::PolicyKind kind);

// The same for the rows of the table, each of which is about one kind.
template <api::PolicyKind Kind>
Status runGet(Context& context, const Parsed& parsed) {
    return showObjects(context, parsed, Kind);
}
template <api::PolicyKind Kind>
Status runPut(Context& context, const Parsed& parsed) {
    return putObjects(context, parsed, Kind);
}
template <api::PolicyKind Kind>
Status runDelete(Context& context, const Parsed& parsed) {
    return deleteObjects(context, parsed, Kind);
}

Status runCan(Context& context, const Parsed& parsed);
Status runExplainAccess(Context& context, const Parsed& parsed);
Status runNodeRemove(Context& context, const Parsed& parsed);
Status runNodeReadmit(Context& context, const Parsed& parsed);
Status runNodeRemoved(Context& context, const Parsed& parsed);
Status runExplainPath(Context& context, const Parsed& parsed);
Status runNetcheck(Context& context, const Parsed& parsed);
Status runDns(Context& context, const Parsed& parsed);
Status runPing(Context& context, const Parsed& parsed);
Status runReport(Context& context, const Parsed& parsed);
Status runLogs(Context& context, const Parsed& parsed);
Status runLogsLevel(Context& context, const Parsed& parsed);
Status runTraffic(Context& context, const Parsed& parsed);
Status runAudit(Context& context, const Parsed& parsed);
Status runPolicyHistory(Context& context, const Parsed& parsed);
Status runPolicyUndo(Context& context, const Parsed& parsed);
Status runPolicyConfirm(Context& context, const Parsed& parsed);
Status runPolicyPropagation(Context& context, const Parsed& parsed);
Status runPolicyExport(Context& context, const Parsed& parsed);
Status runPolicyDiff(Context& context, const Parsed& parsed);
Status runPolicyApply(Context& context, const Parsed& parsed);
Status runPolicyImport(Context& context, const Parsed& parsed);
Status runPolicyRevert(Context& context, const Parsed& parsed);
Status runPolicyRestore(Context& context, const Parsed& parsed);
Status runPolicyDraft(Context& context, const Parsed& parsed);
Status runPolicyDraftDiscard(Context& context, const Parsed& parsed);
Status runPolicyRebase(Context& context, const Parsed& parsed);
/// Diff and apply without a folder.
Status diffDraft(Context& context, const Parsed& parsed);
Status applyDraft(Context& context, const Parsed& parsed);
Status runPolicyReview(Context& context, const Parsed& parsed);
Status runPolicyWhatIf(Context& context, const Parsed& parsed);
Status runPolicyLint(Context& context, const Parsed& parsed);
Status runPolicyTest(Context& context, const Parsed& parsed);
Status runPolicyTests(Context& context, const Parsed& parsed);
Status runPolicyTestsSet(Context& context, const Parsed& parsed);

Status runQueryGet(Context& context, const Parsed& parsed);
Status runQueryList(Context& context, const Parsed& parsed);
Status runQueryIter(Context& context, const Parsed& parsed);
Status runSubscribe(Context& context, const Parsed& parsed);
Status runPublish(Context& context, const Parsed& parsed);

Status runSandbox(Context& context, const Parsed& parsed);
Status runVersion(Context& context, const Parsed& parsed);
Status runCompletion(Context& context, const Parsed& parsed);
Status runHelp(Context& context, const Parsed& parsed);

}  // namespace weft::cli
