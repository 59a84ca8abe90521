// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/relay_words.h"

namespace weft::daemon {

namespace local = weft::local::v1;
using mesh::RelayReason;

RelayWords relayWords(RelayReason reason) {
    switch (reason) {
    case RelayReason::Probing:
        return {local::PATH_REASON_NOT_CONNECTED, "a direct way is being tried", ""};
    case RelayReason::NoCommonFamily:
        return {
            local::PATH_REASON_NO_COMMON_FAMILY,
            "one of the two is known under IPv4 addresses alone, the other under IPv6 addresses",
            "Give both nodes the same family of addresses, or one of them both."};
    case RelayReason::NoPublicEndpoint:
        return {
            local::PATH_REASON_NO_PUBLIC_ENDPOINT,
            "nobody has seen yet where one of the two can be called",
            "Wait until both have talked to a member that is reachable from outside; else set an "
            "endpoint for one of them."};
    case RelayReason::SymmetricNat:
        return {
            local::PATH_REASON_SYMMETRIC_NAT,
            "a router gives each destination another port, so that a node cannot be called where "
            "others see it",
            "Forward the WireGuard port on one of the routers and set it as the node's endpoint, or "
            "switch the router from symmetric to cone translation."};
    case RelayReason::HandshakeTimeout:
        return {
            local::PATH_REASON_HANDSHAKE_TIMEOUT,
            "both have called each other, and nothing came through",
            "Let UDP through between the two, or forward the WireGuard port on one of the routers; "
            "it is tried again by itself. That a router gives each destination another port is "
            "known once two members see the node."};
    case RelayReason::AclOneSided:
        return {
            local::PATH_REASON_ACL_ONE_SIDED,
            "the access rules let packets pass in one direction only",
            "Add a rule for the other direction."};
    case RelayReason::NotWeft:
        return {
            local::PATH_REASON_NOT_CONNECTED,
            "the node does not take part in finding direct ways",
            "Run Weft with a tunnel on both nodes, or give one of them an endpoint."};
    case RelayReason::None:
        break;
    }
    return {local::PATH_REASON_NOT_CONNECTED, "no direct way has been tried", ""};
}

}  // namespace weft::daemon
