// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/direct_seeker.h"

#include "core/base/log.h"
#include "core/base/text.h"

#include <utility>

namespace weft::daemon::sandbox {
namespace {

using Kind = mesh::DirectOffer::Kind;
using State = mesh::WayReport::State;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("sandbox");
    return logger;
}

}  // namespace

DirectSeeker::DirectSeeker(const Parts& parts)
    : parts_(parts), draw_(parts.world.plan().seed, "seeks " + parts.node.id.value()) {}

void DirectSeeker::look() {
    const bool isThere = parts_.world.isThere(parts_.node, parts_.loop.clock().now())
                         && parts_.host.registry().node(parts_.node.id) != nullptr;
    if (!isThere) {
        watch_.cancel();
        soon_.cancel();
        offers_ = {};
        sent_.reset();
        return;
    }
    if (!watch_.active()) {
        watch_ = parts_.host.directWays().watch(
            parts_.node.id, [this](const mesh::DirectOffers& offers) { onOffers(offers); });
    }
    report();
}

void DirectSeeker::onOffers(mesh::DirectOffers offers) {
    offers_ = std::move(offers);
    if (soon_.active()) {
        return;
    }
    const std::chrono::duration<double, std::milli> wait(
        draw_.between(kSoonest.count(), kLatest.count()));
    soon_ = parts_.loop.after(std::chrono::duration_cast<Duration>(wait), [this] {
        soon_ = {};
        report();
    });
}

void DirectSeeker::report() {
    auto now = reportNow();
    if (sent_ == now) {
        return;
    }
    const Status taken = parts_.host.directWays().report(
        now, {.proof = mesh::Caller::Proof::Certificate, .identity = parts_.node.id, .source = ""});
    if (taken.ok()) {
        sent_ = std::move(now);
    } else {
        // Such as somebody who is no neighbour any more: it is looked at again soon.
        log().debug("report refused reason={}", base::escapeForLine(messageOf(taken)));
    }
}

mesh::DirectReport DirectSeeker::reportNow() const {
    mesh::DirectReport report;
    report.node = parts_.node.id;
    for (const auto& offer : offers_.offers) {
        if (offer.kind != Kind::Relayed && report.ways.size() < mesh::kMaxReportedWays) {
            report.ways.push_back({offer.node.id, offer.round, stateOf(offer)});
        }
    }
    // Who has a public address sees where the others come from.
    if (!parts_.node.isPublic()) {
        return report;
    }
    const auto now = parts_.loop.clock().now();
    for (const auto& other : parts_.world.plan().nodes) {
        const bool isSeen = !other.isPublic() && other.zone != parts_.node.zone
                            && parts_.world.isThere(other, now)
                            && parts_.host.registry().edge(parts_.node.id, other.id) != nullptr;
        if (isSeen && report.sightings.size() < mesh::kMaxReportedSightings) {
            report.sightings.push_back({other.id, placeOf(other, parts_.node)});
        }
    }
    return report;
}

State DirectSeeker::stateOf(const mesh::DirectOffer& offer) const {
    const auto* other = parts_.world.find(offer.node.id);
    const bool isThere = other != nullptr && canMeet(parts_.node, *other)
                         && parts_.world.isThere(*other, parts_.loop.clock().now());
    if (isThere) {
        return State::Up;
    }
    return offer.kind == Kind::Direct ? State::Lost : State::Calling;
}

}  // namespace weft::daemon::sandbox
