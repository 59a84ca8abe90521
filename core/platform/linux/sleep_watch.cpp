// SPDX-License-Identifier: Apache-2.0
#include "core/platform/sleep_watch.h"

#include "core/base/unique_fd.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <system_error>
#include <utility>

#include <sys/timerfd.h>
#include <unistd.h>

namespace weft::platform {
namespace {

Duration read(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// A timer that never comes, of the kind that the kernel cancels when the time of day jumps: after
/// a sleep, and when somebody sets the clock (timerfd_create(2)).
Status armForever(int fd) {
    // In the year 2255; the kernel takes little more.
    constexpr std::time_t kNever = 9'000'000'000;
    itimerspec never{};
    never.it_value.tv_sec = kNever;
    if (::timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr) != 0
        && errno != ECANCELED) {
        return unavailable("timerfd: {}", std::generic_category().message(errno));
    }
    return okStatus();
}

class Timer : public std::enable_shared_from_this<Timer> {
public:
    Timer(
        asio::io_context& context,
        base::UniqueFd fd,
        std::function<void(Duration)> slept,
        std::function<MachineTime()> time)
        : descriptor_(context, fd.release())
        , slept_(std::move(slept))
        , time_(std::move(time))
        , judge_(time_()) {}

    void listen() {
        descriptor_.async_wait(
            asio::posix::stream_descriptor::wait_read,
            [weak = weak_from_this()](const std::error_code& error) {
                const auto self = weak.lock();
                if (self && !error) {
                    self->onJump();
                }
            });
    }
    void close() {
        std::error_code error;
        // NOLINTNEXTLINE(bugprone-unused-return-value): `error` says it too, and nothing follows
        descriptor_.close(error);
    }

private:
    void onJump() {
        std::uint64_t count = 0;
        ssize_t got = 0;
        // Says ECANCELED, and with that takes note of it.
        do {
            got = ::read(descriptor_.native_handle(), &count, sizeof count);
        } while (got < 0 && errno == EINTR);
        if (const auto slept = judge_.look(time_())) {
            slept_(*slept);
        }
        // A timer that did come would come again and again.
        if (got < 0 && descriptor_.is_open() && armForever(descriptor_.native_handle()).ok()) {
            listen();
        }
    }

    asio::posix::stream_descriptor descriptor_;
    std::function<void(Duration)> slept_;
    std::function<MachineTime()> time_;
    SleepJudge judge_;
};

class LinuxSleepWatch final : public SleepWatch {
public:
    explicit LinuxSleepWatch(std::shared_ptr<Timer> timer) : timer_(std::move(timer)) {
        timer_->listen();
    }
    ~LinuxSleepWatch() override { timer_->close(); }

private:
    std::shared_ptr<Timer> timer_;
};

}  // namespace

MachineTime machineTime() {
    return {read(CLOCK_BOOTTIME), read(CLOCK_MONOTONIC)};
}

StatusOr<std::unique_ptr<SleepWatch>> watchSleep(
    asio::io_context& context,
    std::function<void(Duration)> slept,
    std::function<MachineTime()> time) {
    base::UniqueFd fd(::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC));
    if (!fd.valid()) {
        return unavailable("timerfd: {}", std::generic_category().message(errno));
    }
    WEFT_RETURN_IF_ERROR(armForever(fd.get()));
    return std::make_unique<LinuxSleepWatch>(
        std::make_shared<Timer>(context, std::move(fd), std::move(slept), std::move(time)));
}

}  // namespace weft::platform
