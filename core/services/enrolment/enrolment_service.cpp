// SPDX-License-Identifier: Apache-2.0
#include "core/services/enrolment/enrolment_service.h"

#include "core/mesh/enrolment.h"
#include "core/services/convert.h"
#include "core/services/server/dispatcher.h"

#include "weft/mesh/v1/mesh.grpc.pb.h"

namespace weft::services {

namespace {

namespace pb = mesh::v1;

// What is longer was not made by a client of ours.
constexpr std::size_t kMaxNoteBytes = 1024;
constexpr std::size_t kMaxAddresses = 4;

StatusOr<mesh::InvitationParams> paramsOf(const pb::CreateInvitationRequest& request) {
    if (request.note().size() > kMaxNoteBytes) {
        return invalidArgument("the note is longer than {} bytes", kMaxNoteBytes);
    }
    if (static_cast<std::size_t>(request.addresses_size()) > kMaxAddresses) {
        return invalidArgument("a code carries at most {} addresses", kMaxAddresses);
    }
    mesh::InvitationParams params;
    params.nodeId = mesh::NodeId(request.node_id());
    params.note = request.note();
    params.lifetime = std::chrono::seconds(request.lifetime_seconds());
    params.addresses = {request.addresses().begin(), request.addresses().end()};
    return params;
}

void toProto(const mesh::EnrolGrant& grant, pb::EnrolResponse* response) {
    response->set_node_id(grant.nodeId.value());
    response->set_certificate(grant.certificatePem);
    response->set_authority(grant.authorityPem);
    response->set_mesh_domain(grant.meshDomain);
    for (const auto& address : grant.joinAddresses) {
        response->add_join_addresses(address);
    }
}

void toProto(
    const std::vector<mesh::InvitationRecord>& records, pb::ListInvitationsResponse* response) {
    for (const auto& record : records) {
        services::toProto(record, response->add_invitations());
    }
}

class EnrolmentService final : public pb::Enrolment::CallbackService {
public:
    explicit EnrolmentService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* Enrol(
        grpc::CallbackServerContext* context,
        const pb::EnrolRequest* request,
        pb::EnrolResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Enrolment/Enrol",
            [this, params = services::paramsOf(*request), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (!params.ok()) {
                    end->finish(params.status());
                    return;
                }
                context_.enrolment->enrol(
                    *params, caller, [end, response](const StatusOr<mesh::EnrolGrant>& grant) {
                        end->finishWith(grant.status(), [&] { toProto(*grant, response); });
                    });
            });
    }

    grpc::ServerUnaryReactor* Renew(
        grpc::CallbackServerContext* context,
        const pb::RenewRequest* request,
        pb::RenewResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Enrolment/Renew",
            [this, pem = request->certificate_request(), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (pem.size() > kMaxRequestPemBytes) {
                    end->finish(invalidArgument("the certificate request is too large"));
                    return;
                }
                context_.enrolment->renew(
                    pem, caller, [end, response](const StatusOr<mesh::EnrolGrant>& grant) {
                        end->finishWith(grant.status(), [&] {
                            response->set_certificate(grant->certificatePem);
                            response->set_authority(grant->authorityPem);
                        });
                    });
            });
    }

private:
    const ServiceContext context_;
};

class InvitationsService final : public pb::Invitations::CallbackService {
public:
    explicit InvitationsService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* CreateInvitation(
        grpc::CallbackServerContext* context,
        const pb::CreateInvitationRequest* request,
        pb::CreateInvitationResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Invitations/CreateInvitation",
            [this, params = paramsOf(*request), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (!params.ok()) {
                    end->finish(params.status());
                    return;
                }
                context_.enrolment->invite(
                    *params, caller, [end, response](const StatusOr<mesh::NewInvitation>& made) {
                        end->finishWith(made.status(), [&] {
                            services::toProto(made->record, response->mutable_invitation());
                            response->set_code(made->code.toString());
                        });
                    });
            });
    }

    grpc::ServerUnaryReactor* ListInvitations(
        grpc::CallbackServerContext* context,
        const pb::ListInvitationsRequest* /*request*/,
        pb::ListInvitationsResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Invitations/ListInvitations",
            [this, response](const mesh::Caller& caller, const CallEndPtr& end) {
                context_.enrolment->list(
                    caller,
                    [end, response](const StatusOr<std::vector<mesh::InvitationRecord>>& list) {
                        end->finishWith(list.status(), [&] { toProto(*list, response); });
                    });
            });
    }

    grpc::ServerUnaryReactor* RevokeInvitation(
        grpc::CallbackServerContext* context,
        const pb::RevokeInvitationRequest* request,
        pb::RevokeInvitationResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Invitations/RevokeInvitation",
            [this, id = request->id()](const mesh::Caller& caller, const CallEndPtr& end) {
                context_.enrolment->revoke(
                    id, caller, [end](const Status& status) { end->finish(status); });
            });
    }

private:
    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeEnrolmentService(const ServiceContext& context) {
    return std::make_unique<EnrolmentService>(context);
}

std::unique_ptr<grpc::Service> makeInvitationsService(const ServiceContext& context) {
    return std::make_unique<InvitationsService>(context);
}

}  // namespace weft::services
