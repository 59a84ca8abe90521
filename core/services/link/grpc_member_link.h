// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/member_link.h"
#include "core/services/link/known_places.h"
#include "core/services/link/link_options.h"

#include <memory>

namespace weft::services {

class ProbeWorker;

/// Makes links over gRPC. When no connection comes about, the error says why: refused, no answer,
/// another authority, an expired certificate, another name, a certificate of ours that is refused,
/// TLS on one side only.
/// Thread: confined to the loop. Outlives its links.
class GrpcMemberLinkFactory final : public mesh::MemberLinkFactory {
public:
    /// Callbacks run on `loop`.
    GrpcMemberLinkFactory(LinkOptions options, base::Loop& loop);
    ~GrpcMemberLinkFactory() override;

    /// Errors: kInvalidArgument: certificates that do not read.
    StatusOr<std::unique_ptr<mesh::MemberLink>> dial(const net::HostPort& address) override;
    StatusOr<std::unique_ptr<mesh::MemberLink>> dialAs(
        const net::HostPort& address, const std::string& name) override;

    /// Links that are dialled from now on show this certificate.
    void setIdentity(TlsIdentity identity) { options_.identity = std::move(identity); }
    /// ... and hold the server to this name.
    void setServerName(std::string name) { options_.serverName = std::move(name); }
    /// ... and go to where names are known to be.
    void setPlaces(KnownPlaces places) { places_ = std::move(places); }

private:
    LinkOptions options_;
    KnownPlaces places_;
    base::Loop& loop_;
    std::unique_ptr<ProbeWorker> probes_;
};

}  // namespace weft::services
