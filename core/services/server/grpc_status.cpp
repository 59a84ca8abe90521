// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/grpc_status.h"

#include "core/base/text.h"

namespace weft::services {

grpc::Status toGrpc(const Status& status) {
    if (status.ok()) {
        return grpc::Status::OK;
    }
    std::string text = messageOf(status);
    if (text.size() > kMaxStatusText) {
        text.resize(kMaxStatusText);
    }
    return {static_cast<grpc::StatusCode>(static_cast<int>(status.code())), std::move(text)};
}

Status fromGrpc(const grpc::Status& status) {
    if (status.ok()) {
        return okStatus();
    }
    const int code = static_cast<int>(status.error_code());
    const bool known = code > 0 && code <= static_cast<int>(grpc::StatusCode::UNAUTHENTICATED);
    return makeStatus(
        known ? static_cast<StatusCode>(code) : StatusCode::kUnknown,
        base::escapeForLine(status.error_message(), kMaxStatusText));
}

}  // namespace weft::services
