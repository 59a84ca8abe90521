// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"
#include "core/crypto/detail/openssl.h"
#include "core/crypto/detail/pem.h"
#include "core/crypto/detail/signing.h"
#include "core/crypto/detail/x509_names.h"

#include <utility>

namespace weft::crypto {
namespace {

using detail::ErrorScope;

struct FreeExtensions {
    void operator()(STACK_OF(X509_EXTENSION) * list) const {
        sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
    }
};
using ExtensionsPtr = std::unique_ptr<STACK_OF(X509_EXTENSION), FreeExtensions>;

Status addAlternativeNames(X509_REQ* request, GENERAL_NAMES* names) {
    STACK_OF(X509_EXTENSION)* list = nullptr;
    const int added = X509V3_add1_i2d(&list, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
    const ExtensionsPtr owned(list);
    if (added != 1 || X509_REQ_add_extensions(request, owned.get()) != 1) {
        return internalError("adding alternative names: {}", ErrorScope::reason());
    }
    return okStatus();
}

}  // namespace

StatusOr<std::string> makeCertificateRequest(
    const SecretBytes& keyPem, const CertificateRequestParams& params) {
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto key, detail::keyFromPem(keyPem));
    WEFT_ASSIGN_OR_RETURN(const auto names, detail::encodeAlternativeNames(params));
    const detail::RequestPtr request(X509_REQ_new());
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1
        || X509_REQ_set_pubkey(request.get(), key.get()) != 1) {
        return internalError("making a certificate request: {}", ErrorScope::reason());
    }
    if (!params.commonName.empty()) {
        WEFT_RETURN_IF_ERROR(
            detail::addCommonName(X509_REQ_get_subject_name(request.get()), params.commonName));
    }
    if (names) {
        WEFT_RETURN_IF_ERROR(addAlternativeNames(request.get(), names.get()));
    }
    if (X509_REQ_sign(request.get(), key.get(), detail::digestFor(key.get())) <= 0) {
        return internalError("signing a certificate request: {}", ErrorScope::reason());
    }
    return detail::requestToPem(request.get());
}

StatusOr<CertificateRequestParams> inspectCertificateRequest(std::string_view requestPem) {
    const ErrorScope errors;
    WEFT_ASSIGN_OR_RETURN(const auto request, detail::requestFromPem(requestPem));
    WEFT_RETURN_IF_ERROR(detail::checkRequest(request.get()));
    CertificateRequestParams params;
    WEFT_ASSIGN_OR_RETURN(
        params.commonName, detail::commonNameOf(X509_REQ_get_subject_name(request.get())));
    const ExtensionsPtr extensions(X509_REQ_get_extensions(request.get()));
    int critical = 0;
    const detail::GeneralNamesPtr names(static_cast<GENERAL_NAMES*>(
        X509V3_get_d2i(extensions.get(), NID_subject_alt_name, &critical, nullptr)));
    if (!names && critical != -1) {
        return invalidArgument("the alternative names of the certificate request are damaged");
    }
    WEFT_ASSIGN_OR_RETURN(auto alternative, detail::alternativeNamesOf(names.get()));
    params.dnsNames = std::move(alternative.dnsNames);
    params.ipAddresses = std::move(alternative.ipAddresses);
    return params;
}

}  // namespace weft::crypto
