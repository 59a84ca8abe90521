// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/node_key.h"
#include "core/mesh/types.h"
#include "core/net/ip_prefix.h"
#include "core/storage/registry/records.h"

#include "weft/local/v1/local.pb.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace weft::daemon {

/// Answers that one profile keeps.
inline constexpr int kMostRouteConsents = 64;
/// Offers that are looked at: those of a mesh that has everybody offer everything are cut here.
inline constexpr std::size_t kMostRouteOffers = 4096;

/// A network that lies behind another node, as the records of the mesh have it.
struct RouteOffer {
    net::IpPrefix network;
    storage::NodeId node;
    crypto::PublicKey key;

    friend bool operator==(const RouteOffer&, const RouteOffer&) = default;
};

enum class ConsentState : std::uint8_t {
    Unasked,
    Agreed,
    Refused,
    /// Agreed to, as long as the node had another key.
    KeyChanged,
};

/// Half of all addresses, or more: whoever routes that means the way to everywhere.
bool isDefaultLike(const net::IpPrefix& network);
/// Whether `network` is used only where somebody has agreed to it: what is not wholly private (RFC
/// 1918, RFC 6598, RFC 4193). Nobody else decides who stands between this host and the Internet.
bool needsConsent(const net::IpPrefix& network);

/// What was said at this host to the routes that others offer, and what follows for those that they
/// offer now. Pure. Thread: confined to the connection's loop.
class RouteConsents {
public:
    using Message = weft::local::v1::RouteConsent;

    /// False when nothing differs, as with the next. What does not parse is passed over.
    bool setConsents(const std::vector<Message>& consents);
    /// Those that need consent, and others to which somebody has said something.
    bool setOffers(std::vector<RouteOffer> offers);
    /// Whether `network` is one that `setOffers` wants to hear of.
    bool isAsked(const net::IpPrefix& network) const;

    ConsentState stateOf(const RouteOffer& offer) const;
    /// To which peer the ways to everywhere lead. A node that was agreed to and is a peer itself
    /// has them, whichever other the mesh would take; else all who offer one must have been agreed
    /// to, since nothing tells to whom of them the mesh leads.
    std::map<net::IpPrefix, storage::NodeId> defaults(const mesh::PeerSet& peers) const;
    /// Networks behind nodes all of which were agreed to, and the mesh's own that were.
    std::vector<net::IpPrefix> agreed() const;
    /// Routes that need consent, and that nobody has answered for, or for another key.
    std::vector<RouteOffer> unanswered() const;

private:
    struct Consent {
        net::IpPrefix network;
        std::string node;
        std::string key;
        bool refused = false;

        friend bool operator==(const Consent&, const Consent&) = default;
    };

    bool isAgreed(const net::IpPrefix& network) const;

    std::vector<Consent> consents_;
    std::vector<RouteOffer> offers_;
};

/// Puts what was said in place of what was said before about the same route of the same node. A
/// refusal without a node takes the place of all that was said about the route.
/// Errors: kResourceExhausted  there are kMostRouteConsents
Status addConsent(
    google::protobuf::RepeatedPtrField<RouteConsents::Message>& consents,
    const RouteConsents::Message& consent);
/// Takes back what was said about a route; without a node, to anybody about it. False: nothing was.
bool forgetConsent(
    google::protobuf::RepeatedPtrField<RouteConsents::Message>& consents,
    const std::string& cidr,
    const std::string& node);

}  // namespace weft::daemon
