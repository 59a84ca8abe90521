// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/platform/echo.h"

#include "weft/local/v1/network.pb.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace weft::daemon {

/// How echo requests are sent.
struct PingPlan {
    /// 0: without an end.
    std::uint32_t count = 0;
    Duration interval{};
    /// How long each one is waited for.
    Duration timeout{};

    /// Errors: kInvalidArgument  a time is out of bounds; the text names them.
    static StatusOr<PingPlan> of(const weft::local::v1::PingRequest& request);
};

/// Sends echo requests at their times, and tells what came of each: exactly once, in the order in
/// which it is known. Thread: confined to `loop`.
class PingRun {
public:
    using Told = std::function<void(const weft::local::v1::PingUpdate&)>;

    /// `ended` runs once after the last of a count; it may drop this.
    PingRun(base::Loop& loop, const PingPlan& plan, Told told, StatusCallback ended)
        : loop_(loop), plan_(plan), told_(std::move(told)), ended_(std::move(ended)) {}
    PingRun(const PingRun&) = delete;
    PingRun& operator=(const PingRun&) = delete;
    ~PingRun() = default;

    /// Sends the first one. `socket` answers with `onAnswer`.
    void start(std::unique_ptr<platform::EchoSocket> socket);
    void onAnswer(const platform::EchoAnswer& answer);
    /// Ends it before its time.
    void end(const Status& status);

private:
    struct Waiting {
        std::uint32_t sequence = 0;
        TimePoint sentAt;
    };

    void step();
    void send(TimePoint now);
    void giveUp(TimePoint now);
    void lose(
        std::uint32_t sequence, weft::local::v1::PingLoss::Reason reason, const std::string& text);
    bool isLast() const { return plan_.count != 0 && sent_ >= plan_.count; }

    base::Loop& loop_;
    const PingPlan plan_;
    const Told told_;
    StatusCallback ended_;
    std::unique_ptr<platform::EchoSocket> socket_;
    std::uint32_t sent_ = 0;
    TimePoint nextAt_;
    /// By the 16 bits that are sent. Bounded by what fits into one timeout.
    std::map<std::uint16_t, Waiting> waiting_;
    Subscription timer_;
};

}  // namespace weft::daemon
