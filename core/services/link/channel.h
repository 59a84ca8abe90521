// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include <cstddef>
#include <memory>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::services {

/// The largest answer that a client of ours takes: a listing of a large mesh.
inline constexpr int kMaxAnswerBytes = 16 << 20;

/// A channel to one server; connects with the first call. Nothing of it is shared with other
/// channels, so that a new one tries at once. Past `memoryBytes` of what it has received and holds
/// (0: without an end) the library ends calls of it with RESOURCE_EXHAUSTED, no matter which.
std::shared_ptr<grpc::Channel> makeChannel(
    const net::HostPort& address, const LinkOptions& options, std::size_t memoryBytes = 0);

}  // namespace weft::services
