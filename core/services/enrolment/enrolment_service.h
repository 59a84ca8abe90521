// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// weft.mesh.v1.Enrolment and Invitations over the mesh's Enrolment, which must be there.
std::unique_ptr<grpc::Service> makeEnrolmentService(const ServiceContext& context);
std::unique_ptr<grpc::Service> makeInvitationsService(const ServiceContext& context);

}  // namespace weft::services
