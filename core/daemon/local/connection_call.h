// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include <string>
#include <string_view>
#include <utility>

namespace weft::daemon {

/// Answers one question about the running connection of `profile`, the default one when that is
/// empty. `method` is a literal. `work` gets the connection, or the part of it that it asks for,
/// and the callback to call once; it runs on the daemon's loop. `table` outlives the calls.
template <typename Response, typename Work>
grpc::ServerUnaryReactor* onConnection(
    CallContext& calls,
    ConnectionTable& table,
    std::string_view method,
    const std::string& profile,
    Response* response,
    Work work) {
    return calls.unary<Response>(
        method, response, [&table, profile, work = std::move(work)](Callback<Response> done) {
            const auto connection = table.connected(profile);
            if (connection.ok()) {
                work(**connection, std::move(done));
            } else {
                done(connection.status());
            }
        });
}

}  // namespace weft::daemon
