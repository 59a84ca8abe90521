// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/demanding_server.h"

#include "core/base/check.h"

#include <array>
#include <string_view>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace weft::tests {
namespace {

constexpr std::string_view kHttp2("h2");

// Without it a client of gRPC goes before it is asked for anything.
int chooseHttp2(
    SSL* /*ssl*/,
    const unsigned char** chosen,
    unsigned char* length,
    const unsigned char* /*offered*/,
    unsigned int /*offeredLength*/,
    void* /*data*/) {
    *chosen = reinterpret_cast<const unsigned char*>(kHttp2.data());
    *length = static_cast<unsigned char>(kHttp2.size());
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

DemandingServer::DemandingServer(
    const services::TlsIdentity& own, const std::string& authorityPem, int version)
    : context_(SSL_CTX_new(TLS_server_method()))
    , socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    SSL_CTX* context = context_.get();
    const auto certificate = services::readCertificate(own.certificatePem);
    const auto key = services::readKey(own.keyPem.revealText());
    const auto authority = services::readCertificate(authorityPem);
    WEFT_CHECK(SSL_CTX_use_certificate(context, certificate.get()) == 1);
    WEFT_CHECK(SSL_CTX_use_PrivateKey(context, key.get()) == 1);
    WEFT_CHECK(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) == 1);
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_alpn_select_cb(context, chooseHttp2, nullptr);

    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    WEFT_CHECK(::bind(socket_.get(), generic, length) == 0);
    WEFT_CHECK(::listen(socket_.get(), 16) == 0);
    WEFT_CHECK(::getsockname(socket_.get(), generic, &length) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

DemandingServer::~DemandingServer() {
    ::shutdown(socket_.get(), SHUT_RDWR);
    thread_.join();
}

void DemandingServer::run() {
    while (true) {
        const base::UniqueFd caller(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (caller.get() < 0) {
            return;
        }
        serve(caller);
    }
}

void DemandingServer::serve(const base::UniqueFd& caller) {
    const timeval patience{.tv_sec = 2, .tv_usec = 0};
    ::setsockopt(caller.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const services::SslPtr ssl(SSL_new(context_.get()));
    SSL_set_fd(ssl.get(), caller.get());
    if (SSL_accept(ssl.get()) != 1) {
        ++refused_;
    }
    // What is left unread at the end would make a reset of it, which takes the alert away again.
    ::shutdown(caller.get(), SHUT_WR);
    std::array<char, 512> rest{};
    while (::recv(caller.get(), rest.data(), rest.size(), 0) > 0) {
    }
}

}  // namespace weft::tests
