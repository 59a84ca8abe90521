// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::services {

/// Sends what the gRPC library logs to the logger "grpc": its errors are mostly what strangers did
/// (failed handshakes), so they are `debug` there. Once per process; thread: any.
void routeLibraryLog();

}  // namespace weft::services
