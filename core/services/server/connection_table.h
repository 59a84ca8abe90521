// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace weft::services {

/// Counts connections by source: an IPv4 address, or the /64 of an IPv6 address. A source without
/// connections is not remembered, so the table is as large as the number of connections at most.
/// Pure.
class ConnectionTable {
public:
    enum class Verdict : std::uint8_t { Admit, SourceFull, Full };

    ConnectionTable(std::size_t perSource, std::size_t total)
        : perSource_(perSource), total_(total) {}

    Verdict check(const net::IpAddress& source) const;
    void add(const net::IpAddress& source);
    void remove(const net::IpAddress& source);
    std::size_t size() const { return size_; }
    std::size_t sources() const { return counts_.size(); }

    /// What a source is counted by.
    static std::string keyOf(const net::IpAddress& source);

private:
    std::size_t perSource_;
    std::size_t total_;
    std::size_t size_ = 0;
    std::map<std::string, std::size_t> counts_;
};

}  // namespace weft::services
