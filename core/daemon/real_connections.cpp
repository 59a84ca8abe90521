// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/real_connections.h"

#include "core/base/file.h"
#include "core/crypto/node_key.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/detail/credentials.h"
#include "core/daemon/detail/metrics_board.h"
#include "core/daemon/founder_connection.h"
#include "core/daemon/member_connection.h"
#include "core/services/enrolment/enrolment_client.h"

#include <system_error>
#include <utility>

namespace weft::daemon {

/// One enrolment: from the code to the files in the profile's folder. On the work loop.
class RealConnections::Enrolling {
public:
    Enrolling(base::Loop& loop, JoinByCode request)
        : request_(std::move(request)), enroller_(loop) {}

    void run(const std::function<void(int, std::string)>& step, Callback<Enrolled> done) {
        mesh::EnrolParams params;
        auto code = prepare(params);
        if (!code.ok()) {
            done(code.status());
            return;
        }
        step(2, stepText(2));
        enroller_.enrol(
            *code,
            std::move(params),
            [this, step, done = std::move(done)](const StatusOr<mesh::EnrolGrant>& grant) {
                if (!grant.ok()) {
                    undo(grant.status().code());
                    done(grant.status());
                    return;
                }
                step(3, stepText(3));
                done(keep(*grant));
            });
    }

private:
    StatusOr<mesh::InvitationCode> prepare(mesh::EnrolParams& params) {
        WEFT_ASSIGN_OR_RETURN(auto code, mesh::InvitationCode::parse(request_.code));
        WEFT_RETURN_IF_ERROR(base::makeFolders(request_.folder));
        std::error_code error;
        madeKey_ = !std::filesystem::exists(request_.folder / kNodeKeyFile, error);
        WEFT_ASSIGN_OR_RETURN(
            const auto key, crypto::loadOrCreateKeyFile(request_.folder / kNodeKeyFile));
        WEFT_ASSIGN_OR_RETURN(tlsKey_, crypto::generateTlsKey());
        WEFT_ASSIGN_OR_RETURN(
            params.certificateRequestPem,
            crypto::makeCertificateRequest(tlsKey_, {.commonName = request_.nodeId}));
        params.nodeId = storage::NodeId(request_.nodeId);
        params.publicKey = key.publicKey();
        params.routes = joinableRoutes(request_.routes);
        params.signature = key.sign(
            mesh::enrolMessage(code.invitationId, params.nodeId, params.certificateRequestPem));
        return code;
    }

    StatusOr<Enrolled> keep(const mesh::EnrolGrant& grant) const {
        WEFT_RETURN_IF_ERROR(
            base::writeFileAtomically(request_.folder / kCertificateKeyFile, tlsKey_.revealText()));
        WEFT_RETURN_IF_ERROR(
            writeCertificate(request_.folder, grant.certificatePem, grant.authorityPem));
        return Enrolled{grant.nodeId.value(), grant.meshDomain, grant.joinAddresses};
    }

    /// A key that nobody has seen need not stay. After a call whose outcome is unknown it must: the
    /// mesh may have pinned it to the name.
    void undo(StatusCode code) const {
        const bool unknown =
            code == StatusCode::kDeadlineExceeded || code == StatusCode::kCancelled;
        if (!madeKey_ || unknown) {
            return;
        }
        std::error_code error;
        std::filesystem::remove(request_.folder / kNodeKeyFile, error);
        // Only an empty folder goes.
        std::filesystem::remove(request_.folder, error);
    }

    const JoinByCode request_;
    services::Enroller enroller_;
    crypto::SecretBytes tlsKey_;
    bool madeKey_ = false;
};

RealConnections::RealConnections(base::Loop& work, TunnelFactory* tunnels)
    : work_(work), tunnels_(tunnels), metrics_(std::make_unique<MetricsBoard>()) {}

RealConnections::~RealConnections() = default;

std::unique_ptr<MeshConnection> RealConnections::make(
    ConnectionSpec spec, ConnectionEvents events) {
    if (spec.kind == weft::local::v1::Profile::KIND_FOUNDER) {
        return std::make_unique<FounderConnection>(
            std::move(spec), std::move(events), tunnels_, metrics_.get());
    }
    return std::make_unique<MemberConnection>(
        std::move(spec), std::move(events), tunnels_, metrics_.get());
}

void RealConnections::enrol(
    JoinByCode request, std::function<void(int, std::string)> step, Callback<Enrolled> done) {
    work_.post([this, request = std::move(request), step = std::move(step), done] {
        const std::string id = request.profileId;
        auto& enrolling = enrolling_[id];
        enrolling = std::make_unique<Enrolling>(work_, request);
        enrolling->run(step, [this, id, done](const StatusOr<Enrolled>& enrolled) {
            done(enrolled);
            // Not here, where its own callback runs.
            work_.post([this, id] { enrolling_.erase(id); });
        });
    });
}

void RealConnections::cancelEnrolments() {
    enrolling_.clear();
}

}  // namespace weft::daemon
