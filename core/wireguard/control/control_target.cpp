// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_target.h"

namespace weft::wireguard {

int errorNumberOf(const Status& status) {
    switch (status.code()) {
    case StatusCode::kOk:
        return 0;
    case StatusCode::kInvalidArgument:
        return kErrorInvalid;
    case StatusCode::kAlreadyExists:
        return kErrorPortInUse;
    case StatusCode::kPermissionDenied:
        return kErrorDenied;
    case StatusCode::kResourceExhausted:
        return kErrorNoSpace;
    case StatusCode::kNotFound:
        return kErrorNoInterface;
    case StatusCode::kUnavailable:
    case StatusCode::kCancelled:
        return kErrorIo;
    default:
        return kErrorUnknown;
    }
}

}  // namespace weft::wireguard
