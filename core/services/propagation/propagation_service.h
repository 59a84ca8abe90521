// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// weft.mesh.v1.Propagation over the host's.
std::unique_ptr<grpc::Service> makePropagationService(const ServiceContext& context);

}  // namespace weft::services
