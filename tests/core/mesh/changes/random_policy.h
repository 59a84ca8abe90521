// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace weft::mesh::changes::tests {

/// Valid objects in the form in which they are stored, with names that are hard on files and YAML.
class RandomPolicy {
public:
    explicit RandomPolicy(std::uint64_t seed) : engine_(seed) {}

    PolicySet set(std::size_t objects);
    /// Another object of the same name; sometimes only one field differs.
    PolicyObject changed(const PolicyObject& object);
    /// Some objects of `set` changed, removed, made.
    std::vector<Edit> edits(const PolicySet& set, std::size_t count);

    bool oneIn(std::size_t count) { return below(count) == 0; }
    std::size_t below(std::size_t count) { return engine_() % count; }

private:
    PolicyObject object();
    std::string name();
    policy::Subject subject();
    policy::Rule rule();
    std::vector<policy::Subject> subjects();
    std::vector<std::string> nodes();
    std::vector<std::string> cidrs();

    std::mt19937_64 engine_;
};

}  // namespace weft::mesh::changes::tests
