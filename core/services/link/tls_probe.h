// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include <atomic>
#include <string>
#include <string_view>

namespace weft::services {

/// How long a probe may take, and a flag that ends it early (may be null).
struct ProbeLimit {
    Duration most = std::chrono::seconds(5);
    const std::atomic<bool>* stop = nullptr;
};

/// Finds out why a server cannot be used, where the gRPC library only says that it failed to
/// connect. Ok when nothing is wrong with the way there.
/// Errors: kUnavailable         refused, no answer, unknown name
///         kUnauthenticated     another authority, expired or not yet valid (maybe a wrong clock),
///                              another name, or the server refuses this node's certificate
///                              or asks for one where there is none
///         kFailedPrecondition  one side speaks TLS and the other does not
/// Thread: any; blocks.
Status diagnose(const net::HostPort& address, const LinkOptions& options, const ProbeLimit& limit);

struct PinnedAuthority {
    /// PEM of the certificate with the fingerprint.
    std::string authorityPem;
    /// A name in the server's certificate to hold it to: "storage.<domain>" when it carries one,
    /// else its first name; empty when it has none.
    std::string serverName;
};

/// Takes the authority out of what the server presents: the certificate whose SHA-256 over the DER
/// is `fingerprint` (32 raw bytes). The server's own certificate must be signed by it, be valid
/// now, and the server must hold its key.
/// Errors: kUnavailable         as above
///         kUnauthenticated     "the server is not the one this invitation was made for", expired
///         kFailedPrecondition  no TLS
/// Thread: any; blocks.
StatusOr<PinnedAuthority> fetchPinnedAuthority(
    const net::HostPort& address, std::string_view fingerprint, const ProbeLimit& limit = {});

}  // namespace weft::services
