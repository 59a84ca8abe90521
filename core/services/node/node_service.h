// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>
#include <string>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.Node. GetStatus answers for this node. Asking for another node is for members only; their
/// question is not handed on while there is no tunnel to hand it through (kUnavailable).
std::unique_ptr<grpc::Service> makeNodeService(const NodeContext& context);

/// A Go duration text, as reference nodes write the uptime: "1h2m3.456789s", "0s", "15ms".
std::string goDuration(Duration duration);

}  // namespace weft::services
