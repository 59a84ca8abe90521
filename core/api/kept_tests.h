// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"

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

/// The tests that are kept with a mesh.
struct KeptPolicyTests {
    std::vector<PolicyTest> tests;
    /// 0: there are none.
    std::uint64_t revision = 0;

    friend bool operator==(const KeptPolicyTests&, const KeptPolicyTests&) = default;
};

}  // namespace weft::api
