// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_daemon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using api::ConnectionState;

constexpr std::array kStepTexts{
    "Resolving addresses",
    "Reaching a member",
    "Proving who we are",
    "Joining",
    "Reading the state of the mesh",
    "Waiting for the first news",
};

/// As a profile id has to be: [a-z0-9-].
std::string slug(const std::string& name) {
    std::string id;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (upper) {
            id.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            id.push_back(plain ? c : '-');
        }
    }
    return id.empty() ? "mesh" : id.substr(0, 32);
}

bool needsLocalApi(FakeCall call) {
    switch (call) {
    case FakeCall::Capabilities:
    case FakeCall::Get:
    case FakeCall::ListKeys:
    case FakeCall::Iterate:
    case FakeCall::Publish:
    case FakeCall::Metrics:
        return false;
    default:
        return true;
    }
}

bool changesSomething(FakeCall call) {
    switch (call) {
    case FakeCall::CreateMesh:
    case FakeCall::JoinWithCode:
    case FakeCall::PutProfile:
    case FakeCall::RemoveProfile:
    case FakeCall::Connect:
    case FakeCall::Disconnect:
    case FakeCall::CreateInvitation:
    case FakeCall::RevokeInvitation:
    case FakeCall::ReleaseNode:
    case FakeCall::Publish:
    case FakeCall::PutPolicyObject:
    case FakeCall::RemovePolicyObject:
    case FakeCall::RemoveNode:
    case FakeCall::ReadmitNode:
    case FakeCall::Ping:
    case FakeCall::WatchLogs:
    case FakeCall::SetLogLevel:
        return true;
    default:
        return false;
    }
}

}  // namespace

Status FakeDaemon::check(FakeCall call) {
    if (scene.link == api::LinkState::Lost) {
        return unavailable("the background service does not answer");
    }
    const auto failure = failures.find(call);
    if (failure != failures.end() && failure->second.second > 0) {
        --failure->second.second;
        return failure->second.first;
    }
    if (!scene.capabilities.hasLocalApi && needsLocalApi(call)) {
        return unimplemented("this daemon has the v1.AppDaemon service only");
    }
    if (scene.capabilities.grade < api::Grade::Operate && changesSomething(call)) {
        return permissionDenied("this account may look, not change");
    }
    return okStatus();
}

void FakeDaemon::tellLink() const {
    for (const auto& watcher : std::vector(watchers)) {
        if (const auto* changed = std::get_if<FakeWatcher::LinkChanged>(&watcher->changed)) {
            watcher->call([&] { (*changed)(scene.link, scene.linkError); });
        }
    }
}

void FakeDaemon::tellState(FakeWatcher& watcher) const {
    if (const auto* changed = std::get_if<FakeWatcher::StateChanged>(&watcher.changed)) {
        watcher.call([&] { (*changed)(scene.state); });
    }
}

void FakeDaemon::tellState() {
    ++scene.state.revision;
    if (scene.link != api::LinkState::Ready || !scene.answers || !scene.capabilities.hasLocalApi) {
        return;
    }
    for (const auto& watcher : std::vector(watchers)) {
        tellState(*watcher);
    }
}

Status FakeDaemon::checkInMesh(const api::ProfileId& id) const {
    const api::Connection* where = scene.state.findConnection(id);
    if (where == nullptr) {
        return notFound("no profile {}", id.value());
    }
    const bool inMesh = where->state == ConnectionState::Connected
                        || where->state == ConnectionState::Degraded
                        || where->state == ConnectionState::Reconnecting
                        || where->state == ConnectionState::Disconnecting;
    return inMesh ? okStatus() : unavailable("the profile is not connected");
}

StatusOr<api::WriteReport> FakeDaemon::writePolicy(
    const api::ProfileId& id, const std::function<StatusOr<api::WriteReport>(FakePolicy&)>& work) {
    WEFT_RETURN_IF_ERROR(checkInMesh(id));
    if (!scene.state.findConnection(id)->isAdmin) {
        return permissionDenied("this node has no right to change the rules of the mesh");
    }
    auto report = work(scene.policies[id]);
    if (report.ok()) {
        ++connection(id)->policyChanges;
        tellPolicy(id);
    }
    return report;
}

void FakeDaemon::tellPolicy(FakeWatcher& watcher) {
    const auto* policy = std::get_if<FakeWatcher::Policy>(&watcher.changed);
    if (policy != nullptr && checkInMesh(policy->id).ok()) {
        const api::PolicyState state = scene.policies[policy->id].state;
        watcher.call([&] { policy->changed(state); });
    }
}

void FakeDaemon::tellPolicy(const api::ProfileId& id) {
    for (const auto& watcher : std::vector(watchers)) {
        const auto* policy = std::get_if<FakeWatcher::Policy>(&watcher->changed);
        if (policy != nullptr && policy->id == id) {
            tellPolicy(*watcher);
        }
    }
}

void FakeDaemon::tellAllPeers(FakeWatcher& watcher) const {
    const auto* peers = std::get_if<FakeWatcher::Peers>(&watcher.changed);
    const auto known = peers == nullptr ? scene.peers.end() : scene.peers.find(peers->id);
    if (known == scene.peers.end()) {
        return;
    }
    if (checkInMesh(peers->id).ok()) {
        const api::PeersUpdate update{true, known->second, {}, true};
        watcher.call([&] { peers->changed(update); });
    }
}

void FakeDaemon::tellPeers(const api::ProfileId& id, const api::PeersUpdate& update) {
    std::vector<api::Peer>& known = scene.peers[id];
    if (update.reset) {
        known.clear();
    }
    for (const api::Peer& peer : update.changed) {
        const auto same = std::ranges::find(known, peer.id, &api::Peer::id);
        if (same == known.end()) {
            known.push_back(peer);
        } else {
            *same = peer;
        }
    }
    std::erase_if(known, [&update](const api::Peer& peer) {
        return std::ranges::find(update.removedIds, peer.id) != update.removedIds.end();
    });
    for (const auto& watcher : std::vector(watchers)) {
        const auto* peers = std::get_if<FakeWatcher::Peers>(&watcher->changed);
        if (peers != nullptr && peers->id == id) {
            watcher->call([&] { peers->changed(update); });
        }
    }
}

void FakeDaemon::tellValue(const api::KeyValue& pair) const {
    for (const auto& watcher : std::vector(watchers)) {
        const auto* values = std::get_if<FakeWatcher::Values>(&watcher->changed);
        if (values != nullptr && pair.key.starts_with(values->prefix)) {
            watcher->call([&] { values->changed(pair); });
        }
    }
}

void FakeDaemon::endLogs(const Status& status) {
    for (const auto& watcher : std::vector(watchers)) {
        if (const auto* logs = std::get_if<FakeWatcher::Logs>(&watcher->changed)) {
            watcher->call([&] { logs->ended(status); });
            std::erase(watchers, watcher);
        }
    }
}

void FakeDaemon::tellEverything() {
    std::erase_if(watchers, [](const auto& watcher) { return watcher->isCancelled(); });
    tellLink();
    tellState();
    if (scene.link == api::LinkState::Ready && scene.answers) {
        for (const auto& watcher : std::vector(watchers)) {
            tellAllPeers(*watcher);
            tellPolicy(*watcher);
        }
    }
    if (scene.link == api::LinkState::Lost) {
        endLogs(unavailable("the background service does not answer"));
    }
}

api::Connection* FakeDaemon::connection(const api::ProfileId& id) {
    const auto found = std::ranges::find(scene.state.connections, id, &api::Connection::profileId);
    return found == scene.state.connections.end() ? nullptr : &*found;
}

api::Profile FakeDaemon::addProfile(api::Profile profile) {
    const std::string wanted = slug(profile.name);
    profile.id = api::ProfileId{wanted};
    for (int next = 2; scene.state.findProfile(profile.id) != nullptr; ++next) {
        profile.id = api::ProfileId{fmt::format("{}-{}", wanted, next)};
    }
    if (profile.nodeId.empty()) {
        profile.nodeId = scene.capabilities.defaultNodeId;
    }
    scene.state.profiles.push_back(profile);
    api::Connection connection;
    connection.profileId = profile.id;
    scene.state.connections.push_back(connection);
    if (scene.state.defaultProfile.empty()) {
        scene.state.defaultProfile = profile.id;
    }
    return profile;
}

Status FakeDaemon::startConnecting(const api::ProfileId& id) {
    api::Connection* where = connection(id);
    if (where == nullptr) {
        return notFound("no profile {}", id.value());
    }
    if (where->state != ConnectionState::Off && where->state != ConnectionState::Failed
        && where->state != ConnectionState::Reconnecting) {
        return failedPrecondition("already connected");
    }
    takeStep(id, 1);
    return okStatus();
}

void FakeDaemon::takeStep(const api::ProfileId& id, std::uint32_t number) {
    api::Connection* where = connection(id);
    if (where == nullptr) {
        return;
    }
    if (number > kStepTexts.size()) {
        finishConnecting(id);
        return;
    }
    where->state = ConnectionState::Connecting;
    where->failure.reset();
    where->step = {
        number, static_cast<std::uint32_t>(kStepTexts.size()), kStepTexts.at(number - 1)};
    tellState();
    steps[id] =
        loop->after(FakeController::kStepTime, [this, id, number] { takeStep(id, number + 1); });
}

void FakeDaemon::finishConnecting(const api::ProfileId& id) {
    const api::Profile* profile = scene.state.findProfile(id);
    api::Connection* where = connection(id);
    // The same connection as in the scene of that name, under this profile's own names.
    const StatusOr<FakeScene> home = fakeScene("home", now());
    const bool founder = profile->kind == api::ProfileKind::Founder;
    *where = home->state.connections.front();
    where->profileId = id;
    where->since = now();
    where->nodeId = profile->nodeId;
    where->meshDomain = profile->meshDomain;
    where->leader = founder ? profile->nodeId : "hub";
    where->isAdmin = founder;
    where->clusterStatus = founder ? api::ClusterStatus::Leader : api::ClusterStatus::Node;
    if (!scene.peers.contains(id)) {
        scene.peers[id] = fakePeers(1, now());
        scene.peers[id].front().id = profile->nodeId;
    }
    if (!scene.policies.contains(id)) {
        scene.policies[id] = fakePolicy(scene.peers[id], now());
    }
    // Not counting the node itself.
    where->peerCount = static_cast<std::uint32_t>(scene.peers[id].size() - 1);
    steps.erase(id);
    tellState();
    for (const auto& watcher : std::vector(watchers)) {
        const auto* peers = std::get_if<FakeWatcher::Peers>(&watcher->changed);
        if (peers != nullptr && peers->id == id) {
            tellAllPeers(*watcher);
        }
    }
    tellPolicy(id);
}

void FakeDaemon::turnOff(const api::ProfileId& id) {
    steps.erase(id);
    if (api::Connection* where = connection(id)) {
        where->state = ConnectionState::Off;
        where->since.reset();
        where->step = {};
        where->failure.reset();
        where->problems.clear();
        where->checklist.clear();
        where->peerCount = 0;
    }
    tellState();
}

}  // namespace weft::tests
