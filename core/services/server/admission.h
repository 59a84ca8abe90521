// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/services/auth/authenticator.h"
#include "core/services/server/identity.h"
#include "core/services/server/method_table.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::services {

/// A user name and a password, in a pair for each kind of directory behind them.
inline constexpr std::string_view kBasicUserHeader = "x-webmesh-basic-auth-username";
inline constexpr std::string_view kBasicPasswordHeader = "x-webmesh-basic-auth-password";
inline constexpr std::string_view kLdapUserHeader = "x-webmesh-ldap-auth-username";
inline constexpr std::string_view kLdapPasswordHeader = "x-webmesh-ldap-auth-password";
/// A joiner's proof that it holds the key which is pinned to its id: Ed25519 over
/// mesh::keyChangeMessage, raw, and the unix seconds at which it was made.
inline constexpr std::string_view kKeyChangeSignatureHeader = "x-weft-key-change-signature-bin";
inline constexpr std::string_view kKeyChangeTimeHeader = "x-weft-key-change-time";

/// What a channel and a call's headers say, taken out of the library once.
struct ChannelFacts {
    /// A client certificate was presented and verified against the mesh's authority.
    bool verifiedCertificate = false;
    std::vector<std::string> commonNames;
    /// TLS.
    bool encrypted = false;
    /// As gRPC writes it: "ipv4:10.0.0.1:443", "ipv6:%5B::1%5D:443".
    std::string peer;
    std::vector<std::pair<std::string, std::string>> headers;
    /// When the connection came out of the tunnel.
    std::optional<TunnelCall> tunnelCall;
};

/// Who calls. Pure.
/// Errors: kUnauthenticated  a header that carries an identity or a credential is there twice, in
///                           another spelling or does not read, or the certificate does not name
///                           exactly one identity
StatusOr<Claim> identify(const ChannelFacts& facts);

/// Whether the call carries a user name or a password.
bool showsPassword(const ChannelFacts& facts);

/// The user name and the password that the call shows; nullopt when it shows none. After
/// `identify`, which sees to it that no header is there twice.
/// Errors: kUnauthenticated  one without the other, two pairs, a name that is no identity, or a
///                           channel that others can read
StatusOr<std::optional<Credentials>> credentialsOf(const ChannelFacts& facts);

/// The caller once a password has proven `identity`.
/// Errors: kPermissionDenied  a certificate says otherwise
StatusOr<Claim> withPassword(Claim claim, const std::string& identity);

/// What can be said of a call before the mesh's state is known: whether somebody may call at all.
/// Errors: kUnimplemented no row, kUnauthenticated, kPermissionDenied. The texts tell nothing of
/// what exists.
Status admitCaller(
    const MethodRow* row, const mesh::Caller& caller, mesh::Authentication authentication);

/// The rest of it, by the mesh's state at this moment. On the loop of `standing`.
Status admitMember(
    const MethodRow& row,
    const mesh::Caller& caller,
    mesh::Authentication authentication,
    const mesh::Standing& standing);

/// The address in gRPC's text for a peer; nullopt for anything else ("unix:", garbage).
std::optional<net::Endpoint> parsePeer(std::string_view peer);
/// What Caller::source says of a peer: "10.0.0.1:443", "[fd00::1]:443"; gRPC's own text when it is
/// no address.
std::string sourceText(std::string_view peer);
/// gRPC's text for a peer at an address.
std::string peerText(const net::Endpoint& endpoint);

}  // namespace weft::services
