// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <functional>
#include <memory>

namespace asio {
class io_context;
}  // namespace asio

namespace weft::platform {

/// Tells that something of this host's network has changed: interfaces, addresses, routes,
/// forwarding, filters. What it was is to be asked elsewhere; several changes may be told as one.
/// Thread: made and destroyed on the context's, or while that stands still.
class HostWatch {
public:
    HostWatch() = default;
    HostWatch(const HostWatch&) = delete;
    HostWatch& operator=(const HostWatch&) = delete;
    virtual ~HostWatch() = default;
};

/// `changed` runs on the thread of `context`, which outlives the watch, and not once that is gone.
/// Errors: kUnavailable  the system does not tell, in its words.
StatusOr<std::unique_ptr<HostWatch>> watchHost(
    asio::io_context& context, std::function<void()> changed);

}  // namespace weft::platform
