// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// grpc.reflection.v1alpha.ServerReflection for authenticated callers. The library's own reflection
/// service answers everybody, so this one stands in its place; it tells of `services` and of the
/// files that declare them.
std::unique_ptr<grpc::Service> makeReflectionService(
    const NodeContext& context, std::vector<std::string> services);

}  // namespace weft::services
