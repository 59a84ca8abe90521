// SPDX-License-Identifier: Apache-2.0
#include "core/services/tls/tls_identity.h"

#include "core/services/tls/openssl_handles.h"

#include <openssl/err.h>

namespace weft::services {

Status checkIdentity(const TlsIdentity& identity) {
    const X509Ptr certificate = readCertificate(identity.certificatePem);
    const KeyPtr key = readKey(identity.keyPem.revealText());
    ERR_clear_error();
    if (certificate == nullptr) {
        return invalidArgument("the TLS certificate does not read as PEM");
    }
    if (key == nullptr) {
        return invalidArgument("the TLS key does not read as PEM");
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        ERR_clear_error();
        return invalidArgument("the TLS key does not belong to the TLS certificate");
    }
    return okStatus();
}

std::string chainWith(const std::string& certificatePem, const std::string& authorityPem) {
    const X509Ptr authority = readCertificate(authorityPem);
    if (authority == nullptr) {
        return certificatePem;
    }
    const BioPtr bio = readerOf(certificatePem);
    while (true) {
        const X509Ptr next(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (next == nullptr) {
            break;
        }
        if (X509_cmp(next.get(), authority.get()) == 0) {
            return certificatePem;
        }
    }
    ERR_clear_error();
    const bool newline = certificatePem.empty() || certificatePem.ends_with('\n');
    return certificatePem + (newline ? "" : "\n") + toPem(authority.get());
}

}  // namespace weft::services
