// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <grpcpp/support/status.h>

namespace weft::services {

/// The codes are the same numbers; a text longer than kMaxStatusText is cut.
grpc::Status toGrpc(const Status& status);
/// What a peer answered. A code outside the list becomes kUnknown; the text is made printable.
Status fromGrpc(const grpc::Status& status);

/// The same, and the details say that it is an answer: the library has the codes UNAVAILABLE and
/// DEADLINE_EXCEEDED for a connection that fails as well.
grpc::Status answerToGrpc(const Status& status);

inline constexpr std::size_t kMaxStatusText = 1024;

/// Marks a refusal as one of whoever hands a call on, and not of whom it is handed on for: its
/// grpc::Status says so in its details.
Status aboutProxy(Status status);
bool isAboutProxy(const grpc::Status& status);

}  // namespace weft::services
