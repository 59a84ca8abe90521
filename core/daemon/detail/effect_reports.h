// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/propagation.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace weft::daemon {

/// Tells the leader what this node has in effect (docs/decisions/0013): when that has become
/// another, gathered, and anew when the leader may have forgotten it.
/// Thread: confined to the connection's loop.
class EffectReports {
public:
    /// How long changes are gathered at least, and the time over which nodes spread their reports
    /// beyond that, so that not all of them come at the same moment: a mesh of 10,000 says so
    /// within three seconds.
    static constexpr std::chrono::milliseconds kGather{200};
    static constexpr std::chrono::milliseconds kSpread{200};
    static constexpr std::chrono::microseconds kSpreadForEachNode{250};
    /// After a report that failed.
    static constexpr std::chrono::seconds kRetry{2};

    /// All are called on the loop, and outlive this.
    struct Parts {
        base::Loop& loop;
        /// What is in effect; nullopt while something is on its way there.
        std::function<std::optional<mesh::EffectReport>()> effect;
        std::function<void(const mesh::EffectReport&, StatusCallback)> report;
        /// Nodes of the mesh.
        std::function<std::size_t()> nodes;
        /// From 0 to 1, at random.
        std::function<double()> draw;
    };

    explicit EffectReports(Parts parts) : parts_(std::move(parts)) {}
    ~EffectReports() { end(); }
    EffectReports(const EffectReports&) = delete;
    EffectReports& operator=(const EffectReports&) = delete;

    /// The leader can be told, perhaps once more.
    void begin();
    /// It cannot.
    void end();
    /// Something else may be in effect.
    void note();

private:
    void send();
    void onAnswer(const mesh::EffectReport& report, const Status& status);

    const Parts parts_;
    /// Another one for each beginning: answers to those before do not count.
    std::shared_ptr<bool> begun_;
    std::optional<mesh::EffectReport> sent_;
    bool isSending_ = false;
    Subscription soon_;
};

}  // namespace weft::daemon
