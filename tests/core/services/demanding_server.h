// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"
#include "core/services/tls/openssl_handles.h"
#include "core/services/tls/tls_identity.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace weft::tests {

/// A TLS server on loopback that takes nobody without a certificate, tells so by an alert, and has
/// nothing to say to the others.
class DemandingServer {
public:
    /// `version`: the only one of TLS that it speaks, as OpenSSL numbers it.
    DemandingServer(const services::TlsIdentity& own, const std::string& authorityPem, int version);
    ~DemandingServer();
    DemandingServer(const DemandingServer&) = delete;
    DemandingServer& operator=(const DemandingServer&) = delete;

    net::HostPort address() const { return {"127.0.0.1", port_}; }
    /// Callers that it turned away so far.
    int refused() const { return refused_; }

private:
    void run();
    void serve(const base::UniqueFd& caller);

    services::SslContextPtr context_;
    base::UniqueFd socket_;
    std::uint16_t port_ = 0;
    std::atomic<int> refused_ = 0;
    std::thread thread_;
};

}  // namespace weft::tests
