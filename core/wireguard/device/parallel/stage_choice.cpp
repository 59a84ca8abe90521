// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/stage_choice.h"

#include <algorithm>

namespace weft::wireguard {
namespace {

constexpr std::size_t kCoresForOthers = 2;
/// System calls stay on the loop, which could not feed many more.
constexpr std::size_t kMostAutomaticWorkers = 4;

double secondsOf(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace

std::size_t automaticWorkers(std::size_t cores) {
    return cores <= kCoresForOthers ? 0 : std::min(cores - kCoresForOthers, kMostAutomaticWorkers);
}

bool StageChoice::note(TimePoint begin, TimePoint end, Duration workers) {
    busy_ += end - std::max(begin, windowStart_) + workers;
    const Duration passed = end - windowStart_;
    if (passed >= limits_.window) {
        const double seconds = secondsOf(passed);
        endWindow(
            {.share = secondsOf(busy_) / seconds,
             .rate = static_cast<double>(bytes_) / seconds,
             .isLarge = bytes_ > 0 && largeBytes_ >= bytes_ - largeBytes_},
            end);
        windowStart_ = end;
        busy_ = {};
        bytes_ = 0;
        largeBytes_ = 0;
    }
    return isOn_;
}

void StageChoice::endWindow(const Window& window, TimePoint now) {
    if (isOn_) {
        whileOn(window, now);
    } else {
        whileOff(window, now);
    }
}

void StageChoice::whileOff(const Window& window, TimePoint now) {
    if (now < pausedUntil_ || window.share < limits_.onShare || !window.isLarge) {
        streak_ = 0;
        streakRate_ = 0;
        return;
    }
    streakRate_ += window.rate;
    if (++streak_ >= limits_.onWindows) {
        rateBefore_ = streakRate_ / streak_;
        turn(true);
    }
}

void StageChoice::whileOn(const Window& window, TimePoint now) {
    // The first window has the start of the threads in it.
    if (++windowsOn_ > 1 && windowsOn_ <= limits_.trialWindows + 1) {
        trialRate_ += window.rate;
    }
    if (windowsOn_ == limits_.trialWindows + 1
        && trialRate_ < limits_.leastGain * rateBefore_ * limits_.trialWindows) {
        pausedUntil_ = now + limits_.pause;
        turn(false);
        return;
    }
    streak_ = window.share < limits_.offShare || !window.isLarge ? streak_ + 1 : 0;
    if (streak_ >= limits_.offWindows) {
        turn(false);
    }
}

void StageChoice::turn(bool on) {
    isOn_ = on;
    streak_ = 0;
    streakRate_ = 0;
    trialRate_ = 0;
    windowsOn_ = 0;
}

}  // namespace weft::wireguard
