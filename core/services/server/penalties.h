// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/ip_address.h"

#include <cstddef>
#include <map>
#include <string>

namespace weft::services {

/// Sources that get no connection for a while, as ConnectionTable counts them. Pure.
class Penalties {
public:
    /// So many are kept out; past that who is new gets in again at once.
    static constexpr std::size_t kMost = 1024;

    void add(const net::IpAddress& source, TimePoint until);
    bool holds(const net::IpAddress& source, TimePoint now) const;
    void expire(TimePoint now);

private:
    std::map<std::string, TimePoint> until_;
};

}  // namespace weft::services
