// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::services {

/// Before a server or channel of the gRPC library is made; once per process is enough.
///
/// Sends what the library logs to the logger "grpc": its errors are mostly what strangers did
/// (failed handshakes), so they are `debug` there. And keeps the library's threads for callbacks
/// from here to the end of the process: 1.51 ends them with the last server or channel and starts
/// them with the next, and aborts now and then while it ends them.
/// Thread: any.
void prepareLibrary();

}  // namespace weft::services
