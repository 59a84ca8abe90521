// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace weft::bench {

using BenchClock = std::chrono::steady_clock;

inline constexpr std::size_t kValueBytes = 512;
inline constexpr std::uint64_t kKeys = 10000;
/// Sets the workers apart in the keys.
inline constexpr std::uint64_t kStride = 7919;

inline double millisecondsSince(BenchClock::time_point start) {
    return std::chrono::duration<double, std::milli>(BenchClock::now() - start).count();
}

inline std::string benchKey(std::uint64_t number) {
    return fmt::format("/registry/nodes/n{}", number % kKeys);
}

/// What a closed loop found: each worker calls again as soon as its call has returned.
struct LoopResult {
    double perSecond = 0;
    double p50 = 0;
    double p99 = 0;
    double most = 0;
    std::size_t failed = 0;
};

/// The call of one worker: true when it was done. It gets a number that grows.
using LoopCall = std::function<bool(std::uint64_t number)>;

inline LoopResult summarize(std::vector<double> times, double seconds, std::size_t failed) {
    LoopResult result;
    result.failed = failed;
    if (times.empty()) {
        return result;
    }
    std::ranges::sort(times);
    result.perSecond = static_cast<double>(times.size()) / seconds;
    result.p50 = times[times.size() / 2];
    result.p99 = times[times.size() * 99 / 100];
    result.most = times.back();
    return result;
}

/// `makeCall` gives each worker its own call.
inline LoopResult closedLoop(
    int workers, double seconds, const std::function<LoopCall(int worker)>& makeCall) {
    std::vector<std::vector<double>> times(static_cast<std::size_t>(workers));
    std::vector<std::size_t> failed(static_cast<std::size_t>(workers));
    std::vector<std::thread> threads;
    const auto start = BenchClock::now();
    for (int worker = 0; worker < workers; ++worker) {
        threads.emplace_back([&, worker] {
            const auto index = static_cast<std::size_t>(worker);
            const LoopCall call = makeCall(worker);
            std::uint64_t number = index * kStride;
            call(number++);
            while (millisecondsSince(start) < seconds * 1000) {
                const auto begin = BenchClock::now();
                if (call(number++)) {
                    times[index].push_back(millisecondsSince(begin));
                } else {
                    ++failed[index];
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const double took = millisecondsSince(start) / 1000;
    std::vector<double> all;
    for (const auto& mine : times) {
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::size_t allFailed = 0;
    for (const std::size_t count : failed) {
        allFailed += count;
    }
    return summarize(std::move(all), took, allFailed);
}

/// "ops/s p50 p99 max failed", times in milliseconds.
inline std::string lineOf(const LoopResult& result) {
    return fmt::format(
        "{:.0f} {:.4f} {:.4f} {:.3f} {}\n",
        result.perSecond,
        result.p50,
        result.p99,
        result.most,
        result.failed);
}

}  // namespace weft::bench
