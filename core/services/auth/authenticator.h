// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace weft::services {

/// A user name and a password as a call shows them.
struct Credentials {
    /// Which directory is meant: reference nodes have a pair of headers for each.
    enum class Scheme : std::uint8_t { Basic, Ldap };
    /// Longer names and passwords are nobody's.
    static constexpr std::size_t kMaxNameBytes = 253;
    static constexpr std::size_t kMaxPasswordBytes = 1024;

    Scheme scheme = Scheme::Basic;
    std::string username;
    crypto::SecretBytes password;

    Credentials clone() const { return {scheme, username, password.clone()}; }
};

/// Who is behind a user name and a password. One for each scheme at most.
/// Thread: any, several at once.
class Authenticator {
public:
    Authenticator() = default;
    Authenticator(const Authenticator&) = delete;
    Authenticator& operator=(const Authenticator&) = delete;
    virtual ~Authenticator() = default;

    virtual Credentials::Scheme scheme() const = 0;

    /// The identity that the credentials prove. May block for seconds. An unknown name takes as
    /// long as a wrong password and gets the same answer.
    /// Errors: kUnauthenticated  they prove none
    ///         kUnavailable      it cannot be told now
    virtual StatusOr<std::string> identityOf(const Credentials& credentials) = 0;

    /// Changes whenever an answer given before may be wrong by now.
    virtual std::uint64_t generation() { return 0; }
};

/// The one answer to credentials that prove nothing.
inline Status wrongCredentials() {
    return unauthenticated("authenticate: the user name or the password is wrong");
}

}  // namespace weft::services
