// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_diagnosis.h"

#include <algorithm>
#include <utility>

namespace weft::tests {
namespace {

constexpr std::uint32_t kHopLimit = 64;
constexpr std::uint32_t kDifferentTimes = 5;

/// "172.16.0.2/32" without its length.
std::string hostOf(const std::string& prefix) {
    return prefix.substr(0, prefix.find('/'));
}

const api::Peer* find(const std::vector<api::Peer>& peers, const std::string& target) {
    const auto found = std::ranges::find_if(peers, [&target](const api::Peer& peer) {
        return peer.id == target || hostOf(peer.addressIpv4) == target
               || hostOf(peer.addressIpv6) == target;
    });
    return found == peers.end() ? nullptr : &*found;
}

api::PathFamily familyOf(
    api::AddressFamily family, const std::string& own, const std::string& other) {
    const bool isUsable = !own.empty() && !other.empty();
    return {
        family,
        hostOf(own),
        hostOf(other),
        isUsable,
        isUsable ? api::PathReason::None : api::PathReason::NoCommonFamily};
}

/// A member that is a neighbour goes directly, another one over the first neighbour that answers.
api::PathExplanation pathTo(
    const std::vector<api::Peer>& peers, const api::Peer& peer, WallTime now) {
    const auto isFresh = [now](const api::Peer& each) {
        return each.tunnel
               && api::freshnessOf(each.tunnel->lastHandshake, now) == api::Freshness::Fresh;
    };
    api::PathExplanation path;
    path.nodeId = peer.id;
    const auto self = std::ranges::find_if(peers, &api::Peer::isSelf);
    if (self != peers.end()) {
        path.families = {
            familyOf(api::AddressFamily::Ipv4, self->addressIpv4, peer.addressIpv4),
            familyOf(api::AddressFamily::Ipv6, self->addressIpv6, peer.addressIpv6)};
    }
    const auto relay = std::ranges::find_if(
        peers, [&](const api::Peer& each) { return each.isNeighbour && isFresh(each); });
    const bool isDirect = peer.isNeighbour && peer.tunnel;
    if (!isDirect && relay == peers.end()) {
        path.reason = api::PathReason::NoWay;
        path.summary = "No edges lead to " + peer.id + " over nodes that both ends may reach.";
        path.remedy = "Have an administrator put an edge between the two: \"weftctl put edge\".";
        return path;
    }
    const api::Peer& first = isDirect ? peer : *relay;
    path.works = isFresh(first);
    path.reason = path.works ? api::PathReason::None : api::PathReason::HandshakeTimeout;
    path.lastHandshake = first.tunnel->lastHandshake;
    path.hops.push_back({first.id, first.tunnel->endpoint});
    if (isDirect) {
        path.summary = path.works ? "Packets go to " + peer.id + " directly."
                                  : peer.id + " was called and does not answer.";
        path.remedy = path.works ? "" : "Check that the other node runs.";
    } else {
        path.hops.push_back({peer.id, peer.primaryEndpoint});
        path.summary = "Packets go to " + peer.id + " over " + first.id + ", 2 nodes in all.";
    }
    path.alternatives.push_back(
        {api::PathKind::Direct,
         {},
         isDirect,
         isDirect ? api::PathReason::None : api::PathReason::NotConnected,
         isDirect ? "" : "there is no edge between " + peer.id + " and this node",
         isDirect ? "" : "Have an administrator put an edge between the two."});
    path.alternatives.push_back(
        {api::PathKind::Endpoint,
         first.tunnel->endpoint,
         path.works,
         path.reason,
         path.works ? "it answers" : "no answer to a handshake",
         ""});
    path.alternatives.push_back(
        {api::PathKind::Endpoint,
         "[2001:db8::14]:51820",
         false,
         api::PathReason::NoCommonFamily,
         "this host has no IPv6 address",
         "Give both ends an address of the same family."});
    return path;
}

}  // namespace

void FakeDiagnosis::explainPath(
    const api::ProfileId& id, const std::string& node, Callback<api::PathExplanation> done) {
    core_->answer<StatusOr<api::PathExplanation>>(
        FakeCall::ExplainPath,
        std::move(done),
        [core = core_.get(), id, node]() -> StatusOr<api::PathExplanation> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            const auto& peers = core->scene.peers[id];
            const auto* peer = find(peers, node);
            if (peer == nullptr) {
                return notFound("no node of this mesh is called {}", node);
            }
            if (peer->isSelf) {
                return invalidArgument("{} is this node itself", node);
            }
            return pathTo(peers, *peer, core->now());
        });
}

void FakeDiagnosis::checkNetwork(
    const api::ProfileId& id, Callback<std::vector<api::NetworkCheck>> done) {
    using Checks = std::vector<api::NetworkCheck>;
    core_->answer<StatusOr<Checks>>(
        FakeCall::CheckNetwork, std::move(done), [core = core_.get(), id]() -> StatusOr<Checks> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            using api::CheckState;
            return Checks{
                {"udp",
                 CheckState::Ok,
                 "Handshakes with 3 of 5 peers in the last three minutes",
                 ""},
                {"endpoints",
                 CheckState::Warn,
                 "Others are told of no place where this node can be called",
                 "It works as long as this node can call them. Otherwise give the profile an "
                 "endpoint."},
                {"ipv4", CheckState::Ok, "192.0.2.14", ""},
                {"ipv6", CheckState::Off, "This host has no IPv6 address outside the mesh", ""},
                {"leader", CheckState::Ok, "This node keeps the mesh", ""},
                {"mtu", CheckState::Ok, "1420 bytes through weft0", ""},
            };
        });
}

void FakeDiagnosis::nameService(const api::ProfileId& id, Callback<api::NameService> done) {
    core_->answer<StatusOr<api::NameService>>(
        FakeCall::NameService,
        std::move(done),
        [core = core_.get(), id]() -> StatusOr<api::NameService> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            api::NameService names;
            names.domain = "home.internal.";
            names.server = "172.16.0.1:53";
            names.nodes = 6;
            names.nodesWithoutName = 1;
            names.askedAt = core->now();
            names.answers = true;
            names.hostAsks = true;
            names.way = api::ResolverWay::Link;
            names.queries = 41;
            names.dropped = 2;
            return names;
        });
}

void FakeDiagnosis::lookUpName(
    const api::ProfileId& id, const api::NameQuestion& question, Callback<api::NameAnswer> done) {
    core_->answer<StatusOr<api::NameAnswer>>(
        FakeCall::LookUpName,
        std::move(done),
        [core = core_.get(), id, question]() -> StatusOr<api::NameAnswer> {
            WEFT_RETURN_IF_ERROR(core->checkInMesh(id));
            const bool isIpv6 = question.type == "AAAA" || question.type == "aaaa";
            api::NameAnswer answer;
            answer.name = question.name + ".home.internal.";
            answer.type = isIpv6 ? "AAAA" : "A";
            answer.server = "172.16.0.1:53";
            answer.took = std::chrono::milliseconds(3);
            answer.result = "NOERROR";
            const auto* peer = find(core->scene.peers[id], question.name);
            if (peer != nullptr) {
                answer.records.push_back(
                    {answer.name,
                     1,
                     answer.type,
                     hostOf(isIpv6 ? peer->addressIpv6 : peer->addressIpv4)});
            } else if (question.name != "empty") {
                answer.result = "NXDOMAIN";
            }
            return answer;
        });
}

Subscription FakeDiagnosis::ping(
    const api::ProfileId& id,
    const api::PingQuestion& question,
    std::function<void(const api::PingUpdate&)> told,
    StatusCallback ended) {
    auto run = std::make_shared<Run>();
    run->watcher =
        std::make_shared<FakeWatcher>(FakeWatcher::Ping{std::move(told), std::move(ended)});
    run->question = question;
    {
        const base::MutexLock lock(core_->mutex);
        core_->calls.push_back(FakeCall::Ping);
    }
    core_->loop->post([this, id, run] {
        core_->watchers.push_back(run->watcher);
        if (const Status begun = begin(id, run); !begun.ok()) {
            end(run, begun);
        }
    });
    return Subscription(
        [watcher = run->watcher, loop = core_->loop] { watcher->cancel(loop->isCurrent()); });
}

Status FakeDiagnosis::begin(const api::ProfileId& id, const std::shared_ptr<Run>& run) {
    WEFT_RETURN_IF_ERROR(core_->check(FakeCall::Ping));
    WEFT_RETURN_IF_ERROR(core_->checkInMesh(id));
    const auto* peer = find(core_->scene.peers[id], run->question.target);
    if (peer == nullptr) {
        return notFound("no node of this mesh is called {}", run->question.target);
    }
    if (peer->isSelf) {
        return invalidArgument("{} is this node itself", peer->id);
    }
    const auto& address =
        run->question.family == api::AddressFamily::Ipv6 ? peer->addressIpv6 : peer->addressIpv4;
    if (address.empty()) {
        return failedPrecondition("{} has no such address in this mesh", peer->id);
    }
    run->answers =
        peer->tunnel
        && api::freshnessOf(peer->tunnel->lastHandshake, core_->now()) == api::Freshness::Fresh;
    const api::PingStart start{
        peer->id,
        hostOf(address),
        run->answers ? "" : peer->id + " has not answered a handshake lately"};
    const auto& ping = std::get<FakeWatcher::Ping>(run->watcher->changed);
    run->watcher->call([&] { ping.told(start); });
    runs_.emplace(run.get(), run);
    step(run);
    return okStatus();
}

void FakeDiagnosis::step(const std::shared_ptr<Run>& run) {
    if (run->watcher->isCancelled() || core_->closing) {
        runs_.erase(run.get());
        return;
    }
    if (core_->scene.link == api::LinkState::Lost) {
        end(run, unavailable("the background service does not answer"));
        return;
    }
    ++run->sequence;
    const auto time = kRoundTrip + kRoundTripStep * (run->sequence % kDifferentTimes);
    const api::PingUpdate update =
        run->answers
            ? api::PingUpdate(api::PingReply{run->sequence, time, kHopLimit})
            : api::PingUpdate(api::PingLoss{run->sequence, api::PingLossReason::Timeout, {}});
    const auto& ping = std::get<FakeWatcher::Ping>(run->watcher->changed);
    run->watcher->call([&] { ping.told(update); });
    if (run->question.count != 0 && run->sequence >= run->question.count) {
        end(run, okStatus());
        return;
    }
    run->timer = core_->loop->after(run->question.interval, [this, weak = std::weak_ptr<Run>(run)] {
        if (const auto alive = weak.lock()) {
            step(alive);
        }
    });
}

void FakeDiagnosis::end(const std::shared_ptr<Run>& run, const Status& status) {
    const auto& ping = std::get<FakeWatcher::Ping>(run->watcher->changed);
    run->watcher->call([&] { ping.ended(status); });
    std::erase(core_->watchers, run->watcher);
    runs_.erase(run.get());
}

}  // namespace weft::tests
