// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/registry/records.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::storage::detail {

/// The texts of a node record that are read leniently.
struct RawNode {
    std::string publicKey;
    std::string primaryEndpoint;
    std::vector<std::string> wireguardEndpoints;
    std::string privateIpv4;
    std::string privateIpv6;

    /// Puts into `record` what parses. Leaves this empty.
    void finish(NodeRecord* record);
};

/// nullopt outside of the years that the clock can hold.
std::optional<WallTime> wallTime(std::int64_t seconds, std::int32_t nanos);

/// The fast way for records in the form that our own writers and the reference's produce: some
/// 1 us instead of protobuf's 20. nullopt says nothing about the text: ask protobuf.
std::optional<NodeRecord> readNode(std::string_view json);
std::optional<EdgeRecord> readEdge(std::string_view json);

}  // namespace weft::storage::detail
