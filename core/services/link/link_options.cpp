// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/link_options.h"

#include "core/crypto/certificate.h"

#include <algorithm>

namespace weft::services {

namespace {

Status validateHeaderText(std::string_view text, std::string_view what) {
    const auto printable = [](char symbol) { return symbol >= ' ' && symbol <= '~'; };
    if (text.empty() || text.size() > PasswordCredential::kMaxBytes) {
        return invalidArgument("{} has 1 to {} bytes", what, PasswordCredential::kMaxBytes);
    }
    if (!std::ranges::all_of(text, printable)) {
        return invalidArgument(
            "{} has characters that a password header cannot carry: use printable ASCII only",
            what);
    }
    if (text.front() == ' ' || text.back() == ' ') {
        return invalidArgument(
            "{} begins or ends with a space, which would be lost on the way", what);
    }
    return okStatus();
}

}  // namespace

Status PasswordCredential::validate() const {
    WEFT_RETURN_IF_ERROR(validateHeaderText(username, "the user name"));
    return validateHeaderText(password.revealText(), "the password");
}

Status LinkOptions::validate() const {
    if (!password.empty()) {
        WEFT_RETURN_IF_ERROR(password.validate());
        if (tls == TlsMode::Insecure) {
            return invalidArgument(
                "a connection without TLS would send the password readable by everybody on the "
                "way: use TLS, or remove the password");
        }
    }
    if (tls == TlsMode::Insecure) {
        return okStatus();
    }
    if (!authorityPem.empty()) {
        if (const auto info = crypto::inspectCertificate(authorityPem); !info.ok()) {
            return annotate(info.status(), "the certificate of the mesh's authority");
        }
    }
    return tls == TlsMode::Mutual && !identity.empty() ? checkIdentity(identity) : okStatus();
}

}  // namespace weft::services
