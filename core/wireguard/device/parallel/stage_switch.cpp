// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/parallel/stage_switch.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace weft::wireguard {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("wireguard");
    return logger;
}

}  // namespace

StageSwitch::StageSwitch(
    const ParallelOptions& options,
    std::string name,
    const CryptoStage::Surroundings& surroundings,
    std::size_t cores)
    : around_(surroundings)
    , name_(std::move(name))
    , leastJobBytes_(options.leastJobBytes)
    , window_(options.limits.window)
    , workers_(
          std::min(options.workers.value_or(automaticWorkers(cores)), CryptoStage::kMostWorkers)) {
    isForced_ = workers_ > 0 && options.workers;
    if (workers_ > 0 && !isForced_) {
        choice_.emplace(around_.clock.now(), options.limits);
    }
}

void StageSwitch::note(TimePoint begin, Moment end) {
    if (isForced_ && starts_ == 0) {
        // Not in the constructor: the workers have the priority of the loop, whose thread this is.
        turnOn();
    }
    if (!choice_) {
        return;
    }
    const Duration busy = stage_ == nullptr ? Duration{} : stage_->busy();
    const bool wanted = choice_->note(begin, end.now, busy - workersBusy_);
    workersBusy_ = busy;
    if (wanted && stage_ == nullptr) {
        turnOn();
    } else if (!wanted && stage_ != nullptr) {
        turnOff(end);
    }
}

std::optional<Duration> StageSwitch::longestWait() const {
    return choice_ && stage_ != nullptr ? std::optional(window_) : std::nullopt;
}

void StageSwitch::turnOn() {
    auto stage = CryptoStage::start(workers_, name_, around_);
    if (!stage.ok()) {
        log().warn("no crypto workers name={} reason={}", name_, messageOf(stage.status()));
        choice_.reset();
        isForced_ = false;
        return;
    }
    stage_ = *std::move(stage);
    workersBusy_ = {};
    ++starts_;
    log().debug("crypto workers start name={} workers={}", name_, workers_);
}

void StageSwitch::turnOff(Moment at) {
    if (stage_ == nullptr) {
        return;
    }
    stage_->drain(at);
    jobs_ += stage_->jobs();
    stage_.reset();
    workersBusy_ = {};
    log().debug("crypto workers stop name={}", name_);
}

ParallelFigures StageSwitch::figures() const {
    return {
        .workers = stage_ == nullptr ? 0 : stage_->workers(),
        .starts = starts_,
        .jobs = jobs_ + (stage_ == nullptr ? 0 : stage_->jobs())};
}

}  // namespace weft::wireguard
