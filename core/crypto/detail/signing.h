// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/detail/openssl.h"

namespace weft::crypto::detail {

/// The digest to sign with: SHA-256, or nullptr for a key that brings its own.
const EVP_MD* digestFor(EVP_PKEY* key);

/// Whether the request is signed by the key that it is about, and that key is strong enough (112
/// bits, RSA of 2048). Errors: kInvalidArgument.
Status checkRequest(X509_REQ* request);

}  // namespace weft::crypto::detail
