// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/plan_review.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

/// "Laptops must reach the nas." Ends are a node id, "group:NAME" or `*`.
struct PolicyTest {
    std::string name;
    /// Else they must not.
    bool mustReach = true;
    std::string from;
    /// Empty: whoever leads to `network`.
    std::string to{};
    /// nullopt: addresses of one family are enough.
    std::optional<AddressFamily> family{};
    /// "10.0.0.0/8"; empty: the nodes themselves.
    std::string network{};

    friend bool operator==(const PolicyTest&, const PolicyTest&) = default;
};

struct PolicyTestResult {
    std::string name;
    bool passed = false;
    std::string text{};
    /// The first pairs that do not do what they must.
    std::vector<NodePair> offending{};
    std::uint64_t offendingCount = 0;

    friend bool operator==(const PolicyTestResult&, const PolicyTestResult&) = default;
};

}  // namespace weft::api
