// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/residents.h"

#include "core/base/log.h"

#include <utility>

namespace weft::daemon::sandbox {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("sandbox");
    return logger;
}

mesh::JoinParams paramsOf(const SimulatedNode& node) {
    mesh::JoinParams params;
    params.id = node.id;
    params.publicKey = node.key;
    params.zone = node.zone;
    params.routes = node.routes;
    params.wireguardEndpoints = {node.inside.toString()};
    if (node.isPublic()) {
        params.primaryEndpoint = node.outside.address.toString();
    }
    return params;
}

mesh::Caller callerOf(const mesh::NodeId& id) {
    return {.proof = mesh::Caller::Proof::Certificate, .identity = id, .source = "sandbox"};
}

}  // namespace

Residents::Residents(const OpenMesh& mesh, std::shared_ptr<World> world, StatusCallback settled)
    : mesh_(mesh)
    , world_(std::move(world))
    , settled_(std::move(settled))
    , network_(mesh.host.registry(), mesh.host.policy()) {
    for (auto& each : startingRules(world_->plan())) {
        changes_.push_back(std::move(each));
    }
    world_->setWays([this](const net::IpAddress& target) { return wayTo(target); });
    change(rightsToJoin(world_->plan()), [this] { joinFrom(1); });
}

Residents::~Residents() {
    world_->setWays(nullptr);
}

StatusCallback Residents::whenDone(std::function<void()> then) {
    return
        [this, alive = std::weak_ptr<bool>(alive_), then = std::move(then)](const Status& status) {
            if (alive.expired()) {
                return;
            }
            if (status.ok()) {
                then();
            } else {
                fail(status);
            }
        };
}

void Residents::fail(const Status& status) {
    log().error("sandbox not filled reason={}", messageOf(status));
    settled_(status);
}

void Residents::joinFrom(std::size_t number) {
    const auto& nodes = world_->plan().nodes;
    if (number == nodes.size()) {
        changeNext();
        return;
    }
    const auto next = whenDone([this, number] { joinFrom(number + 1); });
    mesh_.host.join(
        paramsOf(nodes[number]),
        callerOf(nodes[number].id),
        [next, id = nodes[number].id](const StatusOr<mesh::JoinGrant>& grant) {
            next(annotate(grant.status(), "{} joining", id.value()));
        });
}

void Residents::changeNext() {
    if (changes_.empty()) {
        live();
        return;
    }
    const auto next = std::move(changes_.front());
    changes_.pop_front();
    change(next, [this] { changeNext(); });
}

void Residents::change(const RuleChange& change, std::function<void()> then) {
    auto edits = editsOf(change, mesh::changes::PolicySet::of(mesh_.host.registry()));
    if (edits.empty()) {
        then();
        return;
    }
    const auto next = whenDone(std::move(then));
    mesh_.changes.apply(
        std::move(edits),
        change.note,
        std::chrono::seconds(0),
        {.proof = mesh::Caller::Proof::Process,
         .identity = mesh_.host.selfId(),
         .source = "sandbox"},
        [next, note = change.note](const StatusOr<mesh::AppliedChange>& applied) {
            next(annotate(applied.status(), "{}", note));
        });
}

void Residents::live() {
    for (const auto& node : world_->plan().nodes) {
        // This node has a tunnel of its own to tell of.
        if (node.id != mesh_.host.selfId()) {
            tellers_.push_back(std::make_unique<EffectTeller>(EffectTeller::Parts{
                .loop = mesh_.loop, .host = mesh_.host, .world = *world_, .node = node}));
        }
        if (node.seeksDirectWays) {
            seekers_.push_back(std::make_unique<DirectSeeker>(DirectSeeker::Parts{
                .loop = mesh_.loop, .host = mesh_.host, .world = *world_, .node = node}));
        }
    }
    records_ = mesh_.host.registry().onChange(
        [this](const storage::Registry::Change& change) { noteRecords(change); });
    look();
    settled_(okStatus());
}

void Residents::noteRecords(const storage::Registry::Change& change) {
    if (change.everything || change.networkAcls || change.groups || change.routes) {
        for (const auto& teller : tellers_) {
            teller->noteRules();
        }
    }
}

void Residents::look() {
    for (const auto& seeker : seekers_) {
        seeker->look();
    }
    for (const auto& teller : tellers_) {
        teller->look();
    }
    timer_ = mesh_.loop.after(kLookEvery, [this] { look(); });
}

std::vector<mesh::NodeId> Residents::wayTo(const net::IpAddress& target) {
    const auto* node = mesh_.host.registry().nodeByAddress(target);
    if (node == nullptr) {
        return {};
    }
    auto trace = network_.trace(mesh_.host.selfId(), node->id);
    return trace.outcome == mesh::network::Trace::Outcome::Carried ? std::move(trace.path)
                                                                   : std::vector<mesh::NodeId>();
}

}  // namespace weft::daemon::sandbox
