// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/mesh/enrolment.h"

#include "weft/mesh/v1/mesh.pb.h"

#include <vector>

namespace weft::daemon {

/// What is asked for, as it is asked.
mesh::InvitationParams paramsOf(const weft::mesh::v1::CreateInvitationRequest& request);

/// Gives `done` the message of what was made, or why it was not.
Callback<mesh::NewInvitation> asMessage(Callback<weft::mesh::v1::CreateInvitationResponse> done);
Callback<std::vector<mesh::InvitationRecord>> asMessage(
    Callback<weft::mesh::v1::ListInvitationsResponse> done);

}  // namespace weft::daemon
