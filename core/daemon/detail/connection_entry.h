// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"

#include <deque>

namespace weft::daemon {

/// One profile and what runs of it.
struct ConnectionTable::Entry {
    StoredProfile stored;
    /// Set for the profile that stands for a configuration; it is not on the disk.
    std::optional<config::NodeOptions> configured;
    weft::local::v1::Connection state;
    std::unique_ptr<MeshConnection> connection;
    /// Of the running connection; what an earlier one still tells is passed over.
    std::uint64_t generation = 0;
    /// As it is now; nullptr while nobody looks, since it is not kept up to date then.
    std::shared_ptr<const PeerList> peers;
    std::map<std::uint64_t, PeerWatcher> peerWatchers;
    /// Who waits for the connection to stand, and until when.
    std::vector<Callback<::v1::ConnectResponse>> waiting;
    Subscription limit;
    /// Who waits for it to be gone.
    std::vector<StatusCallback> stopping;
    /// Started with the daemon, by no hand.
    bool unattended = false;
    /// A profile that is being made: nothing of it is on the disk yet.
    bool pending = false;

    const std::string& id() const { return stored.profile.id(); }
    bool isOff() const {
        return state.state() == weft::local::v1::Connection::STATE_OFF
               || state.state() == weft::local::v1::Connection::STATE_FAILED;
    }
    bool isUp() const {
        return state.state() == weft::local::v1::Connection::STATE_CONNECTED
               || state.state() == weft::local::v1::Connection::STATE_DEGRADED
               || state.state() == weft::local::v1::Connection::STATE_RECONNECTING;
    }
    /// Back to what is true of a profile that does not run.
    void resetState();
};

/// Who follows the state. Lives on after the table, for handles that do.
struct ConnectionTable::Watchers {
    std::uint64_t next = 1;
    std::map<std::uint64_t, std::function<void(const weft::local::v1::DaemonState&)>> state;
    /// Nullptr when the table is gone.
    ConnectionTable* table = nullptr;
};

}  // namespace weft::daemon
