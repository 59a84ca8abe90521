// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/traffic.h"
#include "tests/support/fake_daemon.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weft::tests {

/// What a FakeController tells of traffic: waves that depend on the peer and the time alone, for
/// meshes in which there is a tunnel; members without one have none.
class FakeTraffic final : public api::Traffic {
public:
    explicit FakeTraffic(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

    Subscription watch(
        const api::ProfileId& id,
        const std::string& peer,
        api::TrafficSpan span,
        std::function<void(const api::TrafficUpdate&)> told,
        StatusCallback ended) override;
    void history(
        const api::ProfileId& id,
        const std::string& peer,
        api::TrafficSpan span,
        Callback<std::vector<api::TrafficPoint>> done) override;

    /// How many follow at the moment. Thread: any.
    std::size_t watches() const;
    /// For windows in which nothing went through the tunnel so far.
    void setSilent(bool silent) { silent_ = silent; }

private:
    /// One who follows. Confined to the loop.
    struct Run {
        std::shared_ptr<FakeWatcher> watcher;
        api::ProfileId id;
        std::string peer;
        api::TrafficSpan span{};
        bool whole = true;
        std::int64_t last = 0;
        Subscription timer;
    };

    void step(const std::shared_ptr<Run>& run);
    Status check(const api::ProfileId& id) const;
    std::vector<api::TrafficPoint> points(
        const api::ProfileId& id, const std::string& peer, api::TrafficSpan span) const;

    std::shared_ptr<FakeDaemon> core_;
    std::map<const Run*, std::shared_ptr<Run>> runs_;
    std::atomic<std::size_t> watches_{0};
    std::atomic<bool> silent_{false};
};

}  // namespace weft::tests
