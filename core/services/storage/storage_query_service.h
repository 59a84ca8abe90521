// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/service_context.h"

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace weft::services {

/// v1.StorageQueryService over the host's store. Reads run on the reader loop. What lies below
/// /weft/v1/ exists for administrators only: for others a key there is not found, not listed and
/// not told of.
/// The destructor ends the watch; the reader loop has been stopped, or is still running, by then.
std::unique_ptr<grpc::Service> makeStorageQueryService(const ServiceContext& context);

}  // namespace weft::services
