// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/tls/tls_identity.h"

#include <string>

namespace weft::services {

/// How a client reaches a server.
struct LinkOptions {
    TlsMode tls = TlsMode::Mutual;
    /// The authority that the server's certificate must come from, PEM; nothing else is trusted.
    /// Empty: the system's authorities.
    std::string authorityPem;
    /// The name that the server's certificate must carry ("storage.<domain>"); empty: the host that
    /// is dialled.
    std::string serverName;
    /// What this node shows (Mutual); may be empty.
    TlsIdentity identity;

    LinkOptions clone() const { return {tls, authorityPem, serverName, identity.clone()}; }
    /// Errors: kInvalidArgument.
    Status validate() const;
};

}  // namespace weft::services
