// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/member.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/inner_servers.h"
#include "core/mesh/detail/join_failure.h"
#include "core/mesh/detail/member_impl.h"
#include "core/mesh/detail/member_texts.h"

#include <algorithm>
#include <random>
#include <utility>

namespace weft::mesh {
namespace detail {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

}  // namespace

MemberImpl::~MemberImpl() {
    ++generation_;
    dropStreams();
    link_.reset();
    for (auto& done : std::exchange(stopping_, {})) {
        done(cancelled("the member is gone"));
    }
}

MemberMachine::Moment MemberImpl::moment() {
    return {loop_.clock().now(), std::uniform_real_distribution<>(0, 1)(random_)};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::act(const MemberActions& actions) {
    const std::weak_ptr<bool> alive = alive_;
    for (const auto action : actions) {
        perform(action);
        if (alive.expired()) {
            return;
        }
    }
    armTimer();
    publishStatus();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::perform(MemberAction action) {
    switch (action) {
    case MemberAction::DropLink:
        dropLink();
        break;
    case MemberAction::Dial:
        dial();
        break;
    case MemberAction::CheckIdentity:
        checkIdentity();
        break;
    case MemberAction::Join:
        join();
        break;
    case MemberAction::Follow:
        follow();
        break;
    case MemberAction::Check:
        check(MemberMachine::kCheckLimit);
        break;
    case MemberAction::Leave:
        leave();
        break;
    case MemberAction::Finish:
        joinedAt_.reset();
        isForgotten_ = false;
        isInside_ = false;
        status_.grant.reset();
        peers_ = {};
        state_.clear();
        for (auto& done : std::exchange(stopping_, {})) {
            loop_.post([done = std::move(done)] { done(okStatus()); });
        }
        break;
    }
}

void MemberImpl::publishStatus() {
    const auto phase = machine_.phase();
    if (status_.phase != phase) {
        status_.phase = phase;
        status_.since = loop_.clock().wallNow();
        const auto why = messageOf(machine_.failure());
        log().info(
            "member is {} server={} why=\"{}\"", nameOf(phase), dialled_, base::escapeForLine(why));
    }
    status_.failure = machine_.failure();
    status_.serverAddress = dialled_;
    status_.retryAt.reset();
    if (machine_.isWaiting()) {
        const auto wait = *machine_.nextDeadline() - loop_.clock().now();
        status_.retryAt =
            loop_.clock().wallNow() + std::chrono::duration_cast<WallTime::duration>(wait);
    }
    observers_.notify();
}

void MemberImpl::armTimer() {
    timer_ = {};
    if (const auto deadline = machine_.nextDeadline()) {
        const auto wait = std::max(Duration::zero(), Duration(*deadline - loop_.clock().now()));
        timer_ = loop_.after(wait, [this] { act(machine_.onDeadline(moment())); });
    }
}

/// Where it was followed last, before the address that it was joined at.
void MemberImpl::dial() {
    if (isInside_ && !innerServers(peers_).empty()) {
        redialInside();
    } else {
        dialOutside();
    }
}

void MemberImpl::dialOutside() {
    isInside_ = false;
    ++generation_;
    dialled_ = serverName();
    take(links_.dial(options_.joinAddresses[machine_.address()]));
}

void MemberImpl::take(StatusOr<std::unique_ptr<MemberLink>> link) {
    if (link.ok()) {
        link_ = *std::move(link);
        return;
    }
    // The step that follows finds no link and reports this.
    link_.reset();
    log().debug("dial failed server={} why=\"{}\"", dialled_, messageOf(link.status()));
}

void MemberImpl::dropStreams() {
    peerStream_.cancel();
    stateStream_.cancel();
    state_.stopReading();
    updating_ = false;
    updateTimer_.cancel();
    checkTimer_.cancel();
    nextCheck_.cancel();
    insideTimer_.cancel();
}

void MemberImpl::dropLink() {
    ++generation_;
    dropStreams();
    if (link_) {
        // It may be one of the link's own callbacks that this runs in.
        loop_.post([retired = std::shared_ptr<MemberLink>(std::move(link_))] {});
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::checkIdentity() {
    if (!link_) {
        act(machine_.onIdentityChecked(
            {true, unavailable("no connection to {}", dialled_)}, moment()));
        return;
    }
    if (isInside_) {
        checkInside(&MemberImpl::goOutside);
        return;
    }
    const auto verdict = [this](const std::string& prefix, const StatusOr<std::string>& domain) {
        if (domain.ok() && meshIdentity(prefix, *domain) != options_.expectedIdentity) {
            act(machine_.onIdentityChecked({false, anotherMesh(dialled_)}, moment()));
            return;
        }
        act(machine_.onIdentityChecked({}, moment()));
    };
    link_->get(
        std::string(storage::kIpv6PrefixKey),
        forThisLink<StatusOr<std::string>>([this, verdict](const StatusOr<std::string>& prefix) {
            if (prefix.status().code() == StatusCode::kPermissionDenied) {
                checkAddress();
                return;
            }
            if (!prefix.ok()) {
                const bool unreachable = prefix.status().code() == StatusCode::kUnavailable
                                         || prefix.status().code() == StatusCode::kDeadlineExceeded;
                // A server that does not answer this before a join is asked after it.
                act(machine_.onIdentityChecked(
                    unreachable ? judge(prefix.status()) : AttemptResult(), moment()));
                return;
            }
            link_->get(
                std::string(storage::kMeshDomainKey),
                forThisLink<StatusOr<std::string>>(
                    [verdict, prefix = *prefix](const StatusOr<std::string>& domain) {
                        verdict(prefix, domain);
                    }));
        }));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::join() {
    if (!link_) {
        act(machine_.onJoined({true, unavailable("no connection to {}", dialled_)}, moment()));
        return;
    }
    sent_ = options_.join;
    link_->join(options_.join, forThisLink<StatusOr<JoinGrant>>([this](StatusOr<JoinGrant> grant) {
                    onJoined(std::move(grant));
                }));
}

void MemberImpl::onJoined(StatusOr<JoinGrant> grant) {
    if (!grant.ok()) {
        act(machine_.onJoined(judge(grant.status()), moment()));
        return;
    }
    const auto identity = meshIdentity(grant->networkIpv6.toString(), grant->meshDomain);
    if (!options_.expectedIdentity.empty() && identity != options_.expectedIdentity) {
        // Undo what the server took for a wish to join.
        link_->leave(options_.join.id, forThisLink<Status>([this](const Status&) {
                         act(machine_.onJoined({false, anotherMesh(dialled_)}, moment()));
                     }));
        return;
    }
    options_.expectedIdentity = identity;
    machine_.setKnowsMesh(true);
    status_.info = {grant->networkIpv4, grant->networkIpv6, grant->meshDomain, identity};
    peers_ = grant->peers;
    status_.grant = *std::move(grant);
    act(machine_.onJoined({}, moment()));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::leave() {
    if (!link_ && insideTimer_.active()) {
        dialInside();
    }
    if (!link_) {
        act(machine_.onLeft());
        return;
    }
    link_->leave(options_.join.id, forThisLink<Status>([this](const Status& status) {
                     if (!status.ok()) {
                         log().info(
                             "leave failed why=\"{}\"", base::escapeForLine(messageOf(status)));
                     }
                     act(machine_.onLeft());
                 }));
}

void MemberImpl::stop(bool leave, Duration limit, StatusCallback done) {
    stopping_.push_back(std::move(done));
    act(machine_.stop(leave, limit, moment()));
}

}  // namespace detail

std::unique_ptr<Member> Member::create(
    MemberOptions options, base::Loop& loop, MemberLinkFactory& links) {
    return std::make_unique<detail::MemberImpl>(std::move(options), loop, links);
}

}  // namespace weft::mesh
