// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/detail/openssl.h"
#include "core/crypto/secret_bytes.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace weft::crypto::detail {

/// The longest PEM text that is looked at; a bundle of some thirty certificates.
inline constexpr std::size_t kMostPemBytes = std::size_t{64} * 1024;

/// The first certificate, request or key of a text. Errors: kInvalidArgument.
StatusOr<CertificatePtr> certificateFromPem(std::string_view text);
StatusOr<RequestPtr> requestFromPem(std::string_view text);
/// An encrypted key is refused: nobody is there to ask for its password.
StatusOr<PkeyPtr> keyFromPem(const SecretBytes& text);

/// Errors: kInternal.
StatusOr<std::string> certificateToPem(X509* certificate);
StatusOr<std::string> requestToPem(X509_REQ* request);
/// PKCS#8, not encrypted.
StatusOr<SecretBytes> keyToPem(EVP_PKEY* key);

/// A BIO that reads `text`, which must outlive it; nullptr when the text is too long.
BioPtr readerOf(std::string_view text);

}  // namespace weft::crypto::detail
