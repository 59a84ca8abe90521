// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/host_keeper.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {

std::vector<platform::HostProblem> HostKeeper::want(
    const platform::TunnelWishes& wishes, Tunnel tunnel) {
    auto problems = network_.want(wishes);
    tunnels_[wishes.interface] = {std::move(tunnel), problems};
    retry_ = kFirstRetry;
    tellChanges();
    planNext();
    return problems;
}

void HostKeeper::forget(const std::string& interface) {
    tunnels_.erase(interface);
    network_.forget(interface);
    tellChanges();
    planNext();
}

void HostKeeper::lock(const std::string& owner, const platform::LockWishes& wishes, LockTold told) {
    auto problems = network_.lock(owner, wishes);
    told(problems);
    locks_[owner] = {std::move(told), std::move(problems)};
    retry_ = kFirstRetry;
    tellChanges();
    planNext();
}

void HostKeeper::unlock(const std::string& owner) {
    locks_.erase(owner);
    network_.unlock(owner);
    tellChanges();
    planNext();
}

void HostKeeper::onChange() {
    if (!tunnels_.empty() || !locks_.empty()) {
        plan(std::max<Duration>(kSettle, lastLook_ + kLeastPause - loop_.clock().now()));
    }
}

void HostKeeper::look() {
    lastLook_ = loop_.clock().now();
    due_ = TimePoint::max();
    for (const auto& [name, known] : tunnels_) {
        known.tunnel.restore();
    }
    network_.reconcile();
    retry_ = network_.problems().empty() ? Duration(kFirstRetry)
                                         : std::min<Duration>(retry_ * 2, kInterval);
    tellChanges();
    planNext();
}

void HostKeeper::tellChanges() {
    for (auto& [name, known] : tunnels_) {
        auto now = network_.problemsOf(name);
        if (now != known.problems) {
            known.problems = std::move(now);
            known.tunnel.changed(known.problems);
        }
    }
    const auto inTheWay = network_.lockProblems();
    for (auto& [owner, known] : locks_) {
        if (inTheWay != known.problems) {
            known.problems = inTheWay;
            known.told(known.problems);
        }
    }
}

void HostKeeper::planNext() {
    if (tunnels_.empty() && locks_.empty() && network_.changes().empty()) {
        due_ = TimePoint::max();
        timer_.cancel();
        return;
    }
    plan(network_.problems().empty() ? Duration(kInterval) : retry_);
}

void HostKeeper::plan(Duration delay) {
    const auto at = loop_.clock().now() + delay;
    if (at >= due_) {
        return;
    }
    due_ = at;
    timer_ = loop_.after(delay, [this] { look(); });
}

}  // namespace weft::daemon
