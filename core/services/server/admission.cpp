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

// A second copy of one of these leaves open which one counts, and one in another spelling is taken
// for it by somebody else: such calls are refused.
constexpr std::array<std::string_view, 11> kSingleHeaders{
    "authorization",
    kProxiedForHeader,
    kProxiedFromHeader,
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

bool isOneOf(std::string_view name, std::string_view header) {
    constexpr std::string_view kBinarySuffix = "-bin";
    const auto same = [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
    };
    const auto plain = name.substr(0, header.size());
    const auto rest = name.substr(plain.size());
    return std::ranges::equal(plain, header, same)
           && (rest.empty() || std::ranges::equal(rest, kBinarySuffix, same));
}

Status checkSpelling(const ChannelFacts& facts) {
    for (const std::string_view header : kSingleHeaders) {
        if (countOf(facts, header) > 1) {
            return unauthenticated("the header {} is given more than once", header);
        }
        for (const auto& [name, value] : facts.headers) {
            if (name != header && isOneOf(name, header)) {
                return unauthenticated("the header {} is spelled in another way", header);
            }
        }
    }
    return okStatus();
}

bool usableIdentity(const std::string& name) {
    return !name.empty() && name.size() <= kMaxIdentityBytes && base::isUtf8(name)
           && name.find('\0') == std::string::npos;
}

StatusOr<std::optional<mesh::NodeId>> identityIn(
    const ChannelFacts& facts, std::string_view header) {
    const auto* const value = headerOf(facts, header);
    if (value == nullptr) {
        return std::optional<mesh::NodeId>();
    }
    if (!usableIdentity(*value)) {
        return unauthenticated("the header {} names no identity", header);
    }
    return std::optional(mesh::NodeId(*value));
}

}  // namespace

bool isIdentityHeader(std::string_view name) {
    return std::ranges::any_of(kSingleHeaders, [name](std::string_view header) {
        return header != kKeyChangeSignatureHeader && header != kKeyChangeTimeHeader
               && isOneOf(name, header);
    });
}

StatusOr<Claim> identify(const ChannelFacts& facts) {
    WEFT_RETURN_IF_ERROR(checkSpelling(facts));
    Claim claim;
    claim.caller.source = sourceText(facts.peer);
    claim.tunnelCall = facts.tunnelCall;
    WEFT_ASSIGN_OR_RETURN(claim.proxiedFor, identityIn(facts, kProxiedForHeader));
    WEFT_ASSIGN_OR_RETURN(claim.proxiedFrom, identityIn(facts, kProxiedFromHeader));
    if (!facts.verifiedCertificate) {
        return claim;
    }
    if (facts.commonNames.size() != 1 || !usableIdentity(facts.commonNames.front())) {
        return unauthenticated("the client certificate does not name one identity");
    }
    claim.caller.proof = mesh::Caller::Proof::Certificate;
    claim.caller.identity = mesh::NodeId(facts.commonNames.front());
    return claim;
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

StatusOr<Claim> withPassword(Claim claim, const std::string& identity) {
    mesh::Caller& caller = claim.caller;
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
    return claim;
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
        // Nobody administers an open mesh from outside: it has no proof of who asks. And nobody
        // does by a mesh address, which is that of every program on the node.
        return caller.hasCredential() ? okStatus() : unauthenticated("authentication required");
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
    if (caller.authenticated() && standing.isRemoved(caller.memberId())) {
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

std::string sourceText(std::string_view peer) {
    const auto endpoint = parsePeer(peer);
    return endpoint ? endpoint->toString() : std::string(peer);
}

std::string peerText(const net::Endpoint& endpoint) {
    const std::string address = endpoint.address.toString();
    return endpoint.address.isV4() ? fmt::format("ipv4:{}:{}", address, endpoint.port)
                                   : fmt::format("ipv6:%5B{}%5D:{}", address, endpoint.port);
}

}  // namespace weft::services
