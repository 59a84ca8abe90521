// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_traffic.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace weft::tests {
namespace {

constexpr std::chrono::seconds kStep{1};
constexpr double kRate = 640.0 * 1024;
/// Of what is received.
constexpr double kSentShare = 0.35;

/// Waves of several lengths, and now and then a spike.
double waveAt(double seconds, double phase) {
    const double slow = std::sin(seconds / 97 + phase);
    const double quick = std::sin(seconds / 11 + 3 * phase);
    const double spike = std::fmod(seconds + 40 * phase, 71) < 5 ? 1.4 : 0;
    return std::max(0.0, 1 + 0.5 * slow + 0.3 * quick + spike);
}

double phaseOf(const std::string& peer) {
    double phase = 0;
    for (const char letter : peer) {
        phase += static_cast<double>(letter) / 17;
    }
    return std::fmod(phase, 6);
}

}  // namespace

Status FakeTraffic::check(const api::ProfileId& id) const {
    const auto& profiles = core_->scene.state.profiles;
    return std::ranges::find(profiles, id, &api::Profile::id) != profiles.end()
               ? okStatus()
               : notFound("there is no such profile");
}

std::vector<api::TrafficPoint> FakeTraffic::points(
    const api::ProfileId& id, const std::string& peer, api::TrafficSpan span) const {
    std::vector<api::TrafficPoint> points;
    if (silent_ || !core_->checkInMesh(id).ok()) {
        return points;
    }
    double share = 0;
    for (const auto& known : core_->scene.peers[id]) {
        if (known.tunnel && (peer.empty() || known.id == peer)) {
            share += peer.empty() ? 0.6 : 1;
        }
    }
    const auto width = api::bucketWidth(span);
    const auto newest =
        std::chrono::floor<std::chrono::seconds>(core_->now().time_since_epoch()) / width;
    for (auto number = newest - api::kTrafficBuckets + 1; number <= newest; ++number) {
        const auto begin = number * width;
        const double rate =
            share * kRate * waveAt(static_cast<double>(begin.count()), phaseOf(peer));
        const double bytes = rate * static_cast<double>(width.count());
        points.push_back(
            {number,
             WallTime(std::chrono::duration_cast<WallTime::duration>(begin)),
             width,
             static_cast<std::uint64_t>(bytes),
             static_cast<std::uint64_t>(bytes * kSentShare)});
    }
    return points;
}

Subscription FakeTraffic::watch(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    std::function<void(const api::TrafficUpdate&)> told,
    StatusCallback ended) {
    auto run = std::make_shared<Run>();
    run->watcher =
        std::make_shared<FakeWatcher>(FakeWatcher::Traffic{std::move(told), std::move(ended)});
    run->id = id;
    run->peer = peer;
    run->span = span;
    ++watches_;
    core_->loop->post([this, run] {
        core_->watchers.push_back(run->watcher);
        runs_.emplace(run.get(), run);
        step(run);
    });
    return Subscription([this, watcher = run->watcher, loop = core_->loop] {
        --watches_;
        watcher->cancel(loop->isCurrent());
    });
}

void FakeTraffic::step(const std::shared_ptr<Run>& run) {
    if (run->watcher->isCancelled() || core_->closing) {
        std::erase(core_->watchers, run->watcher);
        runs_.erase(run.get());
        return;
    }
    const auto& traffic = std::get<FakeWatcher::Traffic>(run->watcher->changed);
    if (core_->scene.link != api::LinkState::Ready || !core_->scene.answers) {
        run->whole = true;
    } else if (const Status known = check(run->id); !known.ok()) {
        run->watcher->call([&] { traffic.ended(known); });
        std::erase(core_->watchers, run->watcher);
        runs_.erase(run.get());
        return;
    } else {
        api::TrafficUpdate update{
            std::exchange(run->whole, false), points(run->id, run->peer, run->span)};
        if (!update.reset) {
            std::erase_if(
                update.points, [&](const auto& point) { return point.number < run->last; });
        }
        run->last = update.points.empty() ? run->last : update.points.back().number;
        if (update.reset || !update.points.empty()) {
            run->watcher->call([&] { traffic.told(update); });
        }
    }
    run->timer = core_->loop->after(kStep, [this, weak = std::weak_ptr<Run>(run)] {
        if (const auto alive = weak.lock()) {
            step(alive);
        }
    });
}

void FakeTraffic::history(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    Callback<std::vector<api::TrafficPoint>> done) {
    core_->answer<StatusOr<std::vector<api::TrafficPoint>>>(
        FakeCall::Traffic,
        std::move(done),
        [this, id, peer, span]() -> StatusOr<std::vector<api::TrafficPoint>> {
            WEFT_RETURN_IF_ERROR(check(id));
            return points(id, peer, span);
        });
}

std::size_t FakeTraffic::watches() const {
    return watches_;
}

}  // namespace weft::tests
