// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"

#include "core/base/text.h"
#include "core/crypto/detail/openssl.h"
#include "core/crypto/detail/pem.h"
#include "core/crypto/detail/x509_names.h"
#include "core/crypto/digest.h"

#include <openssl/pem.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace weft::crypto {
namespace {

using detail::ErrorScope;

using StorePtr = std::unique_ptr<X509_STORE, detail::FreeWith<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, detail::FreeWith<X509_STORE_CTX_free>>;

StatusOr<WallTime> timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return invalidArgument("the certificate has a damaged time");
    }
    // "No expiry" is written as the year 9999, which a clock of nanoseconds cannot hold.
    const auto since = [](WallTime limit) {
        return std::chrono::duration_cast<std::chrono::seconds>(limit.time_since_epoch()).count();
    };
    const auto seconds =
        std::clamp<std::int64_t>(timegm(&parts), since(WallTime::min()), since(WallTime::max()));
    return WallTime(std::chrono::seconds(seconds));
}

StatusOr<std::string> fingerprintOf(X509* certificate) {
    unsigned char* der = nullptr;
    const int length = i2d_X509(certificate, &der);
    if (length < 0) {
        return internalError("encoding a certificate: {}", ErrorScope::reason());
    }
    const std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return base::hexEncode(asString(sha256(bytes)));
}

std::string serialOf(const X509* certificate) {
    const auto* const serial = X509_get0_serialNumber(certificate);
    const auto* const bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial));
    return base::hexEncode({bytes, static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

StatusOr<CertificateInfo> inspect(X509* certificate) {
    CertificateInfo info;
    WEFT_ASSIGN_OR_RETURN(
        info.commonName, detail::commonNameOf(X509_get_subject_name(certificate)));
    int critical = 0;
    const detail::GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nullptr)));
    // -1: there is none; anything else without a value is damaged or there twice.
    if (!names && critical != -1) {
        return invalidArgument("the alternative names of the certificate are damaged");
    }
    WEFT_ASSIGN_OR_RETURN(auto alternative, detail::alternativeNamesOf(names.get()));
    info.dnsNames = std::move(alternative.dnsNames);
    info.ipAddresses = std::move(alternative.ipAddresses);
    WEFT_ASSIGN_OR_RETURN(info.notBefore, timeOf(X509_get0_notBefore(certificate)));
    WEFT_ASSIGN_OR_RETURN(info.notAfter, timeOf(X509_get0_notAfter(certificate)));
    // 1: X.509 v3 with basicConstraints; the library's other yes answers are guesses.
    info.isAuthority = X509_check_ca(certificate) == 1;
    info.serial = serialOf(certificate);
    WEFT_ASSIGN_OR_RETURN(info.fingerprint, fingerprintOf(certificate));
    return info;
}

/// Every certificate of `authorityPem` becomes an anchor.
StatusOr<StorePtr> anchorsOf(std::string_view authorityPem) {
    WEFT_RETURN_IF_ERROR(detail::certificateFromPem(authorityPem).status());
    StorePtr store(X509_STORE_new());
    const auto reader = detail::readerOf(authorityPem);
    if (!store || !reader) {
        return internalError("making a certificate store: {}", ErrorScope::reason());
    }
    while (const detail::CertificatePtr each{
        PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr)}) {
        if (X509_STORE_add_cert(store.get(), each.get()) != 1) {
            return internalError("filling a certificate store: {}", ErrorScope::reason());
        }
    }
    return store;
}

Status refusal(int reason) {
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return unauthenticated("the certificate, or its authority, has expired");
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return unauthenticated("the certificate, or its authority, is not yet valid");
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return unauthenticated("the certificate was not issued by this authority");
    default:
        return unauthenticated(
            "the certificate is not accepted: {}", X509_verify_cert_error_string(reason));
    }
}

}  // namespace

StatusOr<CertificateInfo> inspectCertificate(std::string_view pem) {
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto certificate, detail::certificateFromPem(pem));
    return inspect(certificate.get());
}

StatusOr<SecretBytes> generateTlsKey() {
    const ErrorScope errors;
    const detail::PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key) {
        return internalError("making a key: {}", ErrorScope::reason());
    }
    return detail::keyToPem(key.get());
}

Status checkKeyPair(const SecretBytes& keyPem, std::string_view certificatePem) {
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto key, detail::keyFromPem(keyPem));
    WEFT_ASSIGN_OR_RETURN(const auto certificate, detail::certificateFromPem(certificatePem));
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return invalidArgument("the private key does not belong to the certificate");
    }
    return okStatus();
}

Status verifyCertificate(
    std::string_view certificatePem, std::string_view authorityPem, WallTime now) {
    const ErrorScope errors;
    const auto certificate = detail::certificateFromPem(certificatePem);
    if (!certificate.ok()) {
        return unauthenticated("{}", messageOf(certificate.status()));
    }
    WEFT_ASSIGN_OR_RETURN(const auto store, anchorsOf(authorityPem));
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context
        || X509_STORE_CTX_init(context.get(), store.get(), certificate->get(), nullptr) != 1) {
        return internalError("checking a certificate: {}", ErrorScope::reason());
    }
    auto* const rules = X509_STORE_CTX_get0_param(context.get());
    // The authority that the operator named is the end of the chain, whoever signed it.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(rules, std::chrono::system_clock::to_time_t(now));
    if (X509_verify_cert(context.get()) != 1) {
        return refusal(X509_STORE_CTX_get_error(context.get()));
    }
    return okStatus();
}

}  // namespace weft::crypto
