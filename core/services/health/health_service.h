// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>
#include <set>
#include <string>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// grpc.health.v1.Health: serving, for as long as it answers, for the server ("") and each of
/// `services`.
std::unique_ptr<grpc::Service> makeHealthService(
    const NodeContext& context, std::set<std::string> services);

}  // namespace weft::services
