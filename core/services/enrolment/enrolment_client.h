// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/enrolment.h"
#include "core/services/link/link_options.h"

#include <memory>
#include <string>
#include <vector>

namespace weft::services {

/// Turns an invitation code into a certificate: finds the mesh's authority at one of the code's
/// addresses by its fingerprint, and enrols over TLS that trusts this authority only. The secret is
/// sent to nobody else. Destroying it cancels.
/// Thread: confined to the loop.
class Enroller {
public:
    explicit Enroller(base::Loop& loop);
    ~Enroller();

    /// `params` carries node id, key, signature and certificate request; invitation id and secret
    /// are taken from `code`. The addresses are tried in order; the error of the last one that
    /// tells most is reported. One enrolment at a time.
    /// Errors: what the server says (mesh::Enrolment::enrol), those of fetchPinnedAuthority,
    ///         kFailedPrecondition (the code has expired), kDataLoss (the certificate that came
    ///         does not fit).
    void enrol(
        const mesh::InvitationCode& code,
        mesh::EnrolParams params,
        Callback<mesh::EnrolGrant> done);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// An administrator's or member's calls of weft.mesh.v1 at one server. Destroying it cancels.
/// Thread: confined to the loop.
class EnrolmentClient {
public:
    /// Errors: kInvalidArgument.
    static StatusOr<std::unique_ptr<EnrolmentClient>> create(
        const net::HostPort& address, const LinkOptions& options, base::Loop& loop);
    ~EnrolmentClient();
    EnrolmentClient(const EnrolmentClient&) = delete;
    EnrolmentClient& operator=(const EnrolmentClient&) = delete;

    /// A fresh certificate and the authority; the other fields of the grant stay empty.
    void renew(const std::string& certificateRequestPem, Callback<mesh::EnrolGrant> done);
    void invite(const mesh::InvitationParams& params, Callback<mesh::NewInvitation> done);
    void list(Callback<std::vector<mesh::InvitationRecord>> done);
    void revoke(const std::string& id, StatusCallback done);
    void releaseNode(const mesh::NodeId& id, StatusCallback done);

private:
    struct Impl;
    explicit EnrolmentClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
