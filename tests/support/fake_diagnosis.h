// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "tests/support/fake_daemon.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weft::tests {

/// What a FakeController answers about the network. Members with a fresh tunnel answer echo
/// requests after a time that depends on the sequence alone; others never do.
class FakeDiagnosis final : public api::Diagnosis {
public:
    /// From an echo request to its answer, and how much longer each of the next four takes.
    static constexpr std::chrono::microseconds kRoundTrip{11'800};
    static constexpr std::chrono::microseconds kRoundTripStep{350};

    explicit FakeDiagnosis(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

    Subscription ping(
        const api::ProfileId& id,
        const api::PingQuestion& question,
        std::function<void(const api::PingUpdate&)> told,
        StatusCallback ended) override;

    void explainPath(
        const api::ProfileId& id,
        const std::string& node,
        Callback<api::PathExplanation> done) override;
    void checkNetwork(
        const api::ProfileId& id, Callback<std::vector<api::NetworkCheck>> done) override;
    void nameService(const api::ProfileId& id, Callback<api::NameService> done) override;
    /// Members have addresses, the name "empty" has no record, others are not there.
    void lookUpName(
        const api::ProfileId& id,
        const api::NameQuestion& question,
        Callback<api::NameAnswer> done) override;

private:
    /// One ping. Confined to the loop.
    struct Run {
        std::shared_ptr<FakeWatcher> watcher;
        api::PingQuestion question;
        bool answers = false;
        std::uint32_t sequence = 0;
        Subscription timer;
    };

    Status begin(const api::ProfileId& id, const std::shared_ptr<Run>& run);
    void step(const std::shared_ptr<Run>& run);
    void end(const std::shared_ptr<Run>& run, const Status& status);

    std::shared_ptr<FakeDaemon> core_;
    std::map<const Run*, std::shared_ptr<Run>> runs_;
};

}  // namespace weft::tests
