// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// weft.mesh.v1.Changes over the mesh's ChangeControl, which must be there.
std::unique_ptr<grpc::Service> makeChangesService(const ServiceContext& context);

}  // namespace weft::services
