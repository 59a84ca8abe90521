// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.Mesh: nodes and the graph, read from the host's registry.
std::unique_ptr<grpc::Service> makeMeshService(const ServiceContext& context);

}  // namespace weft::services
