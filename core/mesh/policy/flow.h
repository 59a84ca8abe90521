// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"
#include "core/net/ip_prefix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace v1 {
class NetworkAction;
}  // namespace v1

namespace weft::mesh::policy {

/// Traffic between two ends. A node that is empty is none; addresses may be missing.
struct Flow {
    std::string sourceNode{};
    std::optional<net::IpPrefix> source{};
    std::string destinationNode{};
    std::optional<net::IpPrefix> destination{};
};
/// Prefixes that do not parse count as missing.
Flow fromProto(const ::v1::NetworkAction& message);

/// The conditions of a rule, in the order in which they are looked at.
enum class AclField : std::uint8_t {
    None,
    SourceNodes,
    DestinationNodes,
    SourceCidrs,
    DestinationCidrs
};
std::string_view nameOf(AclField field);

struct TraceStep {
    std::string rule;
    std::int32_t priority = 0;
    AclAction action = AclAction::Unknown;
    /// The first condition that did not hold; None: the rule decided.
    AclField failed = AclField::None;
    /// Why not, in words; empty for the rule that decided.
    std::string reason{};
};

/// How a verdict came about: the rules in the order in which they were tried, the last being the
/// one that decided. Without one it is a denial.
struct Trace {
    bool accepted = false;
    /// Empty when no rule matched.
    std::string decidedBy{};
    std::vector<TraceStep> steps{};
};

}  // namespace weft::mesh::policy
