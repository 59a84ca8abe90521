// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/crypto/secret_bytes.h"
#include "core/services/auth/authenticator.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace weft::services {

/// Which directory is asked, and how its people look. The names are those of the reference's
/// plugin.
struct LdapOptions {
    /// ldaps://host[:port], ldap://host[:port] (StartTLS follows) or ldapi://path (a local socket).
    std::string server;
    /// Who searches; empty: nobody in particular.
    std::string bindDn;
    crypto::SecretBytes bindPassword;
    /// Who issues the server's certificate, PEM; empty: the system's authorities.
    std::filesystem::path caFile;
    std::string userBaseDn;
    std::string userIdAttribute = "uid";
    /// Holds the identity; empty: the user id does.
    std::string nodeIdAttribute;
    /// A user whose attribute has this value is refused.
    std::string userStatusAttribute;
    std::string userDisabledValue;
    /// Of each step.
    std::chrono::seconds timeout{5};

    /// Errors: kInvalidArgument, naming the key.
    Status validate() const;
};

/// Asks a directory: searches the user, then binds as what it found, with the password. The
/// server's certificate is verified before anything is sent.
/// Thread: any; each login has a connection of its own.
class LdapAuthenticator final : public Authenticator {
public:
    /// Does not ask the directory: while it is away nobody logs in, and the server runs.
    /// Errors: kInvalidArgument; those of the CA file.
    static StatusOr<std::unique_ptr<LdapAuthenticator>> create(LdapOptions options);

    Credentials::Scheme scheme() const override { return Credentials::Scheme::Ldap; }
    StatusOr<std::string> identityOf(const Credentials& credentials) override;

private:
    explicit LdapAuthenticator(LdapOptions options) : options_(std::move(options)) {}

    const LdapOptions options_;
};

/// `text` as it may stand for a value in a search filter (RFC 4515 section 3): whatever is not a
/// letter or a digit becomes \NN.
std::string ldapFilterValue(std::string_view text);

}  // namespace weft::services
