// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_bytes.h"
#include "core/services/tls/tls_identity.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace weft::services {

/// A user name and a password. Sent as headers with every call, which is how reference nodes with
/// one of their password plugins ask for them.
struct PasswordCredential {
    enum class Scheme : std::uint8_t { Basic, Ldap };
    /// Of each of the two: a header may not be longer.
    static constexpr std::size_t kMaxBytes = 1024;

    Scheme scheme = Scheme::Basic;
    std::string username;
    crypto::SecretBytes password;

    bool empty() const { return username.empty(); }
    PasswordCredential clone() const { return {scheme, username, password.clone()}; }
    /// Whether a header can carry it: printable ASCII without a space at its ends.
    /// Errors: kInvalidArgument, without the password.
    Status validate() const;
};

/// How a client reaches a server.
struct LinkOptions {
    TlsMode tls = TlsMode::Mutual;
    /// The authority that the server's certificate must come from, PEM; nothing else is trusted.
    /// Empty: the system's authorities.
    std::string authorityPem;
    /// The name that the server's certificate must carry ("storage.<domain>"); empty: the host that
    /// is dialled.
    std::string serverName;
    /// What this node shows (Mutual); may be empty.
    TlsIdentity identity;
    /// Sent over TLS to a server that has proven itself, and never without.
    PasswordCredential password = {};

    LinkOptions clone() const {
        return {tls, authorityPem, serverName, identity.clone(), password.clone()};
    }
    /// Errors: kInvalidArgument  a password without TLS among others
    Status validate() const;
};

}  // namespace weft::services
