// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>
#include <string>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.Node. GetStatus answers for this node; its tunnel is for members and the administrator.
/// Asking for another node is for them as well; their question is not handed on (kUnimplemented).
std::unique_ptr<grpc::Service> makeNodeService(const NodeContext& context);

/// A Go duration text, as reference nodes write the uptime: "1h2m3.456789s", "0s", "15ms".
std::string goDuration(Duration duration);

}  // namespace weft::services
