// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

/// Owners for what OpenSSL hands out. For source files of this folder.
namespace weft::services {

template <auto Free>
struct OpenSslDelete {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};

using BioPtr = std::unique_ptr<BIO, OpenSslDelete<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, OpenSslDelete<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDelete<EVP_PKEY_free>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, OpenSslDelete<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, OpenSslDelete<SSL_free>>;

/// A reader over `text`, which must outlive it.
inline BioPtr readerOf(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// The first certificate of a PEM text; nullptr when there is none.
inline X509Ptr readCertificate(std::string_view pem) {
    const BioPtr bio = readerOf(pem);
    return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

/// A private key in PEM; nullptr when it does not read. Never asks for a pass phrase.
inline KeyPtr readKey(std::string_view pem) {
    const BioPtr bio = readerOf(pem);
    const auto refuse = [](char*, int, int, void*) { return 0; };
    return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse, nullptr));
}

inline std::string toPem(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace weft::services
