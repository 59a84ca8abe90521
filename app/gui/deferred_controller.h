// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/mutex.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace weft::app {

class DeferredChanges;
class DeferredDiagnosis;
class DeferredDrafts;
class DeferredLogs;
class DeferredPlanning;
class DeferredTraffic;

/// A Controller whose daemon is still starting. Calls wait until there is one, so that the window
/// can show while the core comes up; when the core cannot start they fail with the reason, and the
/// link is reported lost.
class DeferredController final : public api::Controller {
public:
    /// Calls that may wait; a window makes a handful.
    static constexpr std::size_t kMostWaiting = 256;

    DeferredController();
    ~DeferredController() override;

    /// From now on everything goes to `real`. Once, and not after `fail`. Thread: any.
    void become(std::unique_ptr<api::Controller> real) WEFT_EXCLUDES(mutex_);
    /// Nothing will ever answer. Once, and not after `become`. Thread: any.
    void fail(const Status& error) WEFT_EXCLUDES(mutex_);

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
    void createInvitation(
        const api::ProfileId& id,
        const api::CreateInvitationParams& params,
        Callback<api::NewInvitation> done) override;
    void invitations(
        const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) override;
    void revokeInvitation(
        const api::ProfileId& id, const std::string& invitationId, StatusCallback done) override;
    void routes(const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) override;
    void answerRoute(
        const api::ProfileId& id,
        const std::string& cidr,
        const std::string& nodeId,
        api::RouteAnswer answer,
        StatusCallback done) override;
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
    friend class DeferredChanges;
    friend class DeferredDiagnosis;
    friend class DeferredDrafts;
    friend class DeferredLogs;
    friend class DeferredPlanning;
    friend class DeferredTraffic;
    using Use = std::function<void(api::Controller&)>;
    using Refused = std::function<void(const Status&)>;
    using Watch = std::function<Subscription(api::Controller&)>;

    void with(Use use, const Refused& refused) WEFT_EXCLUDES(mutex_);
    Subscription watch(Watch begin, const Refused& refused);

    const std::unique_ptr<DeferredChanges> changes_;
    const std::unique_ptr<DeferredDiagnosis> diagnosis_;
    const std::unique_ptr<DeferredPlanning> planning_;
    const std::unique_ptr<DeferredDrafts> drafts_;
    const std::unique_ptr<DeferredLogs> logs_;
    const std::unique_ptr<DeferredTraffic> traffic_;
    base::Mutex mutex_;
    std::unique_ptr<api::Controller> real_ WEFT_GUARDED_BY(mutex_);
    Status error_ WEFT_GUARDED_BY(mutex_);
    std::vector<std::pair<Use, Refused>> waiting_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::app
