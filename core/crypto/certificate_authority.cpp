// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"
#include "core/crypto/detail/openssl.h"
#include "core/crypto/detail/pem.h"
#include "core/crypto/detail/signing.h"
#include "core/crypto/detail/x509_names.h"
#include "core/crypto/digest.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::crypto {
namespace {

using detail::ErrorScope;
using std::chrono::seconds;

/// A certificate is valid from a little earlier, so that a slow clock does not refuse it.
constexpr std::chrono::minutes kBackdating{5};
/// Far below what a time point can hold.
constexpr std::chrono::hours kMostLifetime{24 * 365 * 100};
constexpr std::size_t kSerialBytes = 16;

struct Extension {
    int id;
    const char* value;
};

constexpr std::array<Extension, 3> kAuthorityExtensions{{
    {NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
    {NID_key_usage, "critical,keyCertSign,cRLSign"},
    {NID_subject_key_identifier, "hash"},
}};
constexpr std::array<Extension, 4> kLeafExtensions{{
    {NID_basic_constraints, "critical,CA:FALSE"},
    {NID_key_usage, "critical,digitalSignature"},
    {NID_ext_key_usage, "serverAuth,clientAuth"},
    {NID_subject_key_identifier, "hash"},
}};

struct Validity {
    WallTime notBefore;
    WallTime notAfter;
};

Status addExtension(X509* certificate, X509* issuer, const Extension& extension) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, detail::FreeWith<X509_EXTENSION_free>> made(
        X509V3_EXT_conf_nid(nullptr, &context, extension.id, extension.value));
    if (!made || X509_add_ext(certificate, made.get(), -1) != 1) {
        return internalError("adding {}: {}", OBJ_nid2sn(extension.id), ErrorScope::reason());
    }
    return okStatus();
}

Status setSerial(X509* certificate) {
    auto bytes = randomBytes(kSerialBytes);
    // Positive, and never shorter (RFC 5280 section 4.1.2.2).
    bytes[0] = static_cast<char>((static_cast<unsigned char>(bytes[0]) & 0x7FU) | 0x40U);
    auto* const serial = X509_get_serialNumber(certificate);
    if (ASN1_STRING_set(serial, bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return internalError("setting a serial number: {}", ErrorScope::reason());
    }
    return okStatus();
}

Status setValidity(X509* certificate, const Validity& validity) {
    const auto from = std::chrono::floor<seconds>(validity.notBefore).time_since_epoch().count();
    const auto until = std::chrono::floor<seconds>(validity.notAfter).time_since_epoch().count();
    if (ASN1_TIME_set(X509_getm_notBefore(certificate), from) == nullptr
        || ASN1_TIME_set(X509_getm_notAfter(certificate), until) == nullptr) {
        return invalidArgument("the validity does not fit a certificate");
    }
    return okStatus();
}

/// Version, serial, times, subject and key; extensions and signature are still missing.
StatusOr<detail::CertificatePtr> blankCertificate(
    EVP_PKEY* publicKey, std::string_view commonName, const Validity& validity) {
    detail::CertificatePtr made(X509_new());
    if (!made || X509_set_version(made.get(), X509_VERSION_3) != 1
        || X509_set_pubkey(made.get(), publicKey) != 1) {
        return internalError("making a certificate: {}", ErrorScope::reason());
    }
    WEFT_RETURN_IF_ERROR(setSerial(made.get()));
    WEFT_RETURN_IF_ERROR(setValidity(made.get(), validity));
    WEFT_RETURN_IF_ERROR(detail::addCommonName(X509_get_subject_name(made.get()), commonName));
    return made;
}

/// Ties `certificate` to `issuer` and signs it.
Status finish(X509* certificate, X509* issuer, EVP_PKEY* issuerKey) {
    if (X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) != 1) {
        return internalError("naming the issuer: {}", ErrorScope::reason());
    }
    // An authority from elsewhere may lack the identifier; then there is nothing to refer to.
    if (X509_get_ext_by_NID(issuer, NID_subject_key_identifier, -1) >= 0) {
        WEFT_RETURN_IF_ERROR(
            addExtension(certificate, issuer, {NID_authority_key_identifier, "keyid:always"}));
    }
    if (X509_sign(certificate, issuerKey, detail::digestFor(issuerKey)) <= 0) {
        return internalError("signing a certificate: {}", ErrorScope::reason());
    }
    return okStatus();
}

}  // namespace

struct CertificateAuthority::Impl {
    detail::PkeyPtr key;
    detail::CertificatePtr certificate;
    SecretBytes keyPem;
    std::string certificatePem;
    CertificateInfo info;
};

CertificateAuthority::CertificateAuthority(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CertificateAuthority::CertificateAuthority(CertificateAuthority&&) noexcept = default;
CertificateAuthority& CertificateAuthority::operator=(CertificateAuthority&&) noexcept = default;
CertificateAuthority::~CertificateAuthority() = default;

StatusOr<CertificateAuthority> CertificateAuthority::create(
    std::string_view commonName, WallTime now, std::chrono::hours lifetime) {
    if (lifetime <= std::chrono::hours::zero() || lifetime > kMostLifetime) {
        return invalidArgument(
            "an authority lives 1 to {} hours, not {}", kMostLifetime.count(), lifetime.count());
    }
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto keyPem, generateTlsKey());
    WEFT_ASSIGN_OR_RETURN(const auto key, detail::keyFromPem(keyPem));
    WEFT_ASSIGN_OR_RETURN(
        const auto made,
        blankCertificate(key.get(), commonName, {now - kBackdating, now + lifetime}));
    for (const auto& extension : kAuthorityExtensions) {
        WEFT_RETURN_IF_ERROR(addExtension(made.get(), made.get(), extension));
    }
    WEFT_RETURN_IF_ERROR(finish(made.get(), made.get(), key.get()));
    WEFT_ASSIGN_OR_RETURN(const auto certificatePem, detail::certificateToPem(made.get()));
    return load(keyPem, certificatePem);
}

StatusOr<CertificateAuthority> CertificateAuthority::load(
    const SecretBytes& keyPem, std::string_view certificatePem) {
    const ErrorScope errors;
    auto impl = std::make_unique<Impl>();
    WEFT_ASSIGN_OR_RETURN(impl->key, detail::keyFromPem(keyPem));
    WEFT_ASSIGN_OR_RETURN(impl->certificate, detail::certificateFromPem(certificatePem));
    WEFT_ASSIGN_OR_RETURN(impl->info, inspectCertificate(certificatePem));
    WEFT_RETURN_IF_ERROR(checkKeyPair(keyPem, certificatePem));
    const bool maySign = (X509_get_key_usage(impl->certificate.get()) & KU_KEY_CERT_SIGN) != 0;
    if (!impl->info.isAuthority || !maySign) {
        return invalidArgument("the certificate is not one of an authority");
    }
    WEFT_ASSIGN_OR_RETURN(impl->keyPem, detail::keyToPem(impl->key.get()));
    WEFT_ASSIGN_OR_RETURN(impl->certificatePem, detail::certificateToPem(impl->certificate.get()));
    return CertificateAuthority(std::move(impl));
}

const std::string& CertificateAuthority::certificatePem() const {
    return impl_->certificatePem;
}

const CertificateInfo& CertificateAuthority::info() const {
    return impl_->info;
}

SecretBytes CertificateAuthority::keyPem() const {
    return impl_->keyPem.clone();
}

StatusOr<std::string> CertificateAuthority::issue(
    std::string_view requestPem,
    const CertificateRequestParams& params,
    WallTime now,
    std::chrono::hours lifetime) const {
    if (lifetime <= std::chrono::hours::zero()) {
        return invalidArgument("a certificate lives at least 1 hour, not {}", lifetime.count());
    }
    if (now >= impl_->info.notAfter || now < impl_->info.notBefore) {
        return failedPrecondition("the authority itself is not valid at this time");
    }
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto request, detail::requestFromPem(requestPem));
    WEFT_RETURN_IF_ERROR(detail::checkRequest(request.get()));
    WEFT_ASSIGN_OR_RETURN(const auto names, detail::encodeAlternativeNames(params));
    const auto lives = std::min<seconds>(
        std::min(lifetime, kMostLifetime),
        std::chrono::duration_cast<seconds>(impl_->info.notAfter - now));
    WEFT_ASSIGN_OR_RETURN(
        const auto made,
        blankCertificate(
            X509_REQ_get0_pubkey(request.get()),
            params.commonName,
            {now - kBackdating, now + lives}));
    for (const auto& extension : kLeafExtensions) {
        WEFT_RETURN_IF_ERROR(addExtension(made.get(), impl_->certificate.get(), extension));
    }
    if (names
        && X509_add1_ext_i2d(made.get(), NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT)
               != 1) {
        return internalError("adding alternative names: {}", ErrorScope::reason());
    }
    WEFT_RETURN_IF_ERROR(finish(made.get(), impl_->certificate.get(), impl_->key.get()));
    return detail::certificateToPem(made.get());
}

}  // namespace weft::crypto
