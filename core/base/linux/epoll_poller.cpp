// SPDX-License-Identifier: Apache-2.0
#include "core/base/poller.h"
#include "core/base/unique_fd.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace weft::base {
namespace {

/// The user data of the wake event; ids have 32 bits.
constexpr std::uint64_t kWakeTag = std::uint64_t{1} << 32U;

std::string errorText(int error) {
    return std::generic_category().message(error);
}

timespec toTimespec(Duration timeout) {
    const auto nanoseconds = std::max<Duration::rep>(timeout.count(), 0);
    constexpr Duration::rep kSecond = 1'000'000'000;
    return {static_cast<time_t>(nanoseconds / kSecond), static_cast<long>(nanoseconds % kSecond)};
}

class EpollPoller final : public Poller {
public:
    EpollPoller(UniqueFd epoll, UniqueFd event)
        : epoll_(std::move(epoll)), event_(std::move(event)) {}

    Status add(Waitable source, std::uint32_t id) override {
        epoll_event wanted = eventOf(id, EPOLLIN);
        if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, static_cast<int>(source.handle), &wanted)
            == 0) {
            return okStatus();
        }
        switch (const int error = errno) {
        case EEXIST:
            return alreadyExists("descriptor {} is watched", source.handle);
        case ENOSPC:
        case ENOMEM:
            return resourceExhausted("no more room to watch: {}", errorText(error));
        default:
            return invalidArgument(
                "descriptor {} cannot be watched: {}", source.handle, errorText(error));
        }
    }

    void remove(Waitable source) override {
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, static_cast<int>(source.handle), nullptr);
    }

    void hold(Waitable source, std::uint32_t id, bool held) override {
        epoll_event wanted = eventOf(id, held ? 0U : EPOLLIN);
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, static_cast<int>(source.handle), &wanted);
    }

    StatusOr<std::span<const std::uint32_t>> wait(std::optional<Duration> timeout) override {
        const int count = waitForEvents(timeout);
        if (count < 0) {
            if (errno == EINTR) {
                return std::span<const std::uint32_t>();
            }
            return internalError("waiting for sources: {}", errorText(errno));
        }
        std::size_t ready = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            if (events_.at(i).data.u64 == kWakeTag) {
                // Read and write in one, so that this thread sees what was written before the wake
                // that found the flag set and therefore wrote no event.
                isWoken_.exchange(false, std::memory_order_acq_rel);
            } else {
                ready_.at(ready++) = static_cast<std::uint32_t>(events_.at(i).data.u64);
            }
        }
        return std::span<const std::uint32_t>(ready_).first(ready);
    }

    void wake() override {
        if (!isWoken_.exchange(true, std::memory_order_acq_rel)) {
            // Fails only when the counter is full, and then the event is there already.
            static_cast<void>(::eventfd_write(event_.get(), 1));
        }
    }

private:
    static epoll_event eventOf(std::uint32_t id, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.u64 = id;
        return event;
    }

    int waitForEvents(std::optional<Duration> timeout) {
        const auto most = static_cast<int>(events_.size());
        if (!timeout || timeout->count() <= 0) {
            return ::epoll_wait(epoll_.get(), events_.data(), most, timeout ? 0 : -1);
        }
        const timespec until = toTimespec(*timeout);
        if (hasPreciseWait_) {
            const int count = ::epoll_pwait2(epoll_.get(), events_.data(), most, &until, nullptr);
            if (count >= 0 || (errno != ENOSYS && errno != EPERM)) {
                return count;
            }
            // A kernel before 5.11, or a filter of system calls that does not know the call.
            hasPreciseWait_ = false;
        }
        pollfd readable{epoll_.get(), POLLIN, 0};
        if (::ppoll(&readable, 1, &until, nullptr) < 0) {
            return -1;
        }
        return ::epoll_wait(epoll_.get(), events_.data(), most, 0);
    }

    UniqueFd epoll_;
    UniqueFd event_;
    std::atomic<bool> isWoken_{false};
    bool hasPreciseWait_ = true;
    std::array<epoll_event, kMostReady + 1> events_{};
    std::array<std::uint32_t, kMostReady + 1> ready_{};
};

}  // namespace

StatusOr<std::unique_ptr<Poller>> createPoller() {
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!epoll.valid() || !event.valid()) {
        return resourceExhausted("no poller: {}", errorText(errno));
    }
    epoll_event wanted{};
    // Edge-triggered: each write is one event, and the counter need not be read.
    wanted.events = EPOLLIN | EPOLLET;
    wanted.data.u64 = kWakeTag;
    if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, event.get(), &wanted) != 0) {
        return resourceExhausted("no poller: {}", errorText(errno));
    }
    return std::make_unique<EpollPoller>(std::move(epoll), std::move(event));
}

}  // namespace weft::base
