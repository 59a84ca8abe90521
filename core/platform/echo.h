// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace asio {
class io_context;
}  // namespace asio

namespace weft::platform {

/// What came back for one echo request.
struct EchoAnswer {
    std::uint16_t sequence = 0;
    /// What was left of the hop limit; 0 when the system does not tell.
    std::uint8_t hopLimit = 0;
    /// Why it does not get there, in the system's words; empty for a reply.
    std::string unreachable{};
};

struct EchoOptions {
    /// Nothing leaves by another one.
    std::string interface;
    net::IpAddress target;
};

/// Sends echo requests (ICMP) to one address. Thread: that of the context.
class EchoSocket {
public:
    EchoSocket() = default;
    EchoSocket(const EchoSocket&) = delete;
    EchoSocket& operator=(const EchoSocket&) = delete;
    virtual ~EchoSocket() = default;

    /// Errors: kUnavailable  it did not leave this host, in the system's words.
    virtual Status send(std::uint16_t sequence) = 0;
};

/// `answered` runs on the thread of `context`, which outlives the socket, and not once that is
/// gone; nothing comes for what somebody else has sent.
/// Errors: kPermissionDenied  neither kind of socket is allowed; the text names the ways out
///         kUnavailable       anything else the system reports, such as no route
StatusOr<std::unique_ptr<EchoSocket>> openEcho(
    asio::io_context& context,
    const EchoOptions& options,
    std::function<void(const EchoAnswer&)> answered);

}  // namespace weft::platform
