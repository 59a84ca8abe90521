// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/route_consents.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace weft::daemon {
namespace {

using Messages = google::protobuf::RepeatedPtrField<RouteConsents::Message>;

template <typename Value>
bool replace(Value& before, Value now) {
    if (before == now) {
        return false;
    }
    before = std::move(now);
    return true;
}

template <typename IsMeant>
bool eraseIf(Messages& consents, const IsMeant& isMeant) {
    const auto end = std::remove_if(consents.begin(), consents.end(), isMeant);
    const bool some = end != consents.end();
    consents.erase(end, consents.end());
    return some;
}

/// Whether the mesh leads to `network` by this peer.
bool leads(const mesh::WireGuardPeer& peer, const net::IpPrefix& network) {
    const auto has = [&network](const std::vector<net::IpPrefix>& list) {
        return std::ranges::any_of(
            list, [&network](const net::IpPrefix& each) { return each.masked() == network; });
    };
    return has(peer.allowedIps) || has(peer.allowedRoutes);
}

}  // namespace

bool isDefaultLike(const net::IpPrefix& network) {
    constexpr int kHalf = 1;
    return network.length() <= kHalf;
}

bool needsConsent(const net::IpPrefix& network) {
    static const std::array kPrivate = {
        net::IpPrefix(net::IpAddress::v4(0x0A000000), 8),
        net::IpPrefix(net::IpAddress::v4(0xAC100000), 12),
        net::IpPrefix(net::IpAddress::v4(0xC0A80000), 16),
        net::IpPrefix(net::IpAddress::v4(0x64400000), 10),
        net::IpPrefix(net::IpAddress::v6({0xFC}), 7)};
    return std::ranges::none_of(
        kPrivate, [&network](const net::IpPrefix& each) { return each.contains(network); });
}

bool RouteConsents::setConsents(const std::vector<Message>& consents) {
    std::vector<Consent> now;
    for (const auto& each : consents) {
        if (const auto network = net::IpPrefix::parse(each.cidr()); network.ok()) {
            now.push_back({network->masked(), each.node_id(), each.public_key(), each.refused()});
        }
    }
    return replace(consents_, std::move(now));
}

bool RouteConsents::setOffers(std::vector<RouteOffer> offers) {
    return replace(offers_, std::move(offers));
}

bool RouteConsents::isAsked(const net::IpPrefix& network) const {
    return needsConsent(network)
           || std::ranges::find(consents_, network, &Consent::network) != consents_.end();
}

ConsentState RouteConsents::stateOf(const RouteOffer& offer) const {
    auto state = ConsentState::Unasked;
    for (const auto& each : consents_) {
        if (each.network != offer.network) {
            continue;
        }
        const bool isHis = each.node == offer.node.value();
        // What was said of the node itself counts, whatever was said of all.
        if (!isHis && (!each.node.empty() || state != ConsentState::Unasked)) {
            continue;
        }
        if (each.refused) {
            state = ConsentState::Refused;
        } else {
            state = each.key.empty() || each.key == offer.key.toString() ? ConsentState::Agreed
                                                                         : ConsentState::KeyChanged;
        }
        if (isHis) {
            return state;
        }
    }
    return state;
}

bool RouteConsents::isAgreed(const net::IpPrefix& network) const {
    bool isOffered = false;
    for (const auto& each : offers_) {
        if (each.network != network) {
            continue;
        }
        if (stateOf(each) != ConsentState::Agreed) {
            return false;
        }
        isOffered = true;
    }
    return isOffered;
}

std::map<net::IpPrefix, storage::NodeId> RouteConsents::defaults(const mesh::PeerSet& peers) const {
    std::map<net::IpPrefix, storage::NodeId> chosen;
    const auto find = [&peers](const auto& isMeant) {
        const auto found = std::ranges::find_if(peers.peers, isMeant);
        return found == peers.peers.end() ? nullptr : &*found;
    };
    for (const auto& offer : offers_) {
        if (!isDefaultLike(offer.network) || chosen.contains(offer.network)
            || stateOf(offer) != ConsentState::Agreed) {
            continue;
        }
        if (find([&offer](const auto& peer) { return peer.node.id == offer.node; }) != nullptr) {
            chosen.emplace(offer.network, offer.node);
        }
    }
    for (const auto& offer : offers_) {
        if (!isDefaultLike(offer.network) || chosen.contains(offer.network)
            || !isAgreed(offer.network)) {
            continue;
        }
        const auto* const way =
            find([&offer](const auto& peer) { return leads(peer, offer.network); });
        if (way != nullptr) {
            chosen.emplace(offer.network, way->node.id);
        }
    }
    return chosen;
}

std::vector<net::IpPrefix> RouteConsents::agreed() const {
    std::set<net::IpPrefix> networks;
    for (const auto& each : consents_) {
        if (each.refused) {
            continue;
        }
        const bool isOffered =
            std::ranges::find(offers_, each.network, &RouteOffer::network) != offers_.end();
        if (isOffered ? isAgreed(each.network) : each.node.empty()) {
            networks.insert(each.network);
        }
    }
    return {networks.begin(), networks.end()};
}

std::vector<RouteOffer> RouteConsents::unanswered() const {
    std::vector<RouteOffer> result;
    std::ranges::copy_if(offers_, std::back_inserter(result), [this](const RouteOffer& each) {
        const auto state = stateOf(each);
        return needsConsent(each.network)
               && (state == ConsentState::Unasked || state == ConsentState::KeyChanged);
    });
    return result;
}

Status addConsent(Messages& consents, const RouteConsents::Message& consent) {
    const bool isForAll = consent.refused() && consent.node_id().empty();
    auto rest = consents;
    eraseIf(rest, [&](const auto& each) {
        return each.cidr() == consent.cidr() && (isForAll || each.node_id() == consent.node_id());
    });
    if (rest.size() >= kMostRouteConsents) {
        return resourceExhausted(
            "{} answers to routes are kept for this mesh already: take one back with \"weftctl routes "
            "forget\"",
            kMostRouteConsents);
    }
    *rest.Add() = consent;
    consents = std::move(rest);
    return okStatus();
}

bool forgetConsent(Messages& consents, const std::string& cidr, const std::string& node) {
    return eraseIf(consents, [&](const auto& each) {
        return each.cidr() == cidr && (node.empty() || each.node_id() == node);
    });
}

}  // namespace weft::daemon
