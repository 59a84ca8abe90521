// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weft::crypto {

/// What an X.509 certificate says, read out once.
struct CertificateInfo {
    std::string commonName;
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses;
    WallTime notBefore;
    WallTime notAfter;
    bool isAuthority = false;
    /// Lower-case hex of the serial number.
    std::string serial;
    /// SHA-256 over the DER, lower-case hex, 64 characters.
    std::string fingerprint;
};

/// A certificate and its private key, both PEM.
struct KeyAndCertificate {
    SecretBytes keyPem;
    std::string certificatePem;
};

/// Parses the first certificate of a PEM text. Errors: kInvalidArgument.
StatusOr<CertificateInfo> inspectCertificate(std::string_view pem);

/// What to put into a certificate. DNS names are host names without wildcards, the common name is
/// any UTF-8 text of up to 64 characters.
struct CertificateRequestParams {
    std::string commonName{};
    std::vector<std::string> dnsNames{};
    /// Address texts.
    std::vector<std::string> ipAddresses{};
};

/// Whether `name` can stand among `dnsNames`. Node ids are freer than host names: ask before
/// putting one there.
bool isDnsName(std::string_view name);

/// A fresh ECDSA P-256 key as PKCS#8 PEM.
StatusOr<SecretBytes> generateTlsKey();

/// A PKCS#10 request, PEM, signed by `keyPem`.
StatusOr<std::string> makeCertificateRequest(
    const SecretBytes& keyPem, const CertificateRequestParams& params);

/// What a certificate request asks for, after its own signature was verified.
/// Errors: kInvalidArgument.
StatusOr<CertificateRequestParams> inspectCertificateRequest(std::string_view requestPem);

/// A certificate authority of one mesh: ECDSA P-256, self-signed, path length 0.
/// Thread: any, const after construction.
class CertificateAuthority {
public:
    /// A new authority named `commonName`, valid from `now - 5 min` for `lifetime`.
    static StatusOr<CertificateAuthority> create(
        std::string_view commonName, WallTime now, std::chrono::hours lifetime);
    /// From PEM texts that belong together. Errors: kInvalidArgument.
    static StatusOr<CertificateAuthority> load(
        const SecretBytes& keyPem, std::string_view certificatePem);

    CertificateAuthority(CertificateAuthority&& other) noexcept;
    CertificateAuthority& operator=(CertificateAuthority&& other) noexcept;
    ~CertificateAuthority();

    const std::string& certificatePem() const;
    const CertificateInfo& info() const;
    SecretBytes keyPem() const;

    /// Issues for the public key of `requestPem` exactly the names in `params` (names in the
    /// request are ignored), usable by server and client, valid from `now - 5 min`, never longer
    /// than the authority itself.
    /// Errors: kInvalidArgument    the request is damaged, not signed by its key or has a weak key;
    ///                             the common name is missing, not text or above 64 characters; a
    ///                             DNS name is no host name or a wildcard; more than 64 names
    ///         kFailedPrecondition the authority is not valid at `now`
    StatusOr<std::string> issue(
        std::string_view requestPem,
        const CertificateRequestParams& params,
        WallTime now,
        std::chrono::hours lifetime) const;

private:
    struct Impl;
    explicit CertificateAuthority(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Whether the private key belongs to the first certificate of the text.
/// Errors: kInvalidArgument when it does not, or one of the texts is not what it should be.
Status checkKeyPair(const SecretBytes& keyPem, std::string_view certificatePem);

/// Whether `certificatePem` was signed by `authorityPem` and is valid at `now`.
/// `authorityPem` may hold several authorities.
/// Errors: kUnauthenticated with the reason (expired, not yet valid, other authority, no
///         certificate at all); kInvalidArgument when `authorityPem` is no certificate.
Status verifyCertificate(
    std::string_view certificatePem, std::string_view authorityPem, WallTime now);

}  // namespace weft::crypto
