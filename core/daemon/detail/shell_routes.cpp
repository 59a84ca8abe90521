// SPDX-License-Identifier: Apache-2.0
// Which routes of the mesh connections of both kinds use, and what leaves the host besides.
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/detail/route_offers.h"
#include "core/mesh/network/exits.h"
#include "core/services/link/known_places.h"

#include <set>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
using local::Route;

void say(Route& route, Route::State state, std::string text = {}) {
    route.set_state(state);
    route.set_text(std::move(text));
}

/// What the host made of a route that it was asked for.
void sayOfHost(Route& route, const TunnelHost& host, const net::IpPrefix& network) {
    if (const auto* problem = host.problemOf(network)) {
        say(route, Route::STATE_OVERLAPS, textOf(*problem));
    } else if (host.isAsked(network)) {
        say(route, Route::STATE_IN_USE);
    } else {
        say(route, Route::STATE_UNUSED, "The mesh leads this node there by no way at the moment.");
    }
}

/// False: nothing was said that keeps it from being used.
bool sayOfConsent(Route& route, ConsentState state) {
    switch (state) {
    case ConsentState::Refused:
        say(route, Route::STATE_REFUSED, "Somebody here has said no to it.");
        return true;
    case ConsentState::KeyChanged:
        say(route,
            Route::STATE_KEY_CHANGED,
            "It was agreed to for another key of the node: make sure that it is still the same "
            "machine, and agree again.");
        return true;
    case ConsentState::Unasked:
        if (route.needs_consent()) {
            say(route, Route::STATE_ASKED, "Nobody here has agreed to it yet.");
            return true;
        }
        return false;
    case ConsentState::Agreed:
        break;
    }
    return false;
}

Route rowOf(const net::IpPrefix& network) {
    Route route;
    route.set_cidr(network.toString());
    route.set_is_default(network.isDefaultRoute());
    route.set_needs_consent(needsConsent(network));
    return route;
}

}  // namespace

void ConnectionShell::followConsents() {
    const auto known = rules();
    if (registry() == nullptr || !known || !std::exchange(offersAreOld_, false)) {
        return;
    }
    const bool differs =
        consents_.setOffers(askedOffers(*registry(), known->groups(), selfId(), consents_));
    if (std::exchange(consentsAreOld_, false) || differs) {
        tunnel_->setConsents(consents_);
    }
    tunnel_->setKept(keptAddresses());
    keepLocked();
}

void ConnectionShell::setConsents(std::vector<local::RouteConsent> consents) {
    onLoop([this, consents = std::move(consents)] {
        takeConsents(consents);
        noteChange();
    });
}

void ConnectionShell::takeConsents(const std::vector<local::RouteConsent>& consents) {
    auto all = consents;
    for (const auto& each : spec_.options.mesh.agreedRoutes) {
        all.emplace_back().set_cidr(each.masked().toString());
    }
    if (consents_.setConsents(all)) {
        consentsAreOld_ = true;
        offersAreOld_ = true;
    }
}

std::vector<net::IpAddress> ConnectionShell::keptAddresses() const {
    std::set<net::IpAddress> kept;
    for (const auto& each : spec_.options.mesh.joinAddresses) {
        if (const auto address = net::IpAddress::parse(each.host); address.ok()) {
            kept.insert(*address);
        }
    }
    if (joinNames_) {
        const auto addresses = joinNames_->addresses();
        kept.insert(addresses.begin(), addresses.end());
    }
    // And by what they say of themselves.
    const auto known = servers();
    std::set<storage::NodeId> nodes(known.voters.begin(), known.voters.end());
    if (known.leader) {
        nodes.insert(*known.leader);
    }
    for (const auto& each : nodes) {
        const auto* record =
            registry() == nullptr || each == selfId() ? nullptr : registry()->node(each);
        if (record == nullptr) {
            continue;
        }
        if (const auto address = net::IpAddress::parse(record->primaryEndpoint); address.ok()) {
            kept.insert(*address);
        }
    }
    return {kept.begin(), kept.end()};
}

void ConnectionShell::watchJoinNames() {
    if (tunnels_ == nullptr) {
        return;
    }
    std::vector<std::string> hosts;
    for (const auto& each : spec_.options.mesh.joinAddresses) {
        hosts.push_back(each.host);
    }
    joinNames_ = std::make_unique<JoinNames>(JoinNames::Parts{
        .loop = *loop_,
        .hosts = std::move(hosts),
        .file = spec_.folder / kJoinNamesFile,
        .lookUp =
            [](const std::string& host) {
                return services::lookUpHost(host, kMostAddressesOfName);
            },
        .changed =
            [this] {
                if (tunnel_) {
                    tunnel_->setKept(keptAddresses());
                }
                keepLocked();
            }});
    joinNames_->lookUp();
}

std::optional<net::IpAddress> ConnectionShell::knownPlace(const std::string& name) {
    if (!lockdown_.isWanted() || !joinNames_) {
        return std::nullopt;
    }
    joinNames_->lookUp();
    return joinNames_->next(name);
}

void ConnectionShell::setLockdown(bool wanted) {
    onLoop([this, wanted] {
        if (!silent_) {
            lockdown_.want(wanted);
            keepLocked();
            noteChange();
        }
    });
}

void ConnectionShell::keepLocked() {
    // Names are looked up before nobody can be asked any more.
    if (lockdown_.isWanted() && joinNames_ && joinNames_->isSettled()) {
        lockdown_.keep(lockWishes());
    }
}

platform::LockWishes ConnectionShell::lockWishes() const {
    platform::LockWishes wishes{keptAddresses()};
    const auto& dns = spec_.options.services.meshdns;
    if ((dns.enabled || spec_.options.mesh.useMeshDns) && !dns.disableForwarding) {
        // Whom somebody named for this. By an exit they are asked through the tunnel all the same.
        for (const auto& each : dns.forwarders) {
            wishes.kept.push_back(each.address);
        }
    }
    if (registry() != nullptr) {
        for (const auto& network : {registry()->networkIpv4(), registry()->networkIpv6()}) {
            if (network && !network->isDefaultRoute()) {
                wishes.networks.push_back(network->masked());
            }
        }
    }
    return wishes;
}

void ConnectionShell::routes(Callback<local::ListRoutesResponse> done) {
    onLoop([this, done = std::move(done)] { done(routesNow()); });
}

StatusOr<local::ListRoutesResponse> ConnectionShell::routesNow() const {
    const auto known = rules();
    if (registry() == nullptr || !known || !tunnel_) {
        return tunnel_ ? unavailable("the mesh has not been read yet")
                       : failedPrecondition("this connection has no tunnel");
    }
    local::ListRoutesResponse answer;
    const auto& host = tunnel_->host();
    for (const auto& network : {registry()->networkIpv4(), registry()->networkIpv6()}) {
        if (network && network->length() > 0) {
            auto& route = *answer.add_routes() = rowOf(network->masked());
            route.set_needs_consent(false);
            sayOfHost(route, host, network->masked());
        }
    }
    for (const auto& offer : listedOffers(*registry(), known->groups(), selfId())) {
        auto& route = *answer.add_routes() = rowOf(offer.network);
        route.set_node_id(offer.node.value());
        route.set_public_key(offer.key.toString());
        describeOffer(offer, route);
    }
    for (const auto& network :
         mesh::network::networksBehind(selfId(), *registry(), known->groups())) {
        auto& route = *answer.add_routes() = rowOf(network);
        route.set_node_id(selfId().value());
        route.set_needs_consent(false);
        if (const auto* problem = host.problemOf(network)) {
            say(route, Route::STATE_NOT_OFFERED, textOf(*problem));
        } else if (host.isOffered(network)) {
            say(route, Route::STATE_OFFERED);
        } else {
            say(route,
                Route::STATE_NOT_OFFERED,
                "The configuration of this node does not offer it (mesh.routes).");
        }
    }
    return answer;
}

void ConnectionShell::describeOffer(const RouteOffer& offer, Route& route) const {
    if (sayOfConsent(route, consents_.stateOf(offer))) {
        return;
    }
    const auto& host = tunnel_->host();
    if (isDefaultLike(offer.network)) {
        const auto* node = tunnel_->defaultOf(offer.network);
        if (node == nullptr) {
            say(route,
                Route::STATE_UNUSED,
                "This node has no edge to who offers it, and the mesh may lead there by others that "
                "nobody has agreed to.");
            return;
        }
        const auto* record = registry()->node(*node);
        const bool isPeer = record != nullptr && registry()->edge(selfId(), offer.node) != nullptr;
        if (*node != offer.node && isPeer) {
            say(route, Route::STATE_UNUSED, fmt::format("{} is used for it.", node->value()));
            return;
        }
    }
    sayOfHost(route, host, offer.network);
}

}  // namespace weft::daemon
