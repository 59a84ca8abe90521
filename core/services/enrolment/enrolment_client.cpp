// SPDX-License-Identifier: Apache-2.0
#include "core/services/enrolment/enrolment_client.h"

#include "core/services/convert.h"
#include "core/services/link/channel.h"
#include "core/services/link/client_calls.h"
#include "core/services/link/tls_probe.h"

#include "weft/mesh/v1/mesh.grpc.pb.h"

#include <grpcpp/channel.h>

namespace weft::services {

namespace {

namespace pb = mesh::v1;

pb::EnrolRequest requestOf(const mesh::EnrolParams& params) {
    pb::EnrolRequest request;
    request.set_invitation_id(params.invitationId);
    request.set_secret(params.secret);
    request.set_node_id(params.nodeId.value());
    request.set_public_key(params.publicKey.toString());
    request.set_signature(params.signature);
    request.set_certificate_request(params.certificateRequestPem);
    for (const auto& route : params.routes) {
        request.add_routes(route.toString());
    }
    return request;
}

mesh::EnrolGrant grantFrom(const pb::EnrolResponse& response) {
    return {
        mesh::NodeId(response.node_id()),
        response.certificate(),
        response.authority(),
        response.mesh_domain(),
        {response.join_addresses().begin(), response.join_addresses().end()}};
}

// A certificate that does not hold would be found out at the next start, far from its cause.
Status checkGrant(const mesh::EnrolGrant& grant, const std::string& authorityPem, WallTime now) {
    const auto complaint = [](const Status& status) {
        return dataLoss(
            "the server issued a certificate that does not hold: {}", messageOf(status));
    };
    if (const Status status = crypto::verifyCertificate(grant.certificatePem, authorityPem, now);
        !status.ok()) {
        return complaint(status);
    }
    const auto info = crypto::inspectCertificate(grant.certificatePem);
    if (!info.ok()) {
        return complaint(info.status());
    }
    if (info->commonName != grant.nodeId.value()) {
        return dataLoss("the server issued a certificate for another node");
    }
    return okStatus();
}

}  // namespace

struct Enroller::Impl : std::enable_shared_from_this<Enroller::Impl> {
    explicit Impl(base::Loop& home) : loop(home) {}

    void tryNext();
    void ask(const net::HostPort& address);
    void onAuthority(const net::HostPort& address, StatusOr<PinnedAuthority> authority);
    void onAnswer(
        const Status& status, const pb::EnrolResponse& response, const std::string& authorityPem);
    void finish(StatusOr<mesh::EnrolGrant> result);

    base::Loop& loop;
    bool closed = false;
    mesh::InvitationCode code;
    mesh::EnrolParams params;
    Callback<mesh::EnrolGrant> done;
    std::size_t next = 0;
    Status failure;
    std::unique_ptr<pb::Enrolment::Stub> stub;
    std::unique_ptr<ClientCalls> calls;
    // Outlives the calls; goes on the loop, because it is emptied by the destructor of Enroller.
    std::unique_ptr<ProbeWorker> probes = std::make_unique<ProbeWorker>();
};

Enroller::Enroller(base::Loop& loop) : impl_(std::make_shared<Impl>(loop)) {}

Enroller::~Enroller() {
    impl_->closed = true;
    impl_->calls.reset();
    impl_->probes.reset();
    if (impl_->done) {
        impl_->loop.post([done = std::exchange(impl_->done, nullptr)] {
            done(cancelled("the enrolment was given up"));
        });
    }
}

void Enroller::enrol(
    const mesh::InvitationCode& code, mesh::EnrolParams params, Callback<mesh::EnrolGrant> done) {
    if (impl_->done) {
        impl_->loop.post([done] { done(failedPrecondition("an enrolment is under way")); });
        return;
    }
    impl_->code = code;
    impl_->params = std::move(params);
    impl_->params.invitationId = code.invitationId;
    impl_->params.secret = code.secret;
    impl_->done = std::move(done);
    impl_->next = 0;
    impl_->failure = invalidArgument("the invitation carries no address");
    impl_->loop.post([weak = std::weak_ptr<Impl>(impl_)] {
        if (const auto alive = weak.lock()) {
            alive->tryNext();
        }
    });
}

void Enroller::Impl::tryNext() {
    if (closed || !done) {
        return;
    }
    if (loop.clock().wallNow() >= code.expiresAt) {
        finish(failedPrecondition("the invitation has expired; ask for a new one"));
        return;
    }
    while (next < code.addresses.size()) {
        const auto address = net::HostPort::parse(code.addresses[next++]);
        if (address.ok()) {
            ask(*address);
            return;
        }
        failure = address.status();
    }
    finish(failure);
}

void Enroller::Impl::ask(const net::HostPort& address) {
    // The worker must not be the last to hold this object, so it gets a weak reference.
    probes->run([weak = weak_from_this(),
                 &home = loop,
                 address,
                 fingerprint = code.authorityFingerprint,
                 stop = probes->stopping()] {
        auto authority =
            fetchPinnedAuthority(address, fingerprint, {std::chrono::seconds(10), stop});
        home.post([weak, address, authority = std::move(authority)] {
            if (const auto alive = weak.lock()) {
                alive->onAuthority(address, authority);
            }
        });
    });
}

void Enroller::Impl::onAuthority(
    const net::HostPort& address, StatusOr<PinnedAuthority> authority) {
    if (closed || !done) {
        return;
    }
    if (!authority.ok()) {
        failure = annotate(authority.status(), "{}", address.toString());
        tryNext();
        return;
    }
    const LinkOptions options{
        TlsMode::ServerOnly, authority->authorityPem, authority->serverName, {}};
    // The stub of an earlier address goes after its calls.
    calls.reset();
    stub = pb::Enrolment::NewStub(makeChannel(address, options));
    calls = std::make_unique<ClientCalls>(loop, address, options.clone(), *probes);
    calls->unary<pb::EnrolRequest, pb::EnrolResponse>(
        kJoinDeadline,
        requestOf(params),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            stub->async()->Enrol(context, sent, response, std::move(finished));
        },
        [weak = weak_from_this(),
         pem = authority->authorityPem](const Status& status, const pb::EnrolResponse& response) {
            const auto alive = weak.lock();
            if (alive && !alive->closed) {
                alive->onAnswer(status, response, pem);
            }
        });
}

void Enroller::Impl::onAnswer(
    const Status& status, const pb::EnrolResponse& response, const std::string& authorityPem) {
    if (status.code() == StatusCode::kUnavailable) {
        failure = status;
        tryNext();
        return;
    }
    if (!status.ok()) {
        finish(status);
        return;
    }
    mesh::EnrolGrant grant = grantFrom(response);
    // What was pinned counts, whatever the answer says.
    grant.authorityPem = authorityPem;
    const Status holds = checkGrant(grant, authorityPem, loop.clock().wallNow());
    if (holds.ok()) {
        finish(std::move(grant));
    } else {
        finish(holds);
    }
}

void Enroller::Impl::finish(StatusOr<mesh::EnrolGrant> result) {
    const auto tell = std::exchange(done, nullptr);
    tell(std::move(result));
}

struct EnrolmentClient::Impl {
    Impl(const net::HostPort& address, const LinkOptions& options, base::Loop& loop)
        : channel(makeChannel(address, options))
        , enrolment(pb::Enrolment::NewStub(channel))
        , invitations(pb::Invitations::NewStub(channel))
        , members(pb::Members::NewStub(channel))
        , calls(loop, address, options.clone(), probes) {}

    std::shared_ptr<grpc::Channel> channel;
    std::unique_ptr<pb::Enrolment::Stub> enrolment;
    std::unique_ptr<pb::Invitations::Stub> invitations;
    std::unique_ptr<pb::Members::Stub> members;
    ProbeWorker probes;
    // Last, so that it goes first.
    ClientCalls calls;
};

EnrolmentClient::EnrolmentClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EnrolmentClient::~EnrolmentClient() = default;

StatusOr<std::unique_ptr<EnrolmentClient>> EnrolmentClient::create(
    const net::HostPort& address, const LinkOptions& options, base::Loop& loop) {
    WEFT_RETURN_IF_ERROR(options.validate());
    return std::unique_ptr<EnrolmentClient>(
        new EnrolmentClient(std::make_unique<Impl>(address, options, loop)));
}

void EnrolmentClient::renew(
    const std::string& certificateRequestPem, Callback<mesh::EnrolGrant> done) {
    pb::RenewRequest request;
    request.set_certificate_request(certificateRequestPem);
    impl_->calls.unary<pb::RenewRequest, pb::RenewResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->enrolment->async()->Renew(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::RenewResponse& response) {
            if (!status.ok()) {
                done(status);
                return;
            }
            mesh::EnrolGrant grant;
            grant.certificatePem = response.certificate();
            grant.authorityPem = response.authority();
            done(std::move(grant));
        });
}

void EnrolmentClient::invite(
    const mesh::InvitationParams& params, Callback<mesh::NewInvitation> done) {
    pb::CreateInvitationRequest request;
    request.set_node_id(params.nodeId.value());
    request.set_note(params.note);
    request.set_lifetime_seconds(static_cast<std::uint32_t>(params.lifetime.count()));
    for (const auto& address : params.addresses) {
        request.add_addresses(address);
    }
    impl_->calls.unary<pb::CreateInvitationRequest, pb::CreateInvitationResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->invitations->async()->CreateInvitation(
                context, sent, response, std::move(finished));
        },
        [done =
             std::move(done)](const Status& status, const pb::CreateInvitationResponse& response) {
            if (!status.ok()) {
                done(status);
                return;
            }
            auto code = mesh::InvitationCode::parse(response.code());
            if (!code.ok()) {
                done(annotate(code.status(), "the server's invitation"));
                return;
            }
            done(mesh::NewInvitation{recordOf(response.invitation()), *std::move(code)});
        });
}

void EnrolmentClient::list(Callback<std::vector<mesh::InvitationRecord>> done) {
    impl_->calls.unary<pb::ListInvitationsRequest, pb::ListInvitationsResponse>(
        kCallDeadline,
        {},
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->invitations->async()->ListInvitations(
                context, sent, response, std::move(finished));
        },
        [done =
             std::move(done)](const Status& status, const pb::ListInvitationsResponse& response) {
            if (!status.ok()) {
                done(status);
                return;
            }
            std::vector<mesh::InvitationRecord> records;
            for (const auto& invitation : response.invitations()) {
                records.push_back(recordOf(invitation));
            }
            done(std::move(records));
        });
}

void EnrolmentClient::revoke(const std::string& id, StatusCallback done) {
    pb::RevokeInvitationRequest request;
    request.set_id(id);
    impl_->calls.unary<pb::RevokeInvitationRequest, pb::RevokeInvitationResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->invitations->async()->RevokeInvitation(
                context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const auto&) { done(status); });
}

void EnrolmentClient::releaseNode(const mesh::NodeId& id, StatusCallback done) {
    pb::ReleaseNodeRequest request;
    request.set_node_id(id.value());
    impl_->calls.unary<pb::ReleaseNodeRequest, pb::ReleaseNodeResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->members->async()->ReleaseNode(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const auto&) { done(status); });
}

}  // namespace weft::services
