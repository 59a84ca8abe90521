// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"

#include <cstdint>
#include <string>

namespace weft::services {

enum class TlsMode : std::uint8_t {
    Mutual,      ///< callers may show a certificate, which is verified
    ServerOnly,  ///< only the server shows one
    Insecure,    ///< plain HTTP/2; chosen explicitly
};

/// A certificate (or a chain, leaf first) and its key, PEM.
struct TlsIdentity {
    std::string certificatePem;
    crypto::SecretBytes keyPem;

    bool empty() const { return certificatePem.empty(); }
    TlsIdentity clone() const { return {certificatePem, keyPem.clone()}; }
};

/// Whether the certificate reads and the key belongs to it. The gRPC library would find out only at
/// the first handshake. Errors: kInvalidArgument.
Status checkIdentity(const TlsIdentity& identity);

/// `certificatePem` with `authorityPem` at its end unless it is there already, so that a joiner
/// that knows only the authority's fingerprint can be shown the authority.
std::string chainWith(const std::string& certificatePem, const std::string& authorityPem);

}  // namespace weft::services
