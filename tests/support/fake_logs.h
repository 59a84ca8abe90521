// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"
#include "tests/support/fake_daemon.h"

#include <memory>
#include <string_view>
#include <vector>

namespace weft::tests {

/// What the daemon of a scene wrote in the last minutes before `now`.
std::vector<api::LogLine> sampleLog(std::string_view scene, WallTime now);

/// The log of a FakeController: what the scene has, and what the test adds.
class FakeLogs final : public api::Logs {
public:
    explicit FakeLogs(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

    Subscription watch(
        const api::LogQuestion& question,
        std::function<void(const api::LogBatch&)> told,
        StatusCallback ended) override;
    void setLevel(api::LogLevel level, StatusCallback done) override;

private:
    void begin(const std::shared_ptr<FakeWatcher>& watcher);

    std::shared_ptr<FakeDaemon> core_;
};

}  // namespace weft::tests
