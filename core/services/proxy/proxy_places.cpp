// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/proxy_places.h"

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

ProxyPlaces::ProxyPlaces(const ProxyLimits& limits)
    : limits_(limits), open_(std::make_shared<Open>(rateOf(limits))) {}

StatusOr<std::shared_ptr<void>> ProxyPlaces::take(
    const std::string& caller, bool unary, TimePoint now) {
    const base::MutexLock lock(open_->mutex);
    if (open_->budget.take(caller, now) != CallBudget::Verdict::Admit) {
        return resourceExhausted(
            "this caller begins too many calls: this node hands on {} a second for each; wait a "
            "moment, or call the leader itself",
            limits_.callsPerSecond);
    }
    const auto found = open_->callers.find(caller);
    const Held own = found == open_->callers.end() ? Held() : found->second;
    if (own.calls >= limits_.callsPerCaller) {
        return resourceExhausted(
            "this caller has {} calls open through this node, which is its share: end one, or call "
            "the leader itself",
            own.calls);
    }
    if (!unary && own.streams >= limits_.streamsPerCaller) {
        return resourceExhausted(
            "this caller has {} streams open through this node, which is its share: end one, or "
            "call the leader itself",
            own.streams);
    }
    if (open_->all.calls >= limits_.calls || (!unary && open_->all.streams >= limits_.streams)) {
        return resourceExhausted(
            "too many calls of all callers are handed on through this node: call the leader "
            "itself");
    }
    for (Held* held : {&open_->all, &open_->callers[caller]}) {
        ++held->calls;
        held->streams += unary ? 0 : 1;
    }
    return std::shared_ptr<void>(
        nullptr, [open = open_, caller, unary](void* /*none*/) { release(*open, caller, unary); });
}

void ProxyPlaces::release(Open& open, const std::string& caller, bool unary) {
    const base::MutexLock lock(open.mutex);
    const auto own = open.callers.find(caller);
    for (Held* held : {&open.all, &own->second}) {
        --held->calls;
        held->streams -= unary ? 0 : 1;
    }
    if (own->second.calls == 0) {
        open.callers.erase(own);
    }
}

}  // namespace weft::services
