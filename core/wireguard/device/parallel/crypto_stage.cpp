// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/crypto_stage.h"

#include "core/base/check.h"
#include "core/base/thread_name.h"

#include <array>
#include <system_error>

namespace weft::wireguard {

StatusOr<std::unique_ptr<CryptoStage>> CryptoStage::start(
    std::size_t workers, const std::string& name, const Surroundings& surroundings) {
    WEFT_CHECK(workers > 0 && workers <= kMostWorkers);
    std::unique_ptr<CryptoStage> stage(new CryptoStage(surroundings));
    try {
        for (std::size_t i = 0; i < workers; ++i) {
            stage->threads_.emplace_back([worker = stage.get(), name] {
                base::setThreadName("c-" + name);
                worker->work();
            });
        }
    } catch (const std::system_error& error) {
        return resourceExhausted("no thread for the cipher: {}", error.what());
    }
    return stage;
}

CryptoStage::CryptoStage(const Surroundings& surroundings) : around_(surroundings), ring_(kJobs) {
    threads_.reserve(kMostWorkers);
}

CryptoStage::~CryptoStage() {
    ring_.close();
    for (auto& thread : threads_) {
        thread.join();
    }
}

void CryptoStage::work() {
    for (auto claim = ring_.waitForWork(); claim.job != nullptr; claim = ring_.waitForWork()) {
        const auto begin = around_.clock.now();
        claim.job->work();
        if (ring_.done(claim, around_.clock.now() - begin)) {
            around_.loop.wake();
        }
    }
}

bool CryptoStage::help() {
    const auto claim = ring_.claim();
    if (claim.job == nullptr) {
        return false;
    }
    claim.job->work();
    // The loop knows what it did itself: nobody is woken, and it is not the workers' time.
    ring_.done(claim, Duration::zero());
    return true;
}

bool CryptoStage::collect(Moment at) {
    const auto count = ring_.doneInOrder();
    if (count == 0) {
        return false;
    }
    std::array<Job*, kJobs> jobs{};
    for (std::size_t i = 0; i < count; ++i) {
        jobs[i] = &ring_.at(i);
    }
    around_.taker.finish(std::span(jobs).first(count), at);
    ring_.take(count);
    finished_ += count;
    return true;
}

void CryptoStage::advanceOldest(Moment at) {
    if (!collect(at) && !help()) {
        ring_.waitForOldest();
    }
}

Job& CryptoStage::room(Moment at) {
    while (ring_.isFull()) {
        advanceOldest(at);
    }
    return ring_.next();
}

void CryptoStage::drain(Moment at) {
    while (!ring_.isEmpty()) {
        advanceOldest(at);
    }
}

}  // namespace weft::wireguard
