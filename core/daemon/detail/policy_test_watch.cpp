// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/policy_test_watch.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/daemon/detail/state_lines.h"
#include "core/mesh/changes/scene_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

constexpr const char* kRemedy =
    "Look at the access rules and edges of the mesh, or at the test: `weftctl policy tests` shows "
    "it.";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// Whether asking the same server once more is of no use.
bool isFinal(const Status& status) {
    return status.code() == StatusCode::kFailedPrecondition
           || status.code() == StatusCode::kPermissionDenied
           || status.code() == StatusCode::kUnauthenticated;
}

void sooner(std::optional<TimePoint>& at, TimePoint wanted) {
    at = at ? std::min(*at, wanted) : wanted;
}

}  // namespace

void PolicyTestWatch::noteTests() {
    askAt_ = parts_.loop.clock().now();
    arrange();
}

void PolicyTestWatch::noteRecords(const storage::Registry::Change& change) {
    const bool rules = change.everything || change.policy;
    if (!rules && change.nodes.empty() && !change.edges && !change.routes && !change.meshState) {
        return;
    }
    const auto now = parts_.loop.clock().now();
    sooner(runAt_, std::max(now + kTestAfter, runPause_));
    // Nobody is asked who has not answered yet, or said that there is nothing to ask.
    if (rules && askAt_) {
        sooner(askAt_, std::max(now + kTestAfter, askPause_));
    }
    arrange();
}

void PolicyTestWatch::arrange() {
    if (busy_ || !alive_) {
        return;
    }
    if (!askAt_ && !runAt_) {
        timer_ = {};
        return;
    }
    const auto next =
        std::min(askAt_.value_or(TimePoint::max()), runAt_.value_or(TimePoint::max()));
    const auto now = parts_.loop.clock().now();
    timer_ = parts_.loop.after(
        next > now ? std::chrono::duration_cast<Duration>(next - now) : Duration::zero(),
        [this] { act(); });
}

void PolicyTestWatch::act() {
    const auto now = parts_.loop.clock().now();
    // Tests first: a run with the old ones would be for nothing.
    if (askAt_ && *askAt_ <= now) {
        ask();
    } else if (runAt_ && *runAt_ <= now) {
        run();
    }
    arrange();
}

void PolicyTestWatch::ask() {
    askAt_.reset();
    busy_ = true;
    parts_.ask(
        revision_,
        [this, alive = std::weak_ptr<bool>(alive_)](const StatusOr<meshv1::KeptPolicyTests>& kept) {
            if (!alive.expired()) {
                onAnswer(kept);
            }
        });
}

void PolicyTestWatch::onAnswer(const StatusOr<meshv1::KeptPolicyTests>& kept) {
    busy_ = false;
    const auto now = parts_.loop.clock().now();
    askPause_ = now + kAskTestsPause;
    const auto before = asked_.code();
    asked_ = kept.ok() ? take(*kept) : kept.status();
    if (!parts_.isTold && !isFinal(asked_)) {
        sooner(askAt_, now + kAskTestsEvery);
    }
    if (!asked_.ok()) {
        log().debug("tests of the mesh not known reason={}", messageOf(asked_));
    }
    if (asked_.code() != before) {
        parts_.changed();
    }
    arrange();
}

Status PolicyTestWatch::take(const meshv1::KeptPolicyTests& kept) {
    if (!kept.has_tests() && kept.revision() == revision_) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(auto tests, mesh::changes::fromProto(kept.tests()));
    revision_ = kept.revision();
    if (tests != *tests_) {
        tests_ = std::make_shared<const Tests>(std::move(tests));
        const auto now = parts_.loop.clock().now();
        runAt_ = tests_->empty() ? now : std::max(now, runPause_);
    }
    return okStatus();
}

void PolicyTestWatch::run() {
    runAt_.reset();
    if (tests_->empty()) {
        if (std::exchange(outcome_, std::nullopt)) {
            parts_.changed();
        }
        return;
    }
    const auto* records = parts_.registry();
    if (records == nullptr) {
        return;
    }
    auto copy = std::make_shared<storage::Registry>();
    copy->copyFrom(*records);
    busy_ = true;
    worker().post([this,
                   copy,
                   tests = tests_,
                   stops = stops_,
                   begun = parts_.loop.clock().now(),
                   &loop = parts_.loop,
                   alive = std::weak_ptr<bool>(alive_)] {
        if (stops->load()) {
            return;
        }
        mesh::changes::Scene scene(*copy);
        auto results = mesh::changes::run(*tests, scene, [&stops] { return !stops->load(); });
        loop.post([this, alive, begun, results = std::move(results)] {
            if (!alive.expired()) {
                onResults(results, begun);
            }
        });
    });
}

void PolicyTestWatch::onResults(Results results, TimePoint begun) {
    busy_ = false;
    const auto& clock = parts_.loop.clock();
    const auto now = clock.now();
    runPause_ = now + std::max<Duration>(kTestRest * (now - begun), kTestAfter);
    if (runAt_) {
        runAt_ = std::max(*runAt_, runPause_);
    }
    outcome_ = Outcome{std::move(results), clock.wallNow()};
    parts_.changed();
    arrange();
}

base::Loop& PolicyTestWatch::worker() {
    if (parts_.worker != nullptr) {
        return *parts_.worker;
    }
    if (!ownWorker_) {
        ownWorker_ = std::make_unique<base::AsioLoop>("policy-tests");
    }
    return *ownWorker_;
}

void PolicyTestWatch::close() {
    stops_->store(true);
    alive_.reset();
    timer_.cancel();
    ownWorker_.reset();
}

void PolicyTestWatch::describe(local::Connection& state) const {
    if (asked_.code() == StatusCode::kDataLoss || asked_.code() == StatusCode::kInvalidArgument) {
        addProblem(
            state,
            local::Problem::SEVERITY_WARN,
            fmt::format("The tests of the mesh do not read: {}.", messageOf(asked_)),
            "Keep new ones in their place: `weftctl policy tests-set`.");
    }
    if (outcome_) {
        addFailures(state);
    }
}

void PolicyTestWatch::addFailures(local::Connection& state) const {
    auto* figures = state.mutable_policy_tests();
    setTime(figures->mutable_time(), outcome_->at);
    std::uint32_t failed = 0;
    for (const auto& result : outcome_->results) {
        if (result.passed || ++failed > kMaxFailingTests) {
            continue;
        }
        auto* failing = figures->add_failing();
        failing->set_name(result.name);
        failing->set_text(result.text);
        addProblem(
            state,
            local::Problem::SEVERITY_WARN,
            fmt::format(
                "The policy test {} fails: {}.", base::escapeForLine(result.name), result.text),
            kRemedy);
    }
    figures->set_failed(failed);
    figures->set_passed(static_cast<std::uint32_t>(outcome_->results.size()) - failed);
    if (failed > kMaxFailingTests) {
        addProblem(
            state,
            local::Problem::SEVERITY_WARN,
            fmt::format("{} more policy tests fail.", failed - kMaxFailingTests),
            kRemedy);
    }
    if (failed > 0) {
        degrade(state);
    }
}

}  // namespace weft::daemon
