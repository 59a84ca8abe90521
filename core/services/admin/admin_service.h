// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.Admin, and weft.mesh.v1.Policy and Audit, over the mesh's Administration, which must be
/// there.
std::unique_ptr<grpc::Service> makeAdminService(const ServiceContext& context);
std::unique_ptr<grpc::Service> makePolicyService(const ServiceContext& context);
std::unique_ptr<grpc::Service> makeAuditService(const ServiceContext& context);
/// Needs the host only; without an administration nodes are released, but not removed.
std::unique_ptr<grpc::Service> makeMembersService(const ServiceContext& context);

}  // namespace weft::services
