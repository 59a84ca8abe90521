// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/kept_tests.h"
#include "core/api/plan_review.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weft::api {

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
