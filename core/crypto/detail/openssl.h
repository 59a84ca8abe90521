// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace weft::crypto::detail {

/// Calls the library's own function for giving something back.
template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T* value) const {
        Free(value);
    }
};

using BioPtr = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using BignumPtr = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using BignumContextPtr = std::unique_ptr<BN_CTX, FreeWith<BN_CTX_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;

/// Leaves the thread's error queue of the library as empty as it should be found: gRPC's TLS runs
/// on the same threads and would take a leftover for its own.
class ErrorScope {
public:
    ErrorScope() { ERR_clear_error(); }
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;
    ~ErrorScope() { ERR_clear_error(); }

    /// What the library says about the last failure, for people.
    static std::string reason() {
        const char* const text = ERR_reason_error_string(ERR_peek_last_error());
        return text == nullptr ? "no reason given" : text;
    }
};

}  // namespace weft::crypto::detail
