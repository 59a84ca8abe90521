// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.Membership over the host: Join, Update, Leave, SubscribePeers (first message at once), Apply
/// (kFailedPrecondition on an engine without voters) and GetStorageConfiguration.
std::unique_ptr<grpc::Service> makeMembershipService(const ServiceContext& context);

}  // namespace weft::services
