// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/bounded_queue.h"
#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "tests/support/fake_scenes.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::base {
class AsioLoop;
}  // namespace weft::base

namespace weft::tests {

class FakeChanges;
class FakeDiagnosis;
class FakeTraffic;
class FakeDrafts;
class FakeLogs;
class FakePlanning;
class ManualLoop;
struct FakeDaemon;
struct FakeWatcher;

/// The calls of a Controller that have a completion.
enum class FakeCall : std::uint8_t {
    Capabilities,
    CreateMesh,
    JoinWithCode,
    PreviewCode,
    PutProfile,
    RemoveProfile,
    Connect,
    Disconnect,
    Graph,
    CreateInvitation,
    Invitations,
    RevokeInvitation,
    ReleaseNode,
    Get,
    ListKeys,
    Iterate,
    Publish,
    Metrics,
    Policy,
    PutPolicyObject,
    RemovePolicyObject,
    CheckAccess,
    ExplainAccess,
    RemoveNode,
    ReadmitNode,
    RemovedNodes,
    AuditEvents,
    ApplyChanges,
    ConfirmChange,
    RevertChange,
    ListChanges,
    ReviewPlan,
    LintPlan,
    RunPolicyTests,
    AskWhatIf,
    ExplainPlan,
    GetDraft,
    EditDraft,
    RebaseDraft,
    DiscardDraft,
    ApplyDraft,
    GetPolicyTests,
    PutPolicyTests,
    GetPropagation,
    Routes,
    AnswerRoute,
    Ping,
    ExplainPath,
    CheckNetwork,
    NameService,
    LookUpName,
    WatchLogs,
    SetLogLevel,
    Traffic,
};

/// A Controller over a scene in memory. Calls change the scene as a daemon would: a connect goes
/// through its six steps, an invitation that is revoked stays in the list.
/// Thread: any, as the real one. With OwnThread callbacks come on a thread of the fake; with Manual
/// they come inside `run` and `advance`, and everything must be used from one thread.
class FakeController final : public api::Controller {
public:
    enum class Delivery : std::uint8_t { OwnThread, Manual };

    /// How long one of the six steps of a connection takes.
    static constexpr std::chrono::milliseconds kStepTime{150};
    /// Invitation codes start so; everything else is refused.
    static constexpr const char* kCodePrefix = "weft1-";

    FakeController(FakeScene scene, Delivery delivery);
    ~FakeController() override;

    // --- the script ---
    /// Puts another scene in place of the one there is and tells all watchers.
    void setScene(FakeScene scene);
    /// Changes the state and tells the watchers.
    void updateState(std::function<void(api::DaemonState&)> change);
    void updatePeers(const api::ProfileId& id, api::PeersUpdate update);
    /// Changes the rules behind the back of the front end, as another administrator does.
    void updatePolicy(const api::ProfileId& id, std::function<void(FakePolicy&)> change);
    /// What is answered about rules before they are made, and the draft that there is.
    void updatePlan(const api::ProfileId& id, std::function<void(FakePlan&)> change);
    /// The daemon writes lines; `missed` of them were lost on the way to those who follow its log.
    void addLog(std::vector<api::LogLine> lines, std::uint64_t missed = 0);
    /// Lost: calls fail with kUnavailable. Ready again: watchers get everything anew.
    void setLink(api::LinkState link, const Status& error = okStatus());
    /// The next `times` calls of that kind fail with `error`.
    void failNext(FakeCall call, const Status& error, int times = 1);
    /// Calls are taken and not answered until `release`.
    void hold();
    void release();
    /// The same, the last call first: answers that overtake each other.
    void releaseBackwards();
    /// Runs `task` where callbacks run: what blocks there makes the fake hang.
    void runOnLoop(std::function<void()> task);

    /// Manual only: runs what is due now; moves time on.
    void run();
    void advance(Duration by);

    /// The calls so far, oldest first.
    std::vector<FakeCall> calls() const;
    /// How often a call of that kind was made.
    std::size_t count(FakeCall call) const;
    /// The secrets of the last connect.
    api::Secrets lastSecrets() const;

    // --- api::Controller ---
    Subscription watchLink(std::function<void(api::LinkState, const Status&)> changed) override;
    void capabilities(Callback<api::Capabilities> done) override;
    Subscription watchState(std::function<void(const api::DaemonState&)> changed) override;
    void createMesh(const api::CreateMeshParams& params, Callback<api::Profile> done) override;
    void joinWithCode(const api::JoinWithCodeParams& params, Callback<api::Profile> done) override;
    void previewCode(const std::string& code, Callback<api::CodePreview> done) override;
    void putProfile(const api::Profile& profile, Callback<api::Profile> done) override;
    void removeProfile(const api::ProfileId& id, bool forgetState, StatusCallback done) override;
    void connectProfile(
        const api::ProfileId& id, const api::Secrets& secrets, StatusCallback done) override;
    void disconnectProfile(const api::ProfileId& id, StatusCallback done) override;
    Subscription watchPeers(
        const api::ProfileId& id, std::function<void(const api::PeersUpdate&)> changed) override;
    void graph(const api::ProfileId& id, Callback<api::Graph> done) override;
    void routes(const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) override;
    void answerRoute(
        const api::ProfileId& id,
        const std::string& cidr,
        const std::string& nodeId,
        api::RouteAnswer answer,
        StatusCallback done) override;
    void createInvitation(
        const api::ProfileId& id,
        const api::CreateInvitationParams& params,
        Callback<api::NewInvitation> done) override;
    void invitations(
        const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) override;
    void revokeInvitation(
        const api::ProfileId& id, const std::string& invitationId, StatusCallback done) override;
    void releaseNode(
        const api::ProfileId& id, const std::string& nodeId, StatusCallback done) override;
    Subscription watchPolicy(
        const api::ProfileId& id, std::function<void(const api::PolicyState&)> changed) override;
    void policy(const api::ProfileId& id, Callback<api::PolicyState> done) override;
    void putPolicyObject(
        const api::ProfileId& id,
        const api::PolicyObject& object,
        std::optional<std::uint64_t> base,
        Callback<api::WriteReport> done) override;
    void removePolicyObject(
        const api::ProfileId& id,
        const api::ObjectRef& ref,
        std::optional<std::uint64_t> base,
        Callback<api::WriteReport> done) override;
    void checkAccess(
        const api::ProfileId& id,
        const api::AccessQuestion& question,
        Callback<api::AccessAnswer> done) override;
    void explainAccess(
        const api::ProfileId& id,
        const std::string& from,
        const std::string& to,
        Callback<api::AccessExplanation> done) override;
    void removeNode(
        const api::ProfileId& id,
        const std::string& nodeId,
        const std::string& reason,
        Callback<api::WriteReport> done) override;
    void readmitNode(
        const api::ProfileId& id, const std::string& nodeId, StatusCallback done) override;
    void removedNodes(
        const api::ProfileId& id, Callback<std::vector<api::RemovedNode>> done) override;
    void auditEvents(
        const api::ProfileId& id,
        const api::AuditFilter& filter,
        Callback<std::vector<api::AuditEvent>> done) override;
    api::Changes& changes() override;
    api::Planning& planning() override;
    api::Drafts& drafts() override;
    api::Diagnosis& diagnosis() override;
    api::Logs& logs() override;
    api::Traffic& traffic() override;
    FakeTraffic& fakeTraffic() { return *traffic_; }
    void get(const std::string& key, Callback<std::string> done) override;
    void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) override;
    void iterate(const std::string& prefix, Callback<std::vector<api::KeyValue>> done) override;
    void publish(
        const api::KeyValue& pair,
        std::optional<std::chrono::seconds> ttl,
        StatusCallback done) override;
    Subscription subscribe(
        const std::string& prefix,
        std::function<void(const api::KeyValue&)> changed,
        StatusCallback ended) override;
    void metrics(Callback<std::vector<api::InterfaceMetrics>> done) override;

private:
    Subscription addWatcher(std::shared_ptr<FakeWatcher> watcher);

    std::shared_ptr<FakeDaemon> core_;
    std::unique_ptr<ManualLoop> manual_;
    std::unique_ptr<base::AsioLoop> own_;
    base::Loop& loop_;
    std::unique_ptr<FakeChanges> changes_;
    std::unique_ptr<FakeDiagnosis> diagnosis_;
    std::unique_ptr<FakePlanning> planning_;
    std::unique_ptr<FakeDrafts> drafts_;
    std::unique_ptr<FakeLogs> logs_;
    std::unique_ptr<FakeTraffic> traffic_;
};

}  // namespace weft::tests
