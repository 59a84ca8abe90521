// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/ip_address.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace weft::mesh::dns {

/// How much each source may have in a second. An IPv6 source is what a node of the mesh has, a
/// /112. Pure. Thread: confined.
class SourceRate {
public:
    /// Sources beyond it share one allowance within a second.
    static constexpr std::size_t kMostSources = 4096;

    explicit SourceRate(std::uint32_t perSecond) : perSecond_(perSecond) {}

    /// Takes one; false when there is none left.
    bool take(const net::IpAddress& source, TimePoint now);
    std::size_t size() const { return used_.size(); }

private:
    const std::uint32_t perSecond_;
    TimePoint second_;
    std::unordered_map<std::string, std::uint32_t> used_;
};

}  // namespace weft::mesh::dns
