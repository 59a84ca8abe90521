// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/network_answers.h"

#include "core/api/types.h"
#include "core/daemon/detail/network_report.h"
#include "core/daemon/detail/path_explanation.h"
#include "core/daemon/detail/ping_target.h"
#include "core/mesh/network/network.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

}  // namespace

Subscription NetworkAnswers::ping(
    const local::PingRequest& request,
    std::function<void(const local::PingUpdate&)> told,
    StatusCallback ended) {
    const auto number = nextNumber_.fetch_add(1);
    Begun begun{
        .number = number, .request = request, .told = std::move(told), .ended = std::move(ended)};
    parts_.loop->post([this, begun = std::move(begun)] {
        if (const Status status = begin(begun); !status.ok()) {
            pings_.erase(begun.number);
            begun.ended(status);
        }
    });
    return Subscription([this, number, loop = std::weak_ptr(parts_.loop)] {
        if (const auto alive = loop.lock()) {
            // A loop that has stopped does not run this, so that `this` is used while it lives.
            alive->post([this, number] { pings_.erase(number); });
        }
    });
}

Status NetworkAnswers::begin(const Begun& begun) {
    const auto* records = parts_.registry();
    const auto rules = parts_.rules();
    auto* tunnel = parts_.tunnel();
    if (closed_ || records == nullptr || !rules) {
        return unavailable("the mesh has not been read yet");
    }
    if (tunnel == nullptr) {
        return failedPrecondition("this node takes part without a tunnel: nothing can be sent");
    }
    if (pings_.size() >= kMostPings) {
        return resourceExhausted("{} pings are under way in this mesh already", pings_.size());
    }
    WEFT_ASSIGN_OR_RETURN(const auto plan, PingPlan::of(begun.request));
    WEFT_ASSIGN_OR_RETURN(
        const auto target, pingTarget(*records, *rules, parts_.self, begun.request));
    if (tunnel->peerFor(target.address) == nullptr) {
        return unavailable(
            "no way leads to {} ({}) at the moment",
            target.node.value(),
            target.address.toString());
    }
    auto& run =
        *pings_
             .emplace(
                 begun.number,
                 std::make_unique<PingRun>(
                     *parts_.loop,
                     plan,
                     begun.told,
                     [this, begun](const Status& status) {
                         begun.ended(status);
                         // It is this very run that calls.
                         parts_.loop->post([this, number = begun.number] { pings_.erase(number); });
                     }))
             .first->second;
    WEFT_ASSIGN_OR_RETURN(
        auto socket,
        tunnel->openEcho(
            parts_.loop->context(), target.address, [&run](const platform::EchoAnswer& answer) {
                run.onAnswer(answer);
            }));
    local::PingUpdate update;
    auto* start = update.mutable_start();
    start->set_node_id(target.node.value());
    start->set_address(target.address.toString());
    start->set_doubt(doubtOf(target.node));
    begun.told(update);
    run.start(std::move(socket));
    return okStatus();
}

std::string NetworkAnswers::doubtOf(const storage::NodeId& node) const {
    const auto* peer = parts_.tunnel()->statisticsOf(node);
    if (peer == nullptr) {
        return {};
    }
    const auto now = parts_.loop->clock().wallNow();
    switch (api::freshnessOf(peer->lastHandshake, now)) {
    case api::Freshness::Fresh:
        return {};
    case api::Freshness::Never:
        return fmt::format(
            "{} has not answered a handshake since the interface came up", node.value());
    case api::Freshness::Stale:
    case api::Freshness::Gone:
        break;
    }
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(now - *peer->lastHandshake).count();
    return fmt::format("the last handshake with {} was {} min ago", node.value(), minutes);
}

void NetworkAnswers::withFigures(std::function<void(const Figures&)> work) {
    auto* tunnel = parts_.tunnel();
    if (tunnel == nullptr) {
        work(std::nullopt);
        return;
    }
    tunnel->statistics([work = std::move(work)](const StatusOr<TunnelStatistics>& now) {
        work(now.ok() ? Figures(*now) : std::nullopt);
    });
}

void NetworkAnswers::explainPath(std::string node, Callback<local::PathExplanation> done) {
    parts_.loop->post([this, node = std::move(node), done = std::move(done)] {
        withFigures([this, node, done](const Figures& figures) { done(explained(node, figures)); });
    });
}

StatusOr<local::PathExplanation> NetworkAnswers::explained(
    const std::string& node, const Figures& figures) const {
    const auto* records = parts_.registry();
    const auto* mirror = parts_.mirror();
    if (closed_ || records == nullptr || mirror == nullptr) {
        return unavailable("the mesh has not been read yet");
    }
    WEFT_ASSIGN_OR_RETURN(const auto end, pathEnd(*records, parts_.self, node));
    const auto rules = mirror->current();
    PathFacts facts{
        .registry = *records,
        .rules = *rules,
        .self = parts_.self,
        .trace = mesh::network::Network(*records, *mirror).trace(parts_.self, end),
        .hasTunnel = figures.has_value(),
        .now = parts_.loop->clock().wallNow()};
    for (const auto& address : addressesOutside()) {
        facts.underlay.insert(address.family());
    }
    if (const auto* direct = parts_.direct()) {
        const auto* offer = direct->wayTo(end);
        facts.offer = offer == nullptr ? std::nullopt : std::optional(*offer);
        facts.hasAllOffers = direct->knowsAll();
    }
    const auto* record = records->node(end);
    const auto& address = record->privateIpv4 ? record->privateIpv4 : record->privateIpv6;
    const auto* tunnel = parts_.tunnel();
    const auto* peer = figures && address ? tunnel->peerFor(address->address()) : nullptr;
    if (peer != nullptr) {
        const auto found = std::ranges::find(figures->peers, peer->key, &TunnelPeerStatistics::key);
        facts.first = FirstHop{
            .peer = *peer,
            .figures = found == figures->peers.end() ? std::nullopt : std::optional(*found)};
    }
    facts.isAnybodyThere =
        figures && std::ranges::any_of(figures->peers, [](const TunnelPeerStatistics& each) {
            return each.lastHandshake.has_value();
        });
    return weft::daemon::explainPath(facts, end);
}

void NetworkAnswers::checkNetwork(Callback<local::NetworkReport> done) {
    parts_.loop->post([this, done = std::move(done)] {
        withFigures([this, done](const Figures& figures) { done(report(figures)); });
    });
}

local::NetworkReport NetworkAnswers::report(const Figures& figures) const {
    NetworkFacts facts{
        .state = parts_.state(),
        .tunnel = figures,
        .addresses = addressesOutside(),
        .now = parts_.loop->clock().wallNow()};
    const auto* records = parts_.registry();
    const auto* own = records == nullptr ? nullptr : records->node(parts_.self);
    if (own != nullptr) {
        facts.endpoints = own->wireguardEndpoints;
    }
    if (const auto* tunnel = parts_.tunnel()) {
        facts.problems = tunnel->hostProblems();
        facts.offersNetworks = tunnel->offersNetworks();
    }
    return networkReport(facts);
}

std::vector<net::IpAddress> NetworkAnswers::addressesOutside() const {
    std::vector<net::IpAddress> addresses;
    for (const auto& each : parts_.outward()) {
        addresses.push_back(each.address.address());
    }
    const auto* records = parts_.registry();
    if (records != nullptr) {
        for (const auto& network : {records->networkIpv4(), records->networkIpv6()}) {
            std::erase_if(addresses, [&network](const net::IpAddress& address) {
                return network && network->contains(address);
            });
        }
    }
    return addresses;
}

void NetworkAnswers::nameService(Callback<local::NameService> done) {
    parts_.loop->post([this, done = std::move(done)] { done(names_.service()); });
}

void NetworkAnswers::lookUpName(
    const local::LookUpNameRequest& request, Callback<local::NameAnswer> done) {
    parts_.loop->post([this, request, done = std::move(done)] {
        if (closed_) {
            done(unavailable("the connection to the mesh ends"));
        } else {
            names_.lookUp(request, done);
        }
    });
}

void NetworkAnswers::close() {
    closed_ = true;
    names_.close();
    for (const auto& [number, run] : std::exchange(pings_, {})) {
        run->end(cancelled("the connection to the mesh ends"));
    }
}

}  // namespace weft::daemon
