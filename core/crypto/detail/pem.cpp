// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/detail/pem.h"

#include <openssl/buffer.h>
#include <openssl/pem.h>

#include <cstdint>
#include <span>

namespace weft::crypto::detail {
namespace {

/// Without a callback the library would ask on the terminal.
int refusePassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) {
    return -1;
}

std::span<std::uint8_t> contentOf(BIO* memory) {
    BUF_MEM* content = nullptr;
    if (BIO_get_mem_ptr(memory, &content) <= 0 || content == nullptr || content->data == nullptr) {
        return {};
    }
    return {reinterpret_cast<std::uint8_t*>(content->data), content->length};
}

std::string textIn(BIO* memory) {
    const auto content = contentOf(memory);
    return {content.begin(), content.end()};
}

Status tooLongOrWrong(std::string_view text, std::string_view what) {
    if (text.size() > kMostPemBytes) {
        return invalidArgument("not {}: longer than {} bytes", what, kMostPemBytes);
    }
    return invalidArgument("not {} in PEM form: {}", what, ErrorScope::reason());
}

}  // namespace

BioPtr readerOf(std::string_view text) {
    if (text.empty() || text.size() > kMostPemBytes) {
        return nullptr;
    }
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

StatusOr<CertificatePtr> certificateFromPem(std::string_view text) {
    const auto reader = readerOf(text);
    CertificatePtr made(
        reader ? PEM_read_bio_X509(reader.get(), nullptr, refusePassword, nullptr) : nullptr);
    if (!made) {
        return tooLongOrWrong(text, "a certificate");
    }
    return made;
}

StatusOr<RequestPtr> requestFromPem(std::string_view text) {
    const auto reader = readerOf(text);
    RequestPtr made(
        reader ? PEM_read_bio_X509_REQ(reader.get(), nullptr, refusePassword, nullptr) : nullptr);
    if (!made) {
        return tooLongOrWrong(text, "a certificate request");
    }
    return made;
}

StatusOr<PkeyPtr> keyFromPem(const SecretBytes& text) {
    const auto reader = readerOf(text.revealText());
    PkeyPtr made(
        reader ? PEM_read_bio_PrivateKey(reader.get(), nullptr, refusePassword, nullptr) : nullptr);
    if (!made) {
        return tooLongOrWrong(text.revealText(), "a plain private key");
    }
    return made;
}

StatusOr<std::string> certificateToPem(X509* certificate) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (!memory || PEM_write_bio_X509(memory.get(), certificate) != 1) {
        return internalError("writing a certificate: {}", ErrorScope::reason());
    }
    return textIn(memory.get());
}

StatusOr<std::string> requestToPem(X509_REQ* request) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (!memory || PEM_write_bio_X509_REQ(memory.get(), request) != 1) {
        return internalError("writing a certificate request: {}", ErrorScope::reason());
    }
    return textIn(memory.get());
}

StatusOr<SecretBytes> keyToPem(EVP_PKEY* key) {
    // Wipes itself when it grows and when it goes.
    const BioPtr memory(BIO_new(BIO_s_secmem()));
    const int written = memory ? PEM_write_bio_PKCS8PrivateKey(
                            memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr)
                               : 0;
    if (written != 1) {
        return internalError("writing a private key: {}", ErrorScope::reason());
    }
    return SecretBytes(std::span<const std::uint8_t>(contentOf(memory.get())));
}

}  // namespace weft::crypto::detail
