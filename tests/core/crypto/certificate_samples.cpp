// SPDX-License-Identifier: Apache-2.0
#include "tests/core/crypto/certificate_samples.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>

#include <memory>

namespace weft::crypto {

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

CertificateAuthority makeAuthority(std::string_view name) {
    return CertificateAuthority::create(name, kNow, 3650 * kDay).value();
}

std::string makeRequest(const SecretBytes& key) {
    return makeCertificateRequest(key, {.commonName = "asked-for", .dnsNames = {"asked.example"}})
        .value();
}

std::string makeRequest() {
    return makeRequest(generateTlsKey().value());
}

std::string leafOf(const CertificateAuthority& authority, std::chrono::hours lifetime) {
    return authority
        .issue(
            makeRequest(),
            {.commonName = "alpha",
             .dnsNames = {"alpha.home.internal", "alpha"},
             .ipAddresses = {"172.16.0.1", "fdfd:e82c:4973::1"}},
            kNow,
            lifetime)
        .value();
}

std::string withByteChanged(const std::string& pem, std::size_t at, std::uint8_t mask) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    const BioPtr reader(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    EXPECT_EQ(PEM_read_bio(reader.get(), &name, &header, &data, &length), 1);
    data[at % static_cast<std::size_t>(length)] ^= mask;
    const BioPtr memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio(memory.get(), name, header, data, length);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace weft::crypto
