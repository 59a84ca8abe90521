// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/invitation_messages.h"

#include "core/services/convert.h"

#include <chrono>
#include <utility>

namespace weft::daemon {

namespace meshv1 = weft::mesh::v1;

mesh::InvitationParams paramsOf(const meshv1::CreateInvitationRequest& request) {
    mesh::InvitationParams params;
    params.nodeId = storage::NodeId(request.node_id());
    params.note = request.note();
    params.lifetime = std::chrono::seconds(request.lifetime_seconds());
    params.addresses = {request.addresses().begin(), request.addresses().end()};
    return params;
}

Callback<mesh::NewInvitation> asMessage(Callback<meshv1::CreateInvitationResponse> done) {
    return [done = std::move(done)](const StatusOr<mesh::NewInvitation>& made) {
        if (!made.ok()) {
            done(made.status());
            return;
        }
        meshv1::CreateInvitationResponse response;
        services::toProto(made->record, response.mutable_invitation());
        response.set_code(made->code.toString());
        done(std::move(response));
    };
}

Callback<std::vector<mesh::InvitationRecord>> asMessage(
    Callback<meshv1::ListInvitationsResponse> done) {
    return [done = std::move(done)](const StatusOr<std::vector<mesh::InvitationRecord>>& records) {
        if (!records.ok()) {
            done(records.status());
            return;
        }
        meshv1::ListInvitationsResponse response;
        for (const auto& record : *records) {
            services::toProto(record, response.add_invitations());
        }
        done(std::move(response));
    };
}

}  // namespace weft::daemon
