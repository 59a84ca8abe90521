// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/certificate.h"
#include "core/crypto/detail/openssl.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft::crypto::detail {

/// RFC 5280 appendix A.1, ub-common-name, in characters.
inline constexpr std::size_t kMostCommonNameCharacters = 64;
/// How many alternative names a certificate may have.
inline constexpr std::size_t kMostAlternativeNames = 64;

struct AlternativeNames {
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses;
};

/// The one common name as UTF-8; empty when there is none. Errors: kInvalidArgument for more than
/// one (which of them is the identity?), a zero byte, or text that is not UTF-8.
StatusOr<std::string> commonNameOf(const X509_NAME* name);

/// DNS names and addresses; other kinds are passed over, `names` may be null.
/// Errors: kInvalidArgument.
StatusOr<AlternativeNames> alternativeNamesOf(const GENERAL_NAMES* names);

/// Errors: kInvalidArgument for a name that does not fit a certificate.
Status addCommonName(X509_NAME* name, std::string_view commonName);

/// nullptr when `params` has no alternative names. Errors: kInvalidArgument for a DNS name that is
/// none (wildcards too), an address text that is none, or too many.
StatusOr<GeneralNamesPtr> encodeAlternativeNames(const CertificateRequestParams& params);

}  // namespace weft::crypto::detail
