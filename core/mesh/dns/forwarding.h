// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/mesh/dns/forward.h"
#include "core/net/endpoint.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace weft::mesh::dns {

/// Who may know a name.
struct Forwarder {
    net::Endpoint address;
    /// A node of the mesh: it answers from what it knows, and when it does not know the name the
    /// next one may. What another says is the last word.
    bool isOfTheMesh = false;

    friend bool operator==(const Forwarder&, const Forwarder&) = default;
};

struct ForwardingLimits {
    /// Questions under way.
    std::size_t questions = 256;
    /// Clients that wait for one question.
    std::size_t waiting = 32;
    Duration each = std::chrono::seconds(1);
    Duration all = std::chrono::seconds(5);
};

/// Asks forwarders one after another, each question once for all who ask it at the same time.
/// Pure. Thread: confined.
class Forwarding {
public:
    /// A client that waits, by the caller's own number.
    using Client = std::uint64_t;
    using Attempt = std::uint64_t;

    struct Send {
        Attempt attempt = 0;
        net::Endpoint to;
        Question question;
        bool recursion = true;
    };
    struct Done {
        Question question;
        std::vector<Client> clients;
        /// nullopt: nobody knew, in time.
        std::optional<Forwarded> said;
    };
    /// What the caller has to do now.
    struct Steps {
        std::optional<Send> send;
        std::optional<Done> done;
        /// Nothing more is expected of it.
        std::optional<Attempt> over;
    };

    explicit Forwarding(ForwardingLimits limits) : limits_(limits) {}

    /// `forwarders` in the order to ask them.
    Steps ask(
        const Question& question, Client client, std::vector<Forwarder> forwarders, TimePoint now);
    /// Of an attempt that is over: nothing.
    Steps onReply(Attempt attempt, Forwarded said, TimePoint now);
    Steps onFailure(Attempt attempt, TimePoint now);
    /// The next thing that is due; nothing when none is.
    Steps onTime(TimePoint now);
    std::optional<TimePoint> nextDeadline() const;

    std::size_t size() const { return exchanges_.size(); }

private:
    struct Exchange {
        std::vector<Client> clients;
        std::vector<Forwarder> forwarders;
        std::size_t next = 0;
        Attempt attempt = 0;
        bool isOfTheMesh = false;
        TimePoint attemptEnd;
        TimePoint end;
        /// Of a forwarder that does not know the name, should no other.
        std::optional<Forwarded> no;
    };
    using Exchanges = std::map<Question, Exchange>;

    Steps advance(Exchanges::iterator exchange, TimePoint now);
    Steps finish(Exchanges::iterator exchange, std::optional<Forwarded> said);
    Exchanges::iterator find(Attempt attempt);

    const ForwardingLimits limits_;
    Exchanges exchanges_;
    std::map<Attempt, Question> attempts_;
    Attempt nextAttempt_ = 1;
};

}  // namespace weft::mesh::dns
