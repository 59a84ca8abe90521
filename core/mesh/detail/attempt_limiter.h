// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace weft::mesh::detail {

/// Counts failures for each source and says when one has had enough. Pure.
class AttemptLimiter {
public:
    static constexpr int kMaxFailures = 10;
    static constexpr std::chrono::minutes kWindow{1};
    /// Past it the source that failed longest ago is forgotten.
    static constexpr std::size_t kMaxSources = 4096;

    /// Whether `source` may try.
    bool mayTry(std::string_view source, TimePoint now) const;
    void noteFailure(std::string_view source, TimePoint now);
    std::size_t sources() const { return failures_.size(); }

private:
    struct Failures {
        TimePoint since;
        int count = 0;
    };
    void makeRoom(TimePoint now);

    std::map<std::string, Failures, std::less<>> failures_;
};

/// What stands for the remote end of `address:port` in a limit: the IPv4 address, or the /64 of an
/// IPv6 address, because whoever has one address of it has them all.
std::string limiterSource(std::string_view remote);

}  // namespace weft::mesh::detail
