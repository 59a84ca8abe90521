// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/detail/signing.h"

namespace weft::crypto::detail {
namespace {

constexpr int kLeastSecurityBits = 112;

}  // namespace

const EVP_MD* digestFor(EVP_PKEY* key) {
    const bool own = EVP_PKEY_is_a(key, "ED25519") == 1 || EVP_PKEY_is_a(key, "ED448") == 1;
    return own ? nullptr : EVP_sha256();
}

Status checkRequest(X509_REQ* request) {
    auto* const key = X509_REQ_get0_pubkey(request);
    if (key == nullptr) {
        return invalidArgument("the certificate request has no usable key");
    }
    if (EVP_PKEY_get_security_bits(key) < kLeastSecurityBits) {
        return invalidArgument("the key of the certificate request is too weak");
    }
    if (X509_REQ_verify(request, key) != 1) {
        return invalidArgument("the certificate request is not signed by its own key");
    }
    return okStatus();
}

}  // namespace weft::crypto::detail
