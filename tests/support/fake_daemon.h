// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/api/diagnosis.h"
#include "core/api/logs.h"
#include "core/api/traffic.h"
#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "tests/support/fake_controller.h"
#include "tests/support/fake_scenes.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace weft::tests {

/// One watch. `call` runs a callback unless it was cancelled; `cancel` waits for one that runs.
struct FakeWatcher {
    using LinkChanged = std::function<void(api::LinkState, const Status&)>;
    using StateChanged = std::function<void(const api::DaemonState&)>;
    struct Peers {
        api::ProfileId id;
        std::function<void(const api::PeersUpdate&)> changed;
    };
    struct Values {
        std::string prefix;
        std::function<void(const api::KeyValue&)> changed;
        StatusCallback ended;
    };

    struct Policy {
        api::ProfileId id;
        std::function<void(const api::PolicyState&)> changed;
    };
    struct Ping {
        std::function<void(const api::PingUpdate&)> told;
        StatusCallback ended;
    };
    struct Logs {
        api::LogQuestion question;
        std::function<void(const api::LogBatch&)> told;
        StatusCallback ended;
    };
    struct Traffic {
        std::function<void(const api::TrafficUpdate&)> told;
        StatusCallback ended;
    };
    using What =
        std::variant<LinkChanged, StateChanged, Peers, Values, Policy, Ping, Logs, Traffic>;

    explicit FakeWatcher(What what) : changed(std::move(what)) {}

    const What changed;

    void call(const std::function<void()>& callback) WEFT_EXCLUDES(mutex) {
        {
            const base::MutexLock lock(mutex);
            if (cancelled) {
                return;
            }
            running = true;
        }
        callback();
        {
            const base::MutexLock lock(mutex);
            running = false;
        }
        idle.notifyAll();
    }

    void cancel(bool onLoop) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        cancelled = true;
        while (running && !onLoop) {
            idle.wait(mutex);
        }
    }

    bool isCancelled() const WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        return cancelled;
    }

    mutable base::Mutex mutex;
    base::ConditionVariable idle;
    bool running WEFT_GUARDED_BY(mutex) = false;
    bool cancelled WEFT_GUARDED_BY(mutex) = false;
};

/// All that the fake knows. Confined to the loop, but for what has a mutex.
struct FakeDaemon {
    FakeScene scene;
    std::vector<std::shared_ptr<FakeWatcher>> watchers;
    std::map<FakeCall, std::pair<Status, int>> failures;
    std::map<api::ProfileId, Subscription> steps;
    std::vector<std::function<void()>> heldBack;
    bool held = false;
    int nextInvitation = 1;
    std::atomic<bool> closing{false};
    base::Loop* loop = nullptr;

    mutable base::Mutex mutex;
    std::vector<FakeCall> calls WEFT_GUARDED_BY(mutex);
    api::Secrets secrets WEFT_GUARDED_BY(mutex);

    Status check(FakeCall call);
    template <typename Result>
    void answer(FakeCall call, std::function<void(Result)> done, std::function<Result()> work);

    void tellLink() const;
    void tellState();
    void tellState(FakeWatcher& watcher) const;
    void tellAllPeers(FakeWatcher& watcher) const;
    void tellPeers(const api::ProfileId& id, const api::PeersUpdate& update);
    void tellPolicy(FakeWatcher& watcher);
    void tellPolicy(const api::ProfileId& id);
    void tellValue(const api::KeyValue& pair) const;
    /// To one who follows the log.
    void tellLog(
        FakeWatcher& watcher, const std::vector<api::LogLine>& lines, std::uint64_t missed) const;
    void endLogs(const Status& status);
    void tellEverything();

    /// Errors: kNotFound, kUnavailable  there is no such profile, or it is not connected
    Status checkInMesh(const api::ProfileId& id) const;
    /// Runs `work` for somebody who may administer the mesh, and tells who watches its rules.
    StatusOr<api::WriteReport> writePolicy(
        const api::ProfileId& id,
        const std::function<StatusOr<api::WriteReport>(FakePolicy&)>& work);
    api::Connection* connection(const api::ProfileId& id);
    api::Profile addProfile(api::Profile profile);
    Status startConnecting(const api::ProfileId& id);
    void takeStep(const api::ProfileId& id, std::uint32_t number);
    void finishConnecting(const api::ProfileId& id);
    void turnOff(const api::ProfileId& id);
    WallTime now() const { return scene.stoppedAt.value_or(loop->clock().wallNow()); }
};

template <typename Result>
void FakeDaemon::answer(
    FakeCall call, std::function<void(Result)> done, std::function<Result()> work) {
    {
        const base::MutexLock lock(mutex);
        calls.push_back(call);
    }
    const auto run = [this, call, done = std::move(done), work = std::move(work)] {
        if (closing) {
            done(Result{cancelled("the controller is going")});
            return;
        }
        const Status status = check(call);
        done(status.ok() ? work() : Result{status});
    };
    loop->post([this, run] {
        if ((held || !scene.answers) && !closing) {
            heldBack.push_back(run);
        } else {
            run();
        }
    });
}

}  // namespace weft::tests
