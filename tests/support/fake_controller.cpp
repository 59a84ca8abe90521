// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_controller.h"

#include "core/base/asio_loop.h"
#include "core/base/text.h"
#include "tests/support/fake_changes.h"
#include "tests/support/fake_daemon.h"
#include "tests/support/fake_diagnosis.h"
#include "tests/support/fake_drafts.h"
#include "tests/support/fake_logs.h"
#include "tests/support/fake_planning.h"
#include "tests/support/fake_traffic.h"
#include "tests/support/manual_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::tests {

using namespace std::chrono_literals;

FakeController::FakeController(FakeScene scene, Delivery delivery)
    : core_(std::make_shared<FakeDaemon>())
    , manual_(delivery == Delivery::Manual ? std::make_unique<ManualLoop>() : nullptr)
    , own_(
          delivery == Delivery::OwnThread ? std::make_unique<base::AsioLoop>("fake-daemon")
                                          : nullptr)
    , loop_(manual_ ? static_cast<base::Loop&>(*manual_) : static_cast<base::Loop&>(*own_)) {
    core_->scene = std::move(scene);
    core_->loop = &loop_;
    changes_ = std::make_unique<FakeChanges>(core_);
    diagnosis_ = std::make_unique<FakeDiagnosis>(core_);
    planning_ = std::make_unique<FakePlanning>(core_);
    drafts_ = std::make_unique<FakeDrafts>(core_);
    logs_ = std::make_unique<FakeLogs>(core_);
    traffic_ = std::make_unique<FakeTraffic>(core_);
}

namespace {

/// To those who are told of it.
void tellEnd(FakeWatcher& watcher) {
    const auto* values = std::get_if<FakeWatcher::Values>(&watcher.changed);
    const auto* ping = std::get_if<FakeWatcher::Ping>(&watcher.changed);
    const auto* traffic = std::get_if<FakeWatcher::Traffic>(&watcher.changed);
    const auto going = cancelled("the controller is going");
    if (values != nullptr) {
        watcher.call([values, going] { values->ended(going); });
    } else if (ping != nullptr) {
        watcher.call([ping, going] { ping->ended(going); });
    } else if (const auto* logs = std::get_if<FakeWatcher::Logs>(&watcher.changed)) {
        watcher.call([logs, going] { logs->ended(going); });
    } else if (traffic != nullptr) {
        watcher.call([traffic, going] { traffic->ended(going); });
    }
}

}  // namespace

FakeController::~FakeController() {
    core_->closing = true;
    loop_.post([core = core_] {
        core->steps.clear();
        for (const auto& waiting : std::exchange(core->heldBack, {})) {
            waiting();
        }
        for (const auto& watcher : core->watchers) {
            tellEnd(*watcher);
        }
    });
    if (manual_) {
        manual_->runPosted();
    } else {
        own_->stop();
    }
}

void FakeController::setScene(FakeScene scene) {
    loop_.post([core = core_.get(), scene = std::move(scene)] {
        core->steps.clear();
        core->scene = scene;
        core->tellEverything();
    });
}

void FakeController::updateState(std::function<void(api::DaemonState&)> change) {
    loop_.post([core = core_.get(), change = std::move(change)] {
        change(core->scene.state);
        core->tellState();
    });
}

void FakeController::updatePeers(const api::ProfileId& id, api::PeersUpdate update) {
    loop_.post(
        [core = core_.get(), id, update = std::move(update)] { core->tellPeers(id, update); });
}

void FakeController::addLog(std::vector<api::LogLine> lines, std::uint64_t missed) {
    loop_.post([core = core_.get(), lines = std::move(lines), missed] {
        core->scene.log.insert(core->scene.log.end(), lines.begin(), lines.end());
        for (const auto& watcher : std::vector(core->watchers)) {
            core->tellLog(*watcher, lines, missed);
        }
    });
}

void FakeController::setLink(api::LinkState link, const Status& error) {
    loop_.post([core = core_.get(), link, error] {
        core->scene.link = link;
        core->scene.linkError = error;
        core->tellEverything();
    });
}

void FakeController::failNext(FakeCall call, const Status& error, int times) {
    loop_.post([core = core_.get(), call, error, times] { core->failures[call] = {error, times}; });
}

void FakeController::hold() {
    loop_.post([core = core_.get()] { core->held = true; });
}

void FakeController::release() {
    loop_.post([core = core_.get()] {
        core->held = false;
        for (const auto& waiting : std::exchange(core->heldBack, {})) {
            waiting();
        }
    });
}

void FakeController::releaseBackwards() {
    loop_.post([core = core_.get()] {
        core->held = false;
        auto waiting = std::exchange(core->heldBack, {});
        std::ranges::reverse(waiting);
        for (const auto& each : waiting) {
            each();
        }
    });
}

void FakeController::runOnLoop(std::function<void()> task) {
    loop_.post(std::move(task));
}

void FakeController::run() {
    manual_->runPosted();
}

void FakeController::advance(Duration by) {
    manual_->advance(by);
}

std::vector<FakeCall> FakeController::calls() const {
    const base::MutexLock lock(core_->mutex);
    return core_->calls;
}

std::size_t FakeController::count(FakeCall call) const {
    const base::MutexLock lock(core_->mutex);
    return static_cast<std::size_t>(std::ranges::count(core_->calls, call));
}

api::Secrets FakeController::lastSecrets() const {
    const base::MutexLock lock(core_->mutex);
    return core_->secrets;
}

Subscription FakeController::addWatcher(std::shared_ptr<FakeWatcher> watcher) {
    loop_.post([core = core_.get(), watcher] {
        core->watchers.push_back(watcher);
        if (const auto* link = std::get_if<FakeWatcher::LinkChanged>(&watcher->changed)) {
            watcher->call([&] { (*link)(core->scene.link, core->scene.linkError); });
        }
        const FakeScene& scene = core->scene;
        if (scene.link == api::LinkState::Ready && scene.answers
            && scene.capabilities.hasLocalApi) {
            core->tellState(*watcher);
            core->tellAllPeers(*watcher);
            core->tellPolicy(*watcher);
        }
    });
    return Subscription([watcher, loop = &loop_] { watcher->cancel(loop->isCurrent()); });
}

api::Changes& FakeController::changes() {
    return *changes_;
}

api::Traffic& FakeController::traffic() {
    return *traffic_;
}

api::Diagnosis& FakeController::diagnosis() {
    return *diagnosis_;
}

api::Planning& FakeController::planning() {
    return *planning_;
}

api::Drafts& FakeController::drafts() {
    return *drafts_;
}

api::Logs& FakeController::logs() {
    return *logs_;
}

Subscription FakeController::watchLink(std::function<void(api::LinkState, const Status&)> changed) {
    return addWatcher(std::make_shared<FakeWatcher>(FakeWatcher::LinkChanged(std::move(changed))));
}

Subscription FakeController::watchState(std::function<void(const api::DaemonState&)> changed) {
    return addWatcher(std::make_shared<FakeWatcher>(FakeWatcher::StateChanged(std::move(changed))));
}

Subscription FakeController::watchPeers(
    const api::ProfileId& id, std::function<void(const api::PeersUpdate&)> changed) {
    return addWatcher(std::make_shared<FakeWatcher>(FakeWatcher::Peers{id, std::move(changed)}));
}

Subscription FakeController::subscribe(
    const std::string& prefix,
    std::function<void(const api::KeyValue&)> changed,
    StatusCallback ended) {
    return addWatcher(std::make_shared<FakeWatcher>(
        FakeWatcher::Values{prefix, std::move(changed), std::move(ended)}));
}

void FakeController::capabilities(Callback<api::Capabilities> done) {
    core_->answer<StatusOr<api::Capabilities>>(
        FakeCall::Capabilities, std::move(done), [core = core_.get()] {
            return core->scene.capabilities;
        });
}

void FakeController::createMesh(const api::CreateMeshParams& params, Callback<api::Profile> done) {
    core_->answer<StatusOr<api::Profile>>(
        FakeCall::CreateMesh,
        std::move(done),
        [core = core_.get(), params]() -> StatusOr<api::Profile> {
            if (params.domain.empty()) {
                return invalidArgument("domain is missing");
            }
            api::Profile profile;
            profile.name = params.name.empty() ? params.domain : params.name;
            profile.kind = api::ProfileKind::Founder;
            profile.nodeId = params.nodeId;
            profile.meshDomain = params.domain;
            profile.listenAddress = params.listenAddress;
            profile.endpoints = params.endpoints;
            profile.tlsMode = params.tlsMode;
            profile = core->addProfile(std::move(profile));
            WEFT_RETURN_IF_ERROR(core->startConnecting(profile.id));
            return profile;
        });
}

void FakeController::joinWithCode(
    const api::JoinWithCodeParams& params, Callback<api::Profile> done) {
    core_->answer<StatusOr<api::Profile>>(
        FakeCall::JoinWithCode,
        std::move(done),
        [core = core_.get(), params]() -> StatusOr<api::Profile> {
            if (!params.code.starts_with(kCodePrefix)) {
                return invalidArgument("this is not an invitation code");
            }
            api::Profile profile;
            profile.name = params.name.empty() ? "home.internal" : params.name;
            profile.nodeId = params.nodeId;
            profile.meshDomain = "home.internal";
            profile.joinAddresses = {"192.0.2.14:8443"};
            profile.endpoints = params.endpoints;
            profile = core->addProfile(std::move(profile));
            core->scene.peers[profile.id] = fakePeers(12, core->now());
            WEFT_RETURN_IF_ERROR(core->startConnecting(profile.id));
            return profile;
        });
}

void FakeController::previewCode(const std::string& code, Callback<api::CodePreview> done) {
    core_->answer<StatusOr<api::CodePreview>>(
        FakeCall::PreviewCode,
        std::move(done),
        [core = core_.get(), code]() -> StatusOr<api::CodePreview> {
            if (!code.starts_with(kCodePrefix)) {
                return invalidArgument("this is not an invitation code");
            }
            api::CodePreview preview;
            preview.addresses = {"192.0.2.14:8443", "home.example.org:8443"};
            preview.authorityFingerprint =
                "3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8551";
            preview.expired = code.find("expired") != std::string::npos;
            preview.expiresAt = core->now() + (preview.expired ? -2h : 24h);
            preview.invitationId = "inv-7f3a";
            return preview;
        });
}

void FakeController::putProfile(const api::Profile& profile, Callback<api::Profile> done) {
    core_->answer<StatusOr<api::Profile>>(
        FakeCall::PutProfile,
        std::move(done),
        [core = core_.get(), profile]() -> StatusOr<api::Profile> {
            if (profile.id.empty()) {
                api::Profile added = core->addProfile(profile);
                core->tellState();
                return added;
            }
            auto& profiles = core->scene.state.profiles;
            const auto found = std::ranges::find(profiles, profile.id, &api::Profile::id);
            if (found == profiles.end()) {
                return notFound("no profile {}", profile.id.value());
            }
            *found = profile;
            core->tellState();
            return profile;
        });
}

void FakeController::removeProfile(
    const api::ProfileId& id, bool forgetState, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::RemoveProfile,
        std::move(done),
        [core = core_.get(), id, forgetState]() -> Status {
            api::DaemonState& state = core->scene.state;
            if (state.findProfile(id) == nullptr) {
                return notFound("no profile {}", id.value());
            }
            core->steps.erase(id);
            std::erase_if(state.profiles, [&id](const auto& profile) { return profile.id == id; });
            std::erase_if(
                state.connections, [&id](const auto& entry) { return entry.profileId == id; });
            if (state.defaultProfile == id) {
                state.defaultProfile =
                    state.profiles.empty() ? api::ProfileId{} : state.profiles.front().id;
            }
            if (forgetState) {
                core->scene.peers.erase(id);
                core->scene.invitations.erase(id);
                core->scene.policies.erase(id);
            }
            core->tellState();
            return okStatus();
        });
}

void FakeController::connectProfile(
    const api::ProfileId& id, const api::Secrets& secrets, StatusCallback done) {
    {
        const base::MutexLock lock(core_->mutex);
        core_->secrets = secrets;
    }
    core_->answer<Status>(FakeCall::Connect, std::move(done), [core = core_.get(), id] {
        return core->startConnecting(id);
    });
}

void FakeController::disconnectProfile(const api::ProfileId& id, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::Disconnect, std::move(done), [core = core_.get(), id]() -> Status {
            if (core->connection(id) == nullptr) {
                return notFound("no profile {}", id.value());
            }
            core->turnOff(id);
            return okStatus();
        });
}

void FakeController::graph(const api::ProfileId& id, Callback<api::Graph> done) {
    core_->answer<StatusOr<api::Graph>>(
        FakeCall::Graph, std::move(done), [core = core_.get(), id]() -> StatusOr<api::Graph> {
            api::Graph graph;
            for (const api::Peer& peer : core->scene.peers[id]) {
                graph.nodes.push_back(peer.id);
                if (peer.isNeighbour) {
                    graph.edges.push_back({graph.nodes.front(), peer.id, 1});
                }
            }
            const auto& more = core->scene.edges[id];
            graph.edges.insert(graph.edges.end(), more.begin(), more.end());
            graph.dot = "digraph {\n";
            for (const api::Edge& edge : graph.edges) {
                graph.dot += fmt::format("  \"{}\" -> \"{}\";\n", edge.source, edge.target);
            }
            graph.dot += "}\n";
            return graph;
        });
}

void FakeController::createInvitation(
    const api::ProfileId& id,
    const api::CreateInvitationParams& params,
    Callback<api::NewInvitation> done) {
    core_->answer<StatusOr<api::NewInvitation>>(
        FakeCall::CreateInvitation,
        std::move(done),
        [core = core_.get(), id, params]() -> StatusOr<api::NewInvitation> {
            api::NewInvitation made;
            made.invitation.id = fmt::format("inv-{:04x}", 0xa0 + core->nextInvitation++);
            made.invitation.nodeId = params.nodeId;
            made.invitation.note = params.note;
            made.invitation.createdAt = core->now();
            made.invitation.expiresAt =
                core->now() + (params.lifetime.count() > 0 ? params.lifetime : 24h);
            made.invitation.createdBy = "laptop";
            // As long as a real one with two addresses: its QR code has the real size.
            made.code = kCodePrefix
                        + base::base64UrlEncode(fmt::format(
                            "{:-<24}{:=<32}{:+<16}192.0.2.14:8443;home.example.org:8443",
                            made.invitation.id,
                            "authority",
                            "secret"));
            core->scene.invitations[id].insert(
                core->scene.invitations[id].begin(), made.invitation);
            return made;
        });
}

void FakeController::routes(const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) {
    core_->answer<StatusOr<std::vector<api::MeshRoute>>>(
        FakeCall::Routes, std::move(done), [core = core_.get(), id] {
            return core->scene.routes[id];
        });
}

void FakeController::answerRoute(
    const api::ProfileId& id,
    const std::string& cidr,
    const std::string& nodeId,
    api::RouteAnswer answer,
    StatusCallback done) {
    core_->answer<Status>(
        FakeCall::AnswerRoute,
        std::move(done),
        [core = core_.get(), id, cidr, nodeId, answer]() -> Status {
            const auto isMeant = [&](const api::MeshRoute& each) {
                return each.cidr == cidr && (nodeId.empty() || each.nodeId == nodeId);
            };
            auto& all = core->scene.routes[id];
            if (std::ranges::none_of(all, isMeant)) {
                return notFound("this mesh offers no route {}", cidr);
            }
            for (auto& each : all) {
                if (isMeant(each)) {
                    each.state = answer == api::RouteAnswer::Agree    ? api::RouteState::InUse
                                 : answer == api::RouteAnswer::Refuse ? api::RouteState::Refused
                                                                      : api::RouteState::Asked;
                }
            }
            return okStatus();
        });
}

void FakeController::invitations(
    const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) {
    core_->answer<StatusOr<std::vector<api::Invitation>>>(
        FakeCall::Invitations, std::move(done), [core = core_.get(), id] {
            return core->scene.invitations[id];
        });
}

void FakeController::revokeInvitation(
    const api::ProfileId& id, const std::string& invitationId, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::RevokeInvitation,
        std::move(done),
        [core = core_.get(), id, invitationId]() -> Status {
            auto& all = core->scene.invitations[id];
            const auto found = std::ranges::find(all, invitationId, &api::Invitation::id);
            if (found == all.end()) {
                return notFound("no invitation {}", invitationId);
            }
            found->state = api::InvitationState::Revoked;
            return okStatus();
        });
}

void FakeController::releaseNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::ReleaseNode, std::move(done), [core = core_.get(), id, nodeId]() -> Status {
            const auto& peers = core->scene.peers[id];
            const bool known = std::ranges::find(peers, nodeId, &api::Peer::id) != peers.end();
            return known ? okStatus() : notFound("no node {}", nodeId);
        });
}

void FakeController::get(const std::string& key, Callback<std::string> done) {
    core_->answer<StatusOr<std::string>>(
        FakeCall::Get, std::move(done), [core = core_.get(), key]() -> StatusOr<std::string> {
            const auto found = core->scene.values.find(key);
            if (found == core->scene.values.end()) {
                return notFound("no key {}", key);
            }
            return found->second;
        });
}

void FakeController::listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) {
    core_->answer<StatusOr<std::vector<std::string>>>(
        FakeCall::ListKeys, std::move(done), [core = core_.get(), prefix] {
            std::vector<std::string> keys;
            for (const auto& [key, value] : core->scene.values) {
                if (key.starts_with(prefix)) {
                    keys.push_back(key);
                }
            }
            return keys;
        });
}

void FakeController::iterate(const std::string& prefix, Callback<std::vector<api::KeyValue>> done) {
    core_->answer<StatusOr<std::vector<api::KeyValue>>>(
        FakeCall::Iterate, std::move(done), [core = core_.get(), prefix] {
            std::vector<api::KeyValue> pairs;
            for (const auto& [key, value] : core->scene.values) {
                if (key.starts_with(prefix)) {
                    pairs.push_back({key, value});
                }
            }
            return pairs;
        });
}

void FakeController::publish(
    const api::KeyValue& pair, std::optional<std::chrono::seconds> /*ttl*/, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::Publish, std::move(done), [core = core_.get(), pair]() -> Status {
            if (pair.key.empty()) {
                return invalidArgument("the key is empty");
            }
            core->scene.values[pair.key] = pair.value;
            core->tellValue(pair);
            return okStatus();
        });
}

void FakeController::metrics(Callback<std::vector<api::InterfaceMetrics>> done) {
    core_->answer<StatusOr<std::vector<api::InterfaceMetrics>>>(
        FakeCall::Metrics, std::move(done), [core = core_.get()] { return core->scene.metrics; });
}

}  // namespace weft::tests
