// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include <memory>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::services {

/// The largest answer that a client of ours takes: a listing of a large mesh.
inline constexpr int kMaxAnswerBytes = 16 << 20;

/// A channel to one server; connects with the first call. Nothing of it is shared with other
/// channels, so that a new one tries at once.
std::shared_ptr<grpc::Channel> makeChannel(
    const net::HostPort& address, const LinkOptions& options);

}  // namespace weft::services
