// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/callback.h"
#include "core/mesh/changes/policy_tests.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/local.pb.h"
#include "weft/mesh/v1/changes.pb.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weft::daemon {

/// From a change of the mesh to its tests: several changes are looked at together.
inline constexpr std::chrono::milliseconds kTestAfter{500};
/// Between two runs lies at least so much more time than the last one took: a large mesh that
/// changes all the time does not keep a core busy.
inline constexpr int kTestRest = 4;
/// Nobody tells a member that the tests are others: it asks so often, ...
inline constexpr std::chrono::seconds kAskTestsEvery{60};
/// ... and after a change of the rules, as tests change with them; but no sooner than this.
inline constexpr std::chrono::seconds kAskTestsPause{10};
/// Tests that fail and are told by name; the others are counted.
inline constexpr std::size_t kMaxFailingTests = 10;

/// Runs the tests that are kept with a mesh whenever they, or the mesh, have changed, and tells
/// what came of them. They run beside the loop, on a copy of the records.
/// Thread: confined to the connection's loop.
class PolicyTestWatch {
public:
    struct Parts {
        base::Loop& loop;
        /// nullptr while there are none.
        std::function<const storage::Registry*()> registry;
        /// Asks for the tests, which are left out when they are of revision `known`.
        std::function<void(std::uint64_t known, Callback<weft::mesh::v1::KeptPolicyTests> done)>
            ask;
        /// What describe() says has changed.
        std::function<void()> changed;
        /// Each change of the tests is told by noteTests(): they are not asked for from time to
        /// time.
        bool isTold = false;
        /// Where tests run; nullptr: on a thread of their own, which is there once it is needed.
        base::Loop* worker = nullptr;
    };

    explicit PolicyTestWatch(Parts parts) : parts_(std::move(parts)) {}
    ~PolicyTestWatch() { close(); }
    PolicyTestWatch(const PolicyTestWatch&) = delete;
    PolicyTestWatch& operator=(const PolicyTestWatch&) = delete;

    /// The tests may be others, or there is a server to ask for them.
    void noteTests();
    void noteRecords(const storage::Registry::Change& change);
    /// The figures, and a problem for each test that fails: a connected state becomes degraded.
    /// Nothing while there are no tests and until they have run.
    void describe(weft::local::v1::Connection& state) const;
    /// Nothing runs and nothing is asked any more. Waits for the test that is running.
    void close();

private:
    using Tests = std::vector<mesh::changes::PolicyTest>;
    using Results = std::vector<mesh::changes::PolicyTestResult>;

    struct Outcome {
        Results results;
        WallTime at;
    };

    void arrange();
    void act();
    void ask();
    void onAnswer(const StatusOr<weft::mesh::v1::KeptPolicyTests>& kept);
    Status take(const weft::mesh::v1::KeptPolicyTests& kept);
    void run();
    void onResults(Results results, TimePoint begun);
    base::Loop& worker();
    void addFailures(weft::local::v1::Connection& state) const;

    const Parts parts_;
    std::unique_ptr<base::AsioLoop> ownWorker_;
    /// Gone once it is closed: answers may come later.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    const std::shared_ptr<std::atomic<bool>> stops_ = std::make_shared<std::atomic<bool>>(false);

    std::shared_ptr<const Tests> tests_ = std::make_shared<const Tests>();
    std::uint64_t revision_ = 0;
    /// Why there is no answer that could be used.
    Status asked_;
    std::optional<Outcome> outcome_;

    /// Waits for an answer, or for a run.
    bool busy_ = false;
    /// When it is to be done next; nullopt: there is no need.
    std::optional<TimePoint> askAt_;
    std::optional<TimePoint> runAt_;
    /// Not before.
    TimePoint askPause_;
    TimePoint runPause_;
    Subscription timer_;
};

}  // namespace weft::daemon
