// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/secret_bytes.h"

#include <memory>
#include <string>
#include <string_view>

namespace weft::config {

/// A secret of the configuration. Copies share one buffer, which is wiped when the last one goes,
/// so that option structs stay values. No formatter, like the bytes inside.
class SharedSecret {
public:
    SharedSecret() = default;
    explicit SharedSecret(std::string_view text)
        : bytes_(text.empty() ? nullptr : std::make_shared<const crypto::SecretBytes>(text)) {}

    bool empty() const { return bytes_ == nullptr; }
    /// The secret itself; empty text when there is none. Do not keep the view, do not log it.
    std::string_view revealText() const {
        return bytes_ == nullptr ? std::string_view{} : bytes_->revealText();
    }
    /// A copy for a collaborator that owns its secret.
    crypto::SecretBytes clone() const {
        return bytes_ == nullptr ? crypto::SecretBytes{} : bytes_->clone();
    }

private:
    // Shared and const: nobody changes it, and the last copy wipes it.
    std::shared_ptr<const crypto::SecretBytes> bytes_;
};

/// A certificate that stands in the configuration itself (base64 of PEM there, PEM here).
struct PemText {
    std::string pem;
    bool empty() const { return pem.empty(); }
};

/// A private key that stands in the configuration itself (base64 of PEM there, PEM here).
struct SecretPem {
    SharedSecret pem;
    bool empty() const { return pem.empty(); }
};

}  // namespace weft::config
