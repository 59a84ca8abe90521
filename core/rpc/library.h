// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::rpc {

/// Before the first server or channel of the gRPC library goes; once per process is enough.
///
/// Sends what the library logs to the logger "grpc": its errors are mostly what strangers did
/// (failed handshakes), so they are `debug` there. And keeps the library's threads for callbacks
/// from here to the end of the process: 1.51 ends them with the last server or channel and starts
/// them with the next, and when it is one of these threads that lets go of the last, it waits for
/// itself, frees what it still uses, and the process ends by a signal.
/// Thread: any.
void prepareLibrary();

}  // namespace weft::rpc
