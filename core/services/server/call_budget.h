// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace weft::services {

/// Limits on what one connection and one caller may do.
struct CallLimits {
    /// Calls a second that one connection may begin for long, and at once.
    double callsPerSecond = 200;
    double callBurst = 1000;
    /// Connections that are remembered; the one that was silent longest is forgotten first.
    std::size_t rememberedConnections = 2048;
    /// Streams that one caller (identity, else source address) may hold open.
    std::size_t streamsPerCaller = 64;
    /// A unary call ends by then, whatever deadline its caller asked for.
    Duration handlerDeadline = std::chrono::seconds(30);
};

/// How many calls each connection began lately (a token bucket for each). Pure; not thread-safe.
class CallBudget {
public:
    enum class Verdict {
        Admit,
        Refuse,  ///< the bucket is empty
        Cut,     ///< it went on and on: the connection should be closed; told once in a while
    };

    explicit CallBudget(const CallLimits& limits) : limits_(limits) {}

    Verdict take(std::string_view connection, TimePoint now);
    /// Calls that `connection` began; 0 when it is not remembered.
    std::uint64_t callsOf(const std::string& connection) const;
    std::size_t size() const { return buckets_.size(); }

private:
    struct Bucket {
        std::string connection;
        double tokens = 0;
        TimePoint at;
        std::size_t refused = 0;
        std::uint64_t calls = 0;
    };
    using Order = std::list<Bucket>;

    Bucket& bucketOf(std::string_view connection, TimePoint now);

    CallLimits limits_;
    // Least recently used first.
    Order order_;
    std::unordered_map<std::string, Order::iterator> buckets_;
};

}  // namespace weft::services
