// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/sandbox/world.h"
#include "core/platform/echo.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace weft::daemon::sandbox {

/// Echo requests that go nowhere and come back as long after as the way takes.
class SimulatedEcho final : public platform::EchoSocket {
public:
    using Answered = std::function<void(const platform::EchoAnswer&)>;

    /// Requests under way at a time; those past it are lost.
    static constexpr std::size_t kMostUnderWay = 256;

    /// `loop` outlives it.
    SimulatedEcho(
        base::Loop& loop,
        std::shared_ptr<const World> world,
        const net::IpAddress& target,
        Answered answered);

    Status send(std::uint16_t sequence) override;

private:
    void onBack(std::uint64_t number, const platform::EchoAnswer& answer);

    base::Loop& loop_;
    const std::shared_ptr<const World> world_;
    const net::IpAddress target_;
    const Answered answered_;
    std::uint64_t sent_ = 0;
    std::map<std::uint64_t, Subscription> underWay_;
};

}  // namespace weft::daemon::sandbox
