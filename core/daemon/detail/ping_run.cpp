// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ping_run.h"

#include "core/api/diagnosis.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

constexpr std::chrono::milliseconds kUsualInterval{1000};
constexpr std::chrono::milliseconds kUsualTimeout{2000};

StatusOr<Duration> within(
    const char* what,
    std::uint32_t milliseconds,
    std::chrono::milliseconds usual,
    std::chrono::milliseconds shortest,
    std::chrono::milliseconds longest) {
    const std::chrono::milliseconds time =
        milliseconds == 0 ? usual : std::chrono::milliseconds(milliseconds);
    if (time < shortest || time > longest) {
        return invalidArgument(
            "the {} is {} ms: give {} to {} ms",
            what,
            time.count(),
            shortest.count(),
            longest.count());
    }
    return Duration(time);
}

}  // namespace

StatusOr<PingPlan> PingPlan::of(const local::PingRequest& request) {
    PingPlan plan;
    plan.count = request.count();
    WEFT_ASSIGN_OR_RETURN(
        plan.interval,
        within(
            "interval",
            request.interval_milliseconds(),
            kUsualInterval,
            api::kShortestPingInterval,
            api::kLongestPingInterval));
    WEFT_ASSIGN_OR_RETURN(
        plan.timeout,
        within(
            "timeout",
            request.timeout_milliseconds(),
            kUsualTimeout,
            api::kShortestPingTimeout,
            api::kLongestPingTimeout));
    return plan;
}

void PingRun::start(std::unique_ptr<platform::EchoSocket> socket) {
    socket_ = std::move(socket);
    nextAt_ = loop_.clock().now();
    step();
}

void PingRun::step() {
    const auto now = loop_.clock().now();
    giveUp(now);
    if (!isLast() && now >= nextAt_) {
        send(now);
    }
    if (isLast() && waiting_.empty()) {
        end(okStatus());
        return;
    }
    std::optional<TimePoint> wake = isLast() ? std::nullopt : std::optional(nextAt_);
    for (const auto& [number, waiting] : waiting_) {
        const auto late = waiting.sentAt + plan_.timeout;
        wake = wake ? std::min(*wake, late) : late;
    }
    timer_ = loop_.after(std::max(*wake - now, Duration::zero()), [this] { step(); });
}

void PingRun::send(TimePoint now) {
    ++sent_;
    // After a pause of the whole computer there is no reason to catch up.
    nextAt_ = std::max(nextAt_ + plan_.interval, now);
    const auto number = static_cast<std::uint16_t>(sent_);
    const Status sent = socket_->send(number);
    if (sent.ok()) {
        waiting_.insert_or_assign(number, Waiting{.sequence = sent_, .sentAt = now});
    } else {
        lose(sent_, local::PingLoss::REASON_NOT_SENT, messageOf(sent));
    }
}

void PingRun::giveUp(TimePoint now) {
    std::vector<std::uint32_t> late;
    std::erase_if(waiting_, [&](const auto& item) {
        const bool isLate = now - item.second.sentAt >= plan_.timeout;
        if (isLate) {
            late.push_back(item.second.sequence);
        }
        return isLate;
    });
    std::ranges::sort(late);
    for (const auto sequence : late) {
        lose(sequence, local::PingLoss::REASON_TIMEOUT, "");
    }
}

void PingRun::onAnswer(const platform::EchoAnswer& answer) {
    const auto found = waiting_.extract(answer.sequence);
    if (!found) {
        // Given up before, or answered twice.
        return;
    }
    const auto& waiting = found.mapped();
    if (answer.unreachable.empty()) {
        local::PingUpdate update;
        auto* reply = update.mutable_reply();
        reply->set_sequence(waiting.sequence);
        reply->set_round_trip_nanoseconds(
            static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                           loop_.clock().now() - waiting.sentAt)
                                           .count()));
        reply->set_hop_limit(answer.hopLimit);
        told_(update);
    } else {
        lose(waiting.sequence, local::PingLoss::REASON_UNREACHABLE, answer.unreachable);
    }
    if (isLast() && waiting_.empty()) {
        // Not here: the socket that has called is not to go under its own feet.
        timer_ = loop_.after(Duration::zero(), [this] { step(); });
    }
}

void PingRun::lose(
    std::uint32_t sequence, local::PingLoss::Reason reason, const std::string& text) {
    local::PingUpdate update;
    auto* loss = update.mutable_loss();
    loss->set_sequence(sequence);
    loss->set_reason(reason);
    loss->set_text(text);
    told_(update);
}

void PingRun::end(const Status& status) {
    timer_.cancel();
    socket_.reset();
    if (const auto ended = std::exchange(ended_, nullptr)) {
        ended(status);
    }
}

}  // namespace weft::daemon
