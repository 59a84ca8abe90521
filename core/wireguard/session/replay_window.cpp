// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/replay_window.h"

#include <algorithm>

namespace weft::wireguard {

bool ReplayWindow::accept(std::uint64_t counter) {
    const base::MutexLock lock(mutex_);
    return acceptLocked(counter);
}

ReplayWindow::Verdict ReplayWindow::acceptRun(
    std::span<const std::uint64_t> counters, std::span<bool> fresh) {
    const base::MutexLock lock(mutex_);
    Verdict verdict;
    for (std::size_t i = 0; i < counters.size(); ++i) {
        const bool ahead = !any_ || counters[i] > greatest_;
        fresh[i] = acceptLocked(counters[i]);
        verdict.accepted += fresh[i] ? 1U : 0U;
        verdict.newest |= ahead && fresh[i];
    }
    return verdict;
}

void ReplayWindow::screen(std::span<const std::uint64_t> counters, std::span<bool> maybe) const {
    const base::MutexLock lock(mutex_);
    for (std::size_t i = 0; i < counters.size(); ++i) {
        const auto counter = counters[i];
        const auto bit = std::uint64_t{1} << (counter % 64);
        maybe[i] = counter > greatest_
                   || (greatest_ - counter < kUsable && (words_[counter / 64 % kWords] & bit) == 0);
    }
}

bool ReplayWindow::acceptLocked(std::uint64_t counter) {
    const auto word = counter / 64;
    if (counter > greatest_) {
        // The words between the old greatest and the new one hold counters of a lap ago.
        const auto steps = std::min<std::uint64_t>(word - greatest_ / 64, kWords);
        for (std::uint64_t i = 1; i <= steps; ++i) {
            words_[(greatest_ / 64 + i) % kWords] = 0;
        }
        greatest_ = counter;
    } else if (greatest_ - counter >= kUsable) {
        return false;
    }
    any_ = true;
    const auto bit = std::uint64_t{1} << (counter % 64);
    auto& bits = words_[word % kWords];
    const bool fresh = (bits & bit) == 0;
    bits |= bit;
    return fresh;
}

}  // namespace weft::wireguard
