// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/enrolment.h"
#include "core/storage/key_value_store.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// The digest of an invitation's secret, in hex; beside the invitation's own record.
inline constexpr std::string_view kInvitationSecretsPrefix = "/weft/v1/invitation-secrets/";
/// How long what can no longer be used is still listed.
inline constexpr std::chrono::hours kInvitationRetention{24 * 30};

/// The stored form: protojson of weft.mesh.v1.Invitation. Errors: kDataLoss.
std::string encodeInvitation(const InvitationRecord& record);
StatusOr<InvitationRecord> decodeInvitation(std::string_view json);

/// All invitations by time of creation; what has run out by `view.now` says so.
std::vector<InvitationRecord> invitationsOf(const MeshView& view);

/// What was drawn from the random source for a new invitation.
struct InvitationDraw {
    std::string id;
    std::string secret;
};

StatusOr<storage::Transaction> planInvitation(
    const MeshView& view,
    const InvitationParams& params,
    const Caller& caller,
    const InvitationDraw& draw,
    InvitationRecord* record);

StatusOr<storage::Transaction> planRevocation(
    const MeshView& view, const std::string& id, const Caller& caller);

/// Deletes what nobody needs to see any more; empty when there is nothing.
storage::Transaction planInvitationCleanup(const MeshView& view);

/// Consumes the invitation and pins the node key, in one transaction. Sets `nodeId` to the name
/// that the node gets. Errors: see Enrolment::enrol.
StatusOr<storage::Transaction> planEnrolment(
    const MeshView& view, const EnrolParams& params, NodeId* nodeId);

}  // namespace weft::mesh::detail
