// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/control/controller.h"
#include "core/control/detail/calls.h"
#include "core/control/detail/watcher.h"

#include "v1/app.grpc.pb.h"
#include "weft/local/v1/local.grpc.pb.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weft::control::detail {

using LinkWatcher = Watcher<api::LinkState, const Status&>;
using StateWatcher = Watcher<const api::DaemonState&>;

/// Knows whether the daemon is there and what it can do, and follows its state. One stream of the
/// state serves all who watch, and its end is how a lost daemon is noticed; one that hangs, by its
/// silence.
/// Thread: confined to the loop.
class LinkMonitor {
public:
    LinkMonitor(
        CallBook& book,
        weft::local::v1::Daemon::StubInterface& daemon,
        ::v1::AppDaemon::StubInterface& app,
        ControllerOptions options);

    void watchLink(std::shared_ptr<LinkWatcher> watcher);
    void watchState(std::shared_ptr<StateWatcher> watcher);
    /// What the daemon can do, asked once and kept until it is lost.
    void capabilities(Callback<api::Capabilities> done);
    /// The same, asked anew.
    void freshCapabilities(Callback<api::Capabilities> done);
    /// A call found nobody: what was known of the daemon may be wrong.
    void noteUnavailable() { known_.reset(); }
    /// How long to wait after the `attempt`th failure in a row, from 0.
    Duration retryDelay(int attempt) const;
    /// No further attempts; watchers are let go.
    void close();

private:
    void startMonitoring();
    void probe();
    void onProbed(const StatusOr<api::Capabilities>& capabilities);
    void openState();
    /// Asks a little later whether the daemon still answers.
    void listen();
    void askWhetherItAnswers();
    void pollStatus();
    void onState(const api::DaemonState& state);
    void onLost(const Status& status);
    void setLink(api::LinkState state, const Status& status);

    CallBook& book_;
    weft::local::v1::Daemon::StubInterface& daemon_;
    ::v1::AppDaemon::StubInterface& app_;
    const ControllerOptions options_;
    bool closed_ = false;
    bool monitoring_ = false;
    int failures_ = 0;
    Subscription timer_;
    Subscription heartbeat_;
    /// Another one for each stream: what is said about an earlier one does not count.
    int stream_ = 0;
    api::LinkState link_ = api::LinkState::Connecting;
    Status linkStatus_;
    std::optional<api::Capabilities> known_;
    std::vector<Callback<api::Capabilities>> asking_;
    std::optional<api::DaemonState> state_;
    std::vector<std::shared_ptr<LinkWatcher>> linkWatchers_;
    std::vector<std::shared_ptr<StateWatcher>> stateWatchers_;
};

}  // namespace weft::control::detail
