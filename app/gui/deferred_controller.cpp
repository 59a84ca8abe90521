// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_controller.h"

#include "app/gui/deferred_changes.h"
#include "app/gui/deferred_diagnosis.h"
#include "app/gui/deferred_drafts.h"
#include "app/gui/deferred_logs.h"
#include "app/gui/deferred_planning.h"
#include "app/gui/deferred_traffic.h"

namespace weft::app {
namespace {

/// A watch that may not have begun yet.
struct LateWatch {
    base::Mutex mutex;
    bool cancelled WEFT_GUARDED_BY(mutex) = false;
    Subscription begun WEFT_GUARDED_BY(mutex);
};

}  // namespace

DeferredController::DeferredController()
    : changes_(std::make_unique<DeferredChanges>(*this))
    , diagnosis_(std::make_unique<DeferredDiagnosis>(*this))
    , planning_(std::make_unique<DeferredPlanning>(*this))
    , drafts_(std::make_unique<DeferredDrafts>(*this))
    , logs_(std::make_unique<DeferredLogs>(*this))
    , traffic_(std::make_unique<DeferredTraffic>(*this)) {}

DeferredController::~DeferredController() {
    std::vector<std::pair<Use, Refused>> waiting;
    {
        const base::MutexLock lock(mutex_);
        waiting.swap(waiting_);
    }
    for (const auto& [use, refused] : waiting) {
        refused(cancelled("the window is closing"));
    }
}

void DeferredController::become(std::unique_ptr<api::Controller> real) {
    while (true) {
        std::vector<std::pair<Use, Refused>> waiting;
        {
            const base::MutexLock lock(mutex_);
            if (waiting_.empty()) {
                real_ = std::move(real);
                return;
            }
            waiting.swap(waiting_);
        }
        for (const auto& [use, refused] : waiting) {
            use(*real);
        }
    }
}

void DeferredController::fail(const Status& error) {
    std::vector<std::pair<Use, Refused>> waiting;
    {
        const base::MutexLock lock(mutex_);
        error_ = error;
        waiting.swap(waiting_);
    }
    for (const auto& [use, refused] : waiting) {
        refused(error);
    }
}

void DeferredController::with(Use use, const Refused& refused) {
    api::Controller* real = nullptr;
    Status error;
    {
        const base::MutexLock lock(mutex_);
        // Set once and kept to the end, so that it can be used without the lock.
        real = real_.get();
        error = error_;
        if (real == nullptr && error.ok()) {
            if (waiting_.size() < kMostWaiting) {
                waiting_.emplace_back(std::move(use), refused);
                return;
            }
            error = resourceExhausted("the core is still starting");
        }
    }
    if (real != nullptr) {
        use(*real);
    } else {
        refused(error);
    }
}

Subscription DeferredController::watch(Watch begin, const Refused& refused) {
    auto late = std::make_shared<LateWatch>();
    with(
        [late, begin = std::move(begin)](api::Controller& real) {
            // Held while the watch begins, which calls nobody back: a cancel comes before or after.
            const base::MutexLock lock(late->mutex);
            if (!late->cancelled) {
                late->begun = begin(real);
            }
        },
        refused);
    return Subscription([late] {
        Subscription begun;
        {
            const base::MutexLock lock(late->mutex);
            late->cancelled = true;
            begun = std::move(late->begun);
        }
        begun.cancel();
    });
}

api::Changes& DeferredController::changes() {
    return *changes_;
}

api::Diagnosis& DeferredController::diagnosis() {
    return *diagnosis_;
}

api::Traffic& DeferredController::traffic() {
    return *traffic_;
}

api::Planning& DeferredController::planning() {
    return *planning_;
}

api::Drafts& DeferredController::drafts() {
    return *drafts_;
}

api::Logs& DeferredController::logs() {
    return *logs_;
}

Subscription DeferredController::watchLink(
    std::function<void(api::LinkState, const Status&)> changed) {
    return watch(
        [changed](api::Controller& real) { return real.watchLink(changed); },
        [changed](const Status& error) { changed(api::LinkState::Lost, error); });
}

void DeferredController::capabilities(Callback<api::Capabilities> done) {
    with([done](api::Controller& real) { real.capabilities(done); }, done);
}

Subscription DeferredController::watchState(std::function<void(const api::DaemonState&)> changed) {
    return watch(
        [changed](api::Controller& real) { return real.watchState(changed); },
        [](const Status&) {});
}

void DeferredController::createMesh(
    const api::CreateMeshParams& params, Callback<api::Profile> done) {
    with([params, done](api::Controller& real) { real.createMesh(params, done); }, done);
}

void DeferredController::joinWithCode(
    const api::JoinWithCodeParams& params, Callback<api::Profile> done) {
    with([params, done](api::Controller& real) { real.joinWithCode(params, done); }, done);
}

void DeferredController::previewCode(const std::string& code, Callback<api::CodePreview> done) {
    with([code, done](api::Controller& real) { real.previewCode(code, done); }, done);
}

void DeferredController::putProfile(const api::Profile& profile, Callback<api::Profile> done) {
    with([profile, done](api::Controller& real) { real.putProfile(profile, done); }, done);
}

void DeferredController::removeProfile(
    const api::ProfileId& id, bool forgetState, StatusCallback done) {
    with(
        [id, forgetState, done](api::Controller& real) {
            real.removeProfile(id, forgetState, done);
        },
        done);
}

void DeferredController::connectProfile(
    const api::ProfileId& id, const api::Secrets& secrets, StatusCallback done) {
    with(
        [id, secrets, done](api::Controller& real) { real.connectProfile(id, secrets, done); },
        done);
}

void DeferredController::disconnectProfile(const api::ProfileId& id, StatusCallback done) {
    with([id, done](api::Controller& real) { real.disconnectProfile(id, done); }, done);
}

Subscription DeferredController::watchPeers(
    const api::ProfileId& id, std::function<void(const api::PeersUpdate&)> changed) {
    return watch(
        [id, changed](api::Controller& real) { return real.watchPeers(id, changed); },
        [](const Status&) {});
}

void DeferredController::graph(const api::ProfileId& id, Callback<api::Graph> done) {
    with([id, done](api::Controller& real) { real.graph(id, done); }, done);
}

void DeferredController::createInvitation(
    const api::ProfileId& id,
    const api::CreateInvitationParams& params,
    Callback<api::NewInvitation> done) {
    with(
        [id, params, done](api::Controller& real) { real.createInvitation(id, params, done); },
        done);
}

void DeferredController::invitations(
    const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) {
    with([id, done](api::Controller& real) { real.invitations(id, done); }, done);
}

void DeferredController::revokeInvitation(
    const api::ProfileId& id, const std::string& invitationId, StatusCallback done) {
    with(
        [id, invitationId, done](api::Controller& real) {
            real.revokeInvitation(id, invitationId, done);
        },
        done);
}

void DeferredController::routes(
    const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) {
    with([id, done](api::Controller& real) { real.routes(id, done); }, done);
}

void DeferredController::answerRoute(
    const api::ProfileId& id,
    const std::string& cidr,
    const std::string& nodeId,
    api::RouteAnswer answer,
    StatusCallback done) {
    with(
        [id, cidr, nodeId, answer, done](api::Controller& real) {
            real.answerRoute(id, cidr, nodeId, answer, done);
        },
        done);
}

void DeferredController::releaseNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    with([id, nodeId, done](api::Controller& real) { real.releaseNode(id, nodeId, done); }, done);
}

Subscription DeferredController::watchPolicy(
    const api::ProfileId& id, std::function<void(const api::PolicyState&)> changed) {
    return watch(
        [id, changed](api::Controller& real) { return real.watchPolicy(id, changed); },
        [](const Status&) {});
}

void DeferredController::policy(const api::ProfileId& id, Callback<api::PolicyState> done) {
    with([id, done](api::Controller& real) { real.policy(id, done); }, done);
}

void DeferredController::putPolicyObject(
    const api::ProfileId& id,
    const api::PolicyObject& object,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    with(
        [id, object, base, done](api::Controller& real) {
            real.putPolicyObject(id, object, base, done);
        },
        done);
}

void DeferredController::removePolicyObject(
    const api::ProfileId& id,
    const api::ObjectRef& ref,
    std::optional<std::uint64_t> base,
    Callback<api::WriteReport> done) {
    with(
        [id, ref, base, done](api::Controller& real) {
            real.removePolicyObject(id, ref, base, done);
        },
        done);
}

void DeferredController::checkAccess(
    const api::ProfileId& id,
    const api::AccessQuestion& question,
    Callback<api::AccessAnswer> done) {
    with(
        [id, question, done](api::Controller& real) { real.checkAccess(id, question, done); },
        done);
}

void DeferredController::explainAccess(
    const api::ProfileId& id,
    const std::string& from,
    const std::string& to,
    Callback<api::AccessExplanation> done) {
    with(
        [id, from, to, done](api::Controller& real) { real.explainAccess(id, from, to, done); },
        done);
}

void DeferredController::removeNode(
    const api::ProfileId& id,
    const std::string& nodeId,
    const std::string& reason,
    Callback<api::WriteReport> done) {
    with(
        [id, nodeId, reason, done](api::Controller& real) {
            real.removeNode(id, nodeId, reason, done);
        },
        done);
}

void DeferredController::readmitNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    with([id, nodeId, done](api::Controller& real) { real.readmitNode(id, nodeId, done); }, done);
}

void DeferredController::removedNodes(
    const api::ProfileId& id, Callback<std::vector<api::RemovedNode>> done) {
    with([id, done](api::Controller& real) { real.removedNodes(id, done); }, done);
}

void DeferredController::auditEvents(
    const api::ProfileId& id,
    const api::AuditFilter& filter,
    Callback<std::vector<api::AuditEvent>> done) {
    with([id, filter, done](api::Controller& real) { real.auditEvents(id, filter, done); }, done);
}

void DeferredController::get(const std::string& key, Callback<std::string> done) {
    with([key, done](api::Controller& real) { real.get(key, done); }, done);
}

void DeferredController::listKeys(
    const std::string& prefix, Callback<std::vector<std::string>> done) {
    with([prefix, done](api::Controller& real) { real.listKeys(prefix, done); }, done);
}

void DeferredController::iterate(
    const std::string& prefix, Callback<std::vector<api::KeyValue>> done) {
    with([prefix, done](api::Controller& real) { real.iterate(prefix, done); }, done);
}

void DeferredController::publish(
    const api::KeyValue& pair, std::optional<std::chrono::seconds> ttl, StatusCallback done) {
    with([pair, ttl, done](api::Controller& real) { real.publish(pair, ttl, done); }, done);
}

Subscription DeferredController::subscribe(
    const std::string& prefix,
    std::function<void(const api::KeyValue&)> changed,
    StatusCallback ended) {
    return watch(
        [prefix, changed, ended](api::Controller& real) {
            return real.subscribe(prefix, changed, ended);
        },
        ended);
}

void DeferredController::metrics(Callback<std::vector<api::InterfaceMetrics>> done) {
    with([done](api::Controller& real) { real.metrics(done); }, done);
}

}  // namespace weft::app
