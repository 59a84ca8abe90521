// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/lockdown.h"

#include "core/daemon/detail/state_lines.h"
#include "core/daemon/detail/tunnel_host.h"

#include <utility>

namespace weft::daemon {

namespace local = weft::local::v1;

void Lockdown::want(bool isWanted) {
    if (!isWanted || parts_.host == nullptr) {
        lock_.reset();
        problems_.reset();
        return;
    }
    if (lock_) {
        return;
    }
    lock_ = parts_.host->lock(
        parts_.owner, parts_.loop, [this](const std::vector<platform::HostProblem>& problems) {
            problems_ = problems;
            parts_.changed();
        });
    kept_.reset();
}

void Lockdown::keep(platform::LockWishes wishes) {
    if (lock_ && kept_ != wishes) {
        lock_->keep(wishes);
        kept_ = std::move(wishes);
    }
}

void Lockdown::describe(local::Connection& state) const {
    if (!lock_) {
        return;
    }
    if (!problems_) {
        addCheck(state, "lockdown", local::CheckItem::STATE_PENDING, "Being set");
        return;
    }
    if (problems_->empty()) {
        addCheck(
            state, "lockdown", local::CheckItem::STATE_OK, "Nothing leaves outside the tunnels");
        return;
    }
    addCheck(state, "lockdown", local::CheckItem::STATE_FAILED, "Packets can leave as before");
    const auto& why = problems_->front();
    addProblem(
        state,
        local::Problem::SEVERITY_ERROR,
        fmt::format("The lockdown is not in force: {}.", messageOf(why.status)),
        remedyFor(why));
    degrade(state);
}

}  // namespace weft::daemon
