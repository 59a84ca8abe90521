// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/forwarding.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::dns {

Forwarding::Steps Forwarding::ask(
    const Question& question, Client client, std::vector<Forwarder> forwarders, TimePoint now) {
    const auto refused = [&] { return Steps{{}, Done{question, {client}, std::nullopt}, {}}; };
    if (const auto under = exchanges_.find(question); under != exchanges_.end()) {
        if (under->second.clients.size() >= limits_.waiting) {
            return refused();
        }
        under->second.clients.push_back(client);
        return {};
    }
    if (exchanges_.size() >= limits_.questions) {
        return refused();
    }
    Exchange exchange;
    exchange.clients = {client};
    exchange.forwarders = std::move(forwarders);
    exchange.end = now + limits_.all;
    return advance(exchanges_.emplace(question, std::move(exchange)).first, now);
}

Forwarding::Exchanges::iterator Forwarding::find(Attempt attempt) {
    const auto found = attempts_.find(attempt);
    return found == attempts_.end() ? exchanges_.end() : exchanges_.find(found->second);
}

Forwarding::Steps Forwarding::advance(Exchanges::iterator exchange, TimePoint now) {
    auto& [question, state] = *exchange;
    if (state.next == state.forwarders.size() || now >= state.end) {
        return finish(exchange, std::move(state.no));
    }
    const auto& forwarder = state.forwarders[state.next++];
    Steps steps;
    if (state.attempt != 0) {
        steps.over = state.attempt;
        attempts_.erase(state.attempt);
    }
    state.attempt = nextAttempt_++;
    state.isOfTheMesh = forwarder.isOfTheMesh;
    state.attemptEnd = std::min(now + limits_.each, state.end);
    attempts_.emplace(state.attempt, question);
    steps.send = Send{state.attempt, forwarder.address, question, !forwarder.isOfTheMesh};
    return steps;
}

Forwarding::Steps Forwarding::finish(Exchanges::iterator exchange, std::optional<Forwarded> said) {
    Steps steps;
    if (exchange->second.attempt != 0) {
        steps.over = exchange->second.attempt;
        attempts_.erase(exchange->second.attempt);
    }
    steps.done = Done{exchange->first, std::move(exchange->second.clients), std::move(said)};
    exchanges_.erase(exchange);
    return steps;
}

Forwarding::Steps Forwarding::onReply(Attempt attempt, Forwarded said, TimePoint now) {
    const auto exchange = find(attempt);
    if (exchange == exchanges_.end()) {
        return {};
    }
    if (said.rcode == Rcode::NoError || (said.isAnswer() && !exchange->second.isOfTheMesh)) {
        return finish(exchange, std::move(said));
    }
    if (said.isAnswer()) {
        exchange->second.no = std::move(said);
    }
    return advance(exchange, now);
}

Forwarding::Steps Forwarding::onFailure(Attempt attempt, TimePoint now) {
    const auto exchange = find(attempt);
    return exchange == exchanges_.end() ? Steps() : advance(exchange, now);
}

Forwarding::Steps Forwarding::onTime(TimePoint now) {
    const auto due = std::ranges::find_if(
        exchanges_, [now](const auto& exchange) { return exchange.second.attemptEnd <= now; });
    return due == exchanges_.end() ? Steps() : advance(due, now);
}

std::optional<TimePoint> Forwarding::nextDeadline() const {
    const auto first = std::ranges::min_element(
        exchanges_, {}, [](const auto& exchange) { return exchange.second.attemptEnd; });
    return first == exchanges_.end() ? std::nullopt : std::optional(first->second.attemptEnd);
}

}  // namespace weft::mesh::dns
