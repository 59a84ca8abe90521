// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/path_explanation.h"

#include "core/api/types.h"
#include "core/base/text.h"
#include "core/daemon/detail/relay_words.h"
#include "core/daemon/detail/state_lines.h"
#include "core/mesh/policy/explain.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace policy = mesh::policy;
using local::PathReason;
using mesh::RelayReason;
using mesh::network::Trace;
using net::Family;

const std::optional<net::IpPrefix>& addressOf(const storage::NodeRecord& node, Family family) {
    return family == Family::V4 ? node.privateIpv4 : node.privateIpv6;
}

bool accepts(const policy::DirectionVerdict& direction, Family family) {
    return std::ranges::any_of(direction.families, [family](const auto& verdict) {
        return verdict.family == family && verdict.trace.accepted;
    });
}

PathReason reasonByRules(bool forward, bool backward) {
    if (forward && backward) {
        return local::PATH_REASON_UNSPECIFIED;
    }
    return forward || backward ? local::PATH_REASON_ACL_ONE_SIDED
                               : local::PATH_REASON_DENIED_BY_ACL;
}

/// Where a node says that it can be called.
std::string saidEndpoint(const storage::NodeRecord* node) {
    if (node == nullptr) {
        return {};
    }
    return node->wireguardEndpoints.empty() ? node->primaryEndpoint
                                            : node->wireguardEndpoints.front();
}

/// Where it was called, as others see it and as it says.
std::string placesIn(const mesh::DirectOffer& offer) {
    constexpr std::size_t kMostListed = 4;
    const auto& places = offer.node.wireguardEndpoints;
    const auto count = std::min(places.size(), kMostListed);
    std::string list;
    for (const auto& place : std::span(places).first(count)) {
        list += (list.empty() ? " (at " : ", ") + base::escapeForLine(place);
    }
    return list.empty() ? list : list + ")";
}

/// Makes one explanation.
class Explainer {
public:
    Explainer(const PathFacts& facts, const storage::NodeId& node)
        : facts_(facts), node_(*facts.registry.node(node)) {
        message_.set_node_id(node.value());
        const auto rules =
            policy::explain(facts.registry, facts.rules, facts.self.value(), node.value());
        if (rules.ok()) {
            rules_ = *rules;
        }
    }

    local::PathExplanation make() {
        addFamilies();
        addHops();
        decide();
        addWays();
        addEndpoints();
        return std::move(message_);
    }

private:
    bool isDirect() const { return facts_.trace.path.size() == 2; }
    bool isFresh() const {
        return facts_.first && facts_.first->figures
               && api::freshnessOf(facts_.first->figures->lastHandshake, facts_.now)
                      == api::Freshness::Fresh;
    }
    bool mayForward() const { return rules_ && rules_->forward.accepted; }
    bool mayBackward() const { return rules_ && rules_->backward.accepted; }

    void addFamilies() {
        const auto* self = facts_.registry.node(facts_.self);
        for (const auto family : {Family::V4, Family::V6}) {
            auto* answer = message_.add_families();
            answer->set_family(
                family == Family::V4 ? local::ADDRESS_FAMILY_IPV4 : local::ADDRESS_FAMILY_IPV6);
            const bool hasOwn = self != nullptr && addressOf(*self, family);
            const bool hasOther = addressOf(node_, family).has_value();
            if (hasOwn) {
                answer->set_own_address(addressOf(*self, family)->address().toString());
            }
            if (hasOther) {
                answer->set_address(addressOf(node_, family)->address().toString());
            }
            const auto reason = hasOwn && hasOther ? reasonByRules(
                                    rules_ && accepts(rules_->forward, family),
                                    rules_ && accepts(rules_->backward, family))
                                                   : local::PATH_REASON_NO_COMMON_FAMILY;
            answer->set_reason(reason);
            answer->set_usable(reason == local::PATH_REASON_UNSPECIFIED);
            hasCommonFamily_ = hasCommonFamily_ || (hasOwn && hasOther);
        }
    }

    void addHops() {
        if (facts_.trace.outcome != Trace::Outcome::Carried) {
            return;
        }
        for (std::size_t at = 1; at < facts_.trace.path.size(); ++at) {
            const auto& id = facts_.trace.path[at];
            auto* hop = message_.add_hops();
            hop->set_node_id(id.value());
            const bool isInUse =
                at == 1 && facts_.first && facts_.first->figures && facts_.first->figures->endpoint;
            hop->set_endpoint(
                isInUse ? facts_.first->figures->endpoint->toString()
                        : saidEndpoint(facts_.registry.node(id)));
        }
        if (facts_.first && facts_.first->figures && facts_.first->figures->lastHandshake) {
            setTime(message_.mutable_last_handshake(), *facts_.first->figures->lastHandshake);
        }
    }

    PathReason reason() const {
        if (!hasCommonFamily_) {
            return local::PATH_REASON_NO_COMMON_FAMILY;
        }
        switch (facts_.trace.outcome) {
        case Trace::Outcome::Denied:
            return reasonByRules(mayForward(), mayBackward()) == local::PATH_REASON_ACL_ONE_SIDED
                       ? local::PATH_REASON_ACL_ONE_SIDED
                       : local::PATH_REASON_DENIED_BY_ACL;
        case Trace::Outcome::Unconnected:
            return local::PATH_REASON_NO_WAY;
        case Trace::Outcome::Withheld:
            return local::PATH_REASON_WITHHELD;
        case Trace::Outcome::Carried:
            break;
        }
        return reasonOfTunnel();
    }

    /// The way is known: whether its first part carries.
    PathReason reasonOfTunnel() const {
        if (!facts_.hasTunnel) {
            return local::PATH_REASON_NO_TUNNEL;
        }
        if (isFresh()) {
            return local::PATH_REASON_UNSPECIFIED;
        }
        if (!facts_.first) {
            return local::PATH_REASON_NO_WAY;
        }
        const bool isUnknown = facts_.first->figures && !facts_.first->figures->endpoint;
        if (isUnknown && !facts_.first->peer.endpoint && facts_.first->peer.candidates.empty()) {
            return local::PATH_REASON_NO_PUBLIC_ENDPOINT;
        }
        return facts_.isAnybodyThere ? local::PATH_REASON_HANDSHAKE_TIMEOUT
                                     : local::PATH_REASON_UDP_BLOCKED;
    }

    void decide() {
        const auto why = reason();
        message_.set_reason(why);
        message_.set_works(why == local::PATH_REASON_UNSPECIFIED);
        message_.set_summary(summaryOf(why));
        message_.set_remedy(std::string(remedyFor(why)));
    }

    std::string firstName() const {
        return message_.hops().empty() ? node_.id.value() : message_.hops(0).node_id();
    }

    std::string summaryOf(PathReason why) const {
        switch (why) {
        case local::PATH_REASON_UNSPECIFIED:
            return isDirect() ? fmt::format("Packets go to {} directly.", node_.id.value())
                              : fmt::format(
                                  "Packets go to {} over {}, {} nodes in all.",
                                  node_.id.value(),
                                  firstName(),
                                  message_.hops_size());
        case local::PATH_REASON_NO_COMMON_FAMILY:
            return fmt::format(
                "{} and this node have no family of addresses in common.", node_.id.value());
        case local::PATH_REASON_ACL_ONE_SIDED:
            return fmt::format(
                "The access rules let packets {} alone: a tunnel needs both directions.",
                mayForward() ? fmt::format("to {}", node_.id.value())
                             : fmt::format("from {}", node_.id.value()));
        case local::PATH_REASON_DENIED_BY_ACL:
            return fmt::format(
                "The access rules let no packets through between {} and this node.",
                node_.id.value());
        case local::PATH_REASON_NO_WAY:
            return fmt::format(
                "No edges lead to {} over nodes that both ends may reach.", node_.id.value());
        case local::PATH_REASON_WITHHELD:
            return "Nodes on the way would take another one, so that no way is given out.";
        case local::PATH_REASON_NO_TUNNEL:
            return "This node has no tunnel at the moment.";
        case local::PATH_REASON_NO_PUBLIC_ENDPOINT:
            return fmt::format(
                "{} says of no place where it can be called: it has to call first.", firstName());
        case local::PATH_REASON_UDP_BLOCKED:
            return fmt::format(
                "{} does not answer, nor does any other peer: UDP does not get through.",
                firstName());
        default:
            return fmt::format("{} was called and does not answer.", firstName());
        }
    }

    local::PathAlternative* add(
        local::PathAlternative::Kind kind, bool isInUse, PathReason why, std::string text) {
        auto* way = message_.add_alternatives();
        way->set_kind(kind);
        way->set_in_use(isInUse);
        way->set_reason(why);
        way->set_text(std::move(text));
        way->set_remedy(std::string(remedyFor(why)));
        return way;
    }

    void addWays() {
        const bool hasEdge = facts_.registry.edge(facts_.self, node_.id) != nullptr
                             || facts_.registry.edge(node_.id, facts_.self) != nullptr;
        const bool isCarried = facts_.trace.outcome == Trace::Outcome::Carried;
        if (isCarried && isDirect()) {
            add(local::PathAlternative::KIND_DIRECT, true, local::PATH_REASON_UNSPECIFIED, "");
        } else if (!hasEdge) {
            addWithoutEdge();
        } else {
            const auto byRules = reasonByRules(mayForward(), mayBackward());
            const bool isDenied = byRules != local::PATH_REASON_UNSPECIFIED;
            add(local::PathAlternative::KIND_DIRECT,
                false,
                isDenied ? byRules : local::PATH_REASON_LONGER,
                isDenied ? "the access rules do not allow it"
                         : "the way over other nodes costs less");
        }
        if (isCarried && !isDirect()) {
            add(local::PathAlternative::KIND_OVER_NODES, true, local::PATH_REASON_UNSPECIFIED, "");
        }
    }

    /// Nobody put an edge, and no direct way was found.
    void addWithoutEdge() {
        const auto offered = facts_.offer ? facts_.offer->reason : RelayReason::None;
        if (offered != RelayReason::None && offered != RelayReason::NotWeft) {
            const auto words = relayWords(offered);
            add(local::PathAlternative::KIND_DIRECT,
                false,
                words.reason,
                std::string(words.text) + placesIn(*facts_.offer))
                ->set_remedy(std::string(words.remedy));
            return;
        }
        auto text = fmt::format("there is no edge between {} and this node", node_.id.value());
        if (facts_.hasAllOffers && !facts_.offer && mayForward() && mayBackward()) {
            text += ", and one of the two takes no part in finding direct ways";
        }
        add(local::PathAlternative::KIND_DIRECT,
            false,
            local::PATH_REASON_NOT_CONNECTED,
            std::move(text));
    }

    void addEndpoints() {
        if (!facts_.first) {
            return;
        }
        std::vector<net::Endpoint> places;
        const auto note = [&places](const net::Endpoint& place) {
            if (std::ranges::find(places, place) == places.end()) {
                places.push_back(place);
            }
        };
        const auto& figures = facts_.first->figures;
        const auto inUse = figures ? figures->endpoint : std::nullopt;
        if (inUse) {
            note(*inUse);
        }
        if (facts_.first->peer.endpoint) {
            note(*facts_.first->peer.endpoint);
        }
        std::ranges::for_each(facts_.first->peer.candidates, note);
        for (const auto& place : places) {
            addEndpoint(place, inUse == place);
        }
    }

    void addEndpoint(const net::Endpoint& place, bool isInUse) {
        PathReason why = local::PATH_REASON_UNSPECIFIED;
        std::string text;
        if (isInUse && isFresh()) {
            text = "it answers";
        } else if (!facts_.underlay.contains(place.address.family())) {
            why = local::PATH_REASON_NO_COMMON_FAMILY;
            text =
                fmt::format("this host has no {} address", place.address.isV4() ? "IPv4" : "IPv6");
        } else if (isFresh()) {
            why = local::PATH_REASON_OTHER_ANSWERS;
            text = "another one answers";
        } else {
            why = facts_.isAnybodyThere ? local::PATH_REASON_HANDSHAKE_TIMEOUT
                                        : local::PATH_REASON_UDP_BLOCKED;
            text = "no answer to a handshake";
        }
        add(local::PathAlternative::KIND_ENDPOINT, isInUse && isFresh(), why, std::move(text))
            ->set_endpoint(place.toString());
    }

    const PathFacts& facts_;
    const storage::NodeRecord& node_;
    std::optional<policy::Explanation> rules_;
    bool hasCommonFamily_ = false;
    local::PathExplanation message_;
};

}  // namespace

StatusOr<storage::NodeId> pathEnd(
    const storage::Registry& registry, const storage::NodeId& self, const std::string& text) {
    const auto* node = registry.node(storage::NodeId(text));
    if (node == nullptr) {
        const auto address = net::IpAddress::parse(text);
        node = address.ok() ? registry.nodeByAddress(address->unmapped()) : nullptr;
    }
    if (node == nullptr) {
        return notFound(
            "no node of this mesh is called {}: \"weftctl get nodes\" lists them",
            base::escapeForLine(text));
    }
    if (node->id == self) {
        return invalidArgument("{} is this node itself", node->id.value());
    }
    return node->id;
}

local::PathExplanation explainPath(const PathFacts& facts, const storage::NodeId& node) {
    return Explainer(facts, node).make();
}

std::string_view remedyFor(PathReason reason) {
    switch (reason) {
    case local::PATH_REASON_NO_COMMON_FAMILY:
        return "Give both ends an address of the same family.";
    case local::PATH_REASON_NO_PUBLIC_ENDPOINT:
        return "Give that node an endpoint at which it can be called, or let it call: it needs "
               "one of this node's.";
    case local::PATH_REASON_UDP_BLOCKED:
        return "Let UDP through to WireGuard's port on one of the two sides, and see that nothing "
               "in between stops it.";
    case local::PATH_REASON_SYMMETRIC_NAT:
        return "Forward a port on one of the two routers, or have a node that both reach pass "
               "packets on.";
    case local::PATH_REASON_ACL_ONE_SIDED:
    case local::PATH_REASON_DENIED_BY_ACL:
        return "Have an administrator accept both directions: \"weftctl explain access\" shows "
               "which rule decides.";
    case local::PATH_REASON_HANDSHAKE_TIMEOUT:
        return "Check that the other node runs, and that UDP gets through to the place where it "
               "is called.";
    case local::PATH_REASON_NOT_CONNECTED:
    case local::PATH_REASON_NO_WAY:
        return "Have an administrator put an edge between the two: \"weftctl put edge\".";
    case local::PATH_REASON_WITHHELD:
        return "Have an administrator accept the nodes on the way for both ends, or put an edge "
               "between the two.";
    case local::PATH_REASON_NO_TUNNEL:
        return "See \"weftctl status\" for what keeps the tunnel from being there.";
    default:
        return {};
    }
}

}  // namespace weft::daemon
