// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/proxy_places.h"

#include <utility>

namespace weft::services {

namespace {

CallLimits rateOf(const ProxyLimits& limits) {
    CallLimits rate;
    rate.callsPerSecond = limits.callsPerSecond;
    rate.callBurst = limits.callBurst;
    rate.rememberedConnections = limits.rememberedCallers;
    return rate;
}

}  // namespace

ProxyPlaces::Open::Open(const ProxyLimits& given) : limits(given), budget(rateOf(given)) {}

ProxyPlaces::ProxyPlaces(const ProxyLimits& limits) : open_(std::make_shared<Open>(limits)) {}

StatusOr<std::shared_ptr<ProxyPlaces::Place>> ProxyPlaces::take(
    const std::string& caller, bool unary, TimePoint now) {
    const ProxyLimits& limits = open_->limits;
    const base::MutexLock lock(open_->mutex);
    if (open_->budget.take(caller, now) != CallBudget::Verdict::Admit) {
        return resourceExhausted(
            "this caller begins too many calls: this node hands on {} a second for each; wait a "
            "moment, or call the leader itself",
            limits.callsPerSecond);
    }
    const auto found = open_->callers.find(caller);
    const Held own = found == open_->callers.end() ? Held() : found->second;
    if (own.calls >= limits.callsPerCaller) {
        return resourceExhausted(
            "this caller has {} calls open through this node, which is its share: end one, or call "
            "the leader itself",
            own.calls);
    }
    if (!unary && own.streams >= limits.streamsPerCaller) {
        return resourceExhausted(
            "this caller has {} streams open through this node, which is its share: end one, or "
            "call the leader itself",
            own.streams);
    }
    if (open_->all.calls >= limits.calls || (!unary && open_->all.streams >= limits.streams)) {
        return resourceExhausted(
            "too many calls of all callers are handed on through this node: call the leader "
            "itself");
    }
    for (Held* held : {&open_->all, &open_->callers[caller]}) {
        ++held->calls;
        held->streams += unary ? 0 : 1;
    }
    return std::make_shared<Place>(open_, caller, unary);
}

std::size_t ProxyPlaces::answerBytes() const {
    const base::MutexLock lock(open_->mutex);
    return open_->all.bytes;
}

ProxyPlaces::Place::Place(std::shared_ptr<Open> open, std::string caller, bool unary)
    : open_(std::move(open)), caller_(std::move(caller)), unary_(unary) {}

ProxyPlaces::Place::~Place() {
    const base::MutexLock lock(open_->mutex);
    const auto own = open_->callers.find(caller_);
    for (Held* held : {&open_->all, &own->second}) {
        --held->calls;
        held->streams -= unary_ ? 0 : 1;
        held->bytes -= bytes_;
        held->requestBytes -= requestBytes_;
    }
    if (own->second.calls == 0) {
        open_->callers.erase(own);
    }
}

ProxyPlaces::Room ProxyPlaces::Place::replace(
    std::size_t Held::*counted,
    std::size_t& mine,
    std::size_t bytes,
    std::size_t most,
    std::size_t mostOfCaller) {
    const base::MutexLock lock(open_->mutex);
    std::size_t& all = open_->all.*counted;
    std::size_t& own = open_->callers.at(caller_).*counted;
    all -= mine;
    own -= mine;
    mine = 0;
    if (own + bytes > mostOfCaller) {
        return {Room::Fit::CallerFull, own};
    }
    if (all + bytes > most) {
        return {Room::Fit::Full, own};
    }
    all += bytes;
    own += bytes;
    mine = bytes;
    return {Room::Fit::Yes, own};
}

Status ProxyPlaces::Place::hold(std::size_t bytes) {
    const auto& limits = open_->limits;
    const auto room =
        replace(&Held::bytes, bytes_, bytes, limits.answerBytes, limits.answerBytesPerCaller);
    switch (room.fit) {
    case Room::Fit::CallerFull:
        return resourceExhausted(
            "answers of {} bytes wait at this node for this caller already, and this one has {}: "
            "read them, or call the leader itself",
            room.own,
            bytes);
    case Room::Fit::Full:
        return resourceExhausted(
            "too many answers wait at this node for callers that do not read them: try again in a "
            "moment, or call the leader itself");
    case Room::Fit::Yes:
        break;
    }
    return okStatus();
}

Status ProxyPlaces::Place::holdRequest(std::size_t bytes) {
    const auto& limits = open_->limits;
    const auto room = replace(
        &Held::requestBytes,
        requestBytes_,
        bytes,
        limits.requestBytes,
        limits.requestBytesPerCaller);
    switch (room.fit) {
    case Room::Fit::CallerFull:
        return resourceExhausted(
            "messages of {} bytes of this caller wait at this node for the leader already, and "
            "this one has {}: send less at once, or call the leader itself",
            room.own,
            bytes);
    case Room::Fit::Full:
        return resourceExhausted(
            "too many messages wait at this node for the leader: try again in a moment, or call "
            "the leader itself");
    case Room::Fit::Yes:
        break;
    }
    return okStatus();
}

}  // namespace weft::services
