// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/tunnel.h"
#include "core/platform/host/host_plan.h"

#include "weft/local/v1/local.pb.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {

/// The wish of one connection that nothing leaves its host but into the tunnels.
/// Thread: confined to the connection's loop.
class Lockdown {
public:
    struct Parts {
        /// nullptr: the host cannot be locked, and nothing is ever wanted.
        TunnelFactory* host;
        /// Who wants it: one name for each connection.
        std::string owner;
        base::Loop& loop;
        /// What describe() says has changed.
        std::function<void()> changed;
    };

    explicit Lockdown(Parts parts) : parts_(std::move(parts)) {}

    /// From now on, until it is no longer wanted. The first `keep` after that counts anew.
    void want(bool isWanted);
    bool isWanted() const { return lock_ != nullptr; }
    /// What is excepted, while it is wanted; the same twice is told once.
    void keep(platform::LockWishes wishes);

    /// The line of the checklist, and what keeps the host from being locked: a connected state
    /// becomes degraded. Nothing while it is not wanted.
    void describe(weft::local::v1::Connection& state) const;

private:
    const Parts parts_;
    std::unique_ptr<HostLock> lock_;
    /// What keeps the host from it; nullopt while that is not known.
    std::optional<std::vector<platform::HostProblem>> problems_;
    std::optional<platform::LockWishes> kept_;
};

}  // namespace weft::daemon
