// SPDX-License-Identifier: Apache-2.0
// A member that is connected: it tells what has changed about itself, asks for a sign of life, and
// finds out that the mesh has forgotten it.
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/member_changes.h"
#include "core/mesh/detail/member_impl.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

constexpr std::chrono::seconds kUpdatePause{1};
constexpr std::chrono::seconds kMaxUpdatePause{60};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

}  // namespace

void MemberImpl::change(const UpdateParams& params) {
    merge(params, options_.join);
    updateFailures_ = 0;
    sendUpdate();
}

void MemberImpl::sendUpdate() {
    if (machine_.phase() != MemberPhase::Connected || updating_
        || describesSame(sent_, options_.join)) {
        return;
    }
    updateTimer_.cancel();
    const auto update = updateBetween(sent_, options_.join);
    const auto before = std::exchange(sent_, options_.join);
    updating_ = true;
    link_->update(update, forThisLink<Status>([this, before](const Status& status) {
                      updating_ = false;
                      onUpdated(status, before);
                  }));
}

void MemberImpl::onUpdated(const Status& status, const JoinParams& before) {
    if (status.ok()) {
        updateFailures_ = 0;
        // What changed meanwhile.
        sendUpdate();
        return;
    }
    log().warn("update failed why=\"{}\"", base::escapeForLine(messageOf(status)));
    const bool mayPass = judge(status).retry || status.code() == StatusCode::kFailedPrecondition;
    if (!mayPass) {
        sendUpdate();
        return;
    }
    // Nobody knows what the mesh has now.
    sent_ = before;
    retryUpdateLater();
    if (status.code() == StatusCode::kFailedPrecondition || status.code() == StatusCode::kNotFound
        || status.code() == StatusCode::kInternal) {
        // So servers answer a node that they do not know.
        askForSelf();
    }
}

void MemberImpl::retryUpdateLater() {
    constexpr int kMostDoublings = 6;
    const auto pause = std::min<Duration>(
        kUpdatePause * (1 << std::min(updateFailures_, kMostDoublings)), kMaxUpdatePause);
    ++updateFailures_;
    updateTimer_ = loop_.after(pause, [this] { sendUpdate(); });
}

void MemberImpl::askForSelf() {
    link_->get(
        storage::nodeKey(options_.join.id),
        forThisLink<StatusOr<std::string>>([this](const StatusOr<std::string>& record) {
            if (!record.ok() && record.status().code() == StatusCode::kNotFound) {
                noteForgotten();
                act(machine_.onLost(
                    notFound("{} has forgotten this node: joining again", dialled_), moment()));
            }
        }));
}

void MemberImpl::checkLater() {
    nextCheck_ = loop_.after(
        MemberMachine::kCheckInterval, [this] { check(MemberMachine::kIdleCheckLimit); });
}

void MemberImpl::check(Duration limit) {
    nextCheck_.cancel();
    checkTimer_ = loop_.after(limit, [this, limit] {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
        act(machine_.onCheckFailed(
            unavailable("{} gave no sign of life for {} s", dialled_, seconds), moment()));
    });
    link_->get(
        std::string(storage::kMeshDomainKey),
        forThisLink<StatusOr<std::string>>([this](const StatusOr<std::string>& answer) {
            checkTimer_.cancel();
            const bool isGone = !answer.ok()
                                && (answer.status().code() == StatusCode::kUnavailable
                                    || answer.status().code() == StatusCode::kDeadlineExceeded);
            if (isGone) {
                act(machine_.onCheckFailed(judge(answer.status()).status, moment()));
            } else {
                checkLater();
            }
        }));
}

void MemberImpl::noteForgotten() {
    // Who leaves is forgotten by its own wish.
    if (!machine_.isStopping() && !std::exchange(isForgotten_, true)) {
        log().info("the mesh has forgotten this node server={}", dialled_);
    }
}

void MemberImpl::noteConnected() {
    const auto* own = state_.registry().node(options_.join.id);
    const auto joinedAt = own == nullptr ? std::nullopt : own->joinedAt;
    const bool isNew = options_.keepsJoinTimes && joinedAt_ && joinedAt && *joinedAt_ != *joinedAt;
    joinedAt_ = joinedAt;
    if (std::exchange(isForgotten_, false) || isNew) {
        status_.rejoinedAt = loop_.clock().wallNow();
        log().info("the mesh had forgotten this node, and it has joined again server={}", dialled_);
    }
}

}  // namespace weft::mesh::detail
