// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/admission.h"

#include "core/base/text.h"
#include "core/mesh/standing.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace weft::services {

namespace {

constexpr std::size_t kMaxIdentityBytes = 253;

// A second copy of one of these leaves open which one counts, so the call is refused.
constexpr std::array<std::string_view, 9> kSingleHeaders{
    "authorization",
    kBasicUserHeader,
    kBasicPasswordHeader,
    kLdapUserHeader,
    kLdapPasswordHeader,
    "x-webmesh-id-auth-peer-id",
    "x-webmesh-id-auth-signature",
    kKeyChangeSignatureHeader,
    kKeyChangeTimeHeader,
};

std::ptrdiff_t countOf(const ChannelFacts& facts, std::string_view name) {
    return std::ranges::count(facts.headers, name, &std::pair<std::string, std::string>::first);
}

const std::string* headerOf(const ChannelFacts& facts, std::string_view name) {
    const auto found =
        std::ranges::find(facts.headers, name, &std::pair<std::string, std::string>::first);
    return found == facts.headers.end() ? nullptr : &found->second;
}

bool usableIdentity(const std::string& name) {
    return !name.empty() && name.size() <= kMaxIdentityBytes && base::isUtf8(name)
           && name.find('\0') == std::string::npos;
}

}  // namespace

StatusOr<mesh::Caller> identify(const ChannelFacts& facts) {
    for (const std::string_view header : kSingleHeaders) {
        if (countOf(facts, header) > 1) {
            return unauthenticated("the header {} is given more than once", header);
        }
    }
    mesh::Caller caller;
    caller.source = facts.peer;
    if (!facts.verifiedCertificate) {
        return caller;
    }
    if (facts.commonNames.size() != 1 || !usableIdentity(facts.commonNames.front())) {
        return unauthenticated("the client certificate does not name one identity");
    }
    caller.proof = mesh::Caller::Proof::Certificate;
    caller.identity = mesh::NodeId(facts.commonNames.front());
    return caller;
}

bool claimsToBeProxied(const ChannelFacts& facts) {
    return countOf(facts, kProxiedForHeader) > 0 || countOf(facts, kProxiedFromHeader) > 0;
}

bool showsPassword(const ChannelFacts& facts) {
    return std::ranges::any_of(
        std::array{kBasicUserHeader, kBasicPasswordHeader, kLdapUserHeader, kLdapPasswordHeader},
        [&facts](std::string_view header) { return countOf(facts, header) > 0; });
}

StatusOr<std::optional<Credentials>> credentialsOf(const ChannelFacts& facts) {
    std::optional<Credentials> shown;
    for (const auto& [scheme, userHeader, passwordHeader] :
         {std::tuple{Credentials::Scheme::Basic, kBasicUserHeader, kBasicPasswordHeader},
          std::tuple{Credentials::Scheme::Ldap, kLdapUserHeader, kLdapPasswordHeader}}) {
        const auto* const user = headerOf(facts, userHeader);
        const auto* const password = headerOf(facts, passwordHeader);
        if (user == nullptr && password == nullptr) {
            continue;
        }
        if (user == nullptr || password == nullptr || password->empty() || !usableIdentity(*user)) {
            return unauthenticated("authenticate: a user name and a password belong together");
        }
        if (shown) {
            return unauthenticated("authenticate: show one user name and one password");
        }
        if (password->size() > Credentials::kMaxPasswordBytes) {
            return wrongCredentials();
        }
        shown = Credentials{scheme, *user, crypto::SecretBytes(*password)};
    }
    if (shown && !facts.encrypted) {
        return unauthenticated(
            "authenticate: a password is taken over TLS only, here everybody on the way could "
            "read it: change it");
    }
    return shown;
}

StatusOr<mesh::Caller> withPassword(mesh::Caller caller, const std::string& identity) {
    if (!usableIdentity(identity)) {
        return unauthenticated("authenticate: the directory gave no usable identity");
    }
    if (caller.authenticated() && caller.identity.value() != identity) {
        return permissionDenied("the certificate and the password are of two identities");
    }
    if (!caller.authenticated()) {
        caller.proof = mesh::Caller::Proof::Password;
        caller.identity = mesh::NodeId(identity);
    }
    return caller;
}

Status admitCaller(
    const MethodRow* row, const mesh::Caller& caller, mesh::Authentication authentication) {
    if (row == nullptr) {
        return unimplemented("unknown method");
    }
    const bool open = authentication == mesh::Authentication::None;
    switch (row->access) {
    case Access::Anyone:
        return okStatus();
    case Access::Authenticated:
    case Access::InMesh:
        return open || caller.authenticated() ? okStatus()
                                              : unauthenticated("authentication required");
    case Access::Rights:
    case Access::Admin:
        // Nobody administers an open mesh from outside: it has no proof of who asks.
        return caller.authenticated() ? okStatus() : unauthenticated("authentication required");
    case Access::LocalOnly:
        break;
    }
    return permissionDenied("permission denied");
}

Status admitMember(
    const MethodRow& row,
    const mesh::Caller& caller,
    mesh::Authentication authentication,
    const mesh::Standing& standing) {
    const bool open = authentication == mesh::Authentication::None;
    if (caller.authenticated() && standing.isRemoved(caller.identity)) {
        return permissionDenied("permission denied");
    }
    switch (row.access) {
    case Access::Anyone:
    case Access::Authenticated:
    case Access::Rights:
        return okStatus();
    case Access::InMesh:
        return open || standing.isMember(caller) || standing.isAdmin(caller)
                   ? okStatus()
                   : permissionDenied("permission denied");
    case Access::Admin:
        return standing.isAdmin(caller) ? okStatus() : permissionDenied("permission denied");
    case Access::LocalOnly:
        break;
    }
    return permissionDenied("permission denied");
}

std::optional<net::Endpoint> parsePeer(std::string_view peer) {
    std::string text;
    if (peer.starts_with("ipv4:")) {
        text = peer.substr(5);
    } else if (peer.starts_with("ipv6:")) {
        text = peer.substr(5);
        for (const auto& [from, to] : {std::pair{"%5B", "["}, std::pair{"%5D", "]"}}) {
            if (const auto at = text.find(from); at != std::string::npos) {
                text.replace(at, 3, to);
            }
        }
    } else {
        return std::nullopt;
    }
    auto endpoint = net::Endpoint::parse(text);
    if (!endpoint.ok()) {
        return std::nullopt;
    }
    endpoint->address = endpoint->address.unmapped();
    return *endpoint;
}

std::string peerText(const net::Endpoint& endpoint) {
    const std::string address = endpoint.address.toString();
    return endpoint.address.isV4() ? fmt::format("ipv4:{}:{}", address, endpoint.port)
                                   : fmt::format("ipv6:%5B{}%5D:{}", address, endpoint.port);
}

}  // namespace weft::services
