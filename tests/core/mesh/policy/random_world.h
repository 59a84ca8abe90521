// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/mesh/policy/oracle.h"

#include <random>

namespace weft::mesh::policy {

/// Small random meshes: few names, so that much of it meets, and now and then what nobody should
/// have written.
class RandomWorld {
public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {}

    oracle::World world();
    /// A node that rules may name, or none.
    std::string node();
    Action action();
    /// A prefix that may be missing, broken, of either family, a host or a network.
    std::string cidr();
    /// A host's prefix of the family.
    std::string hostCidr(bool v4);
    std::size_t below(std::size_t count) { return random_() % count; }

private:
    bool oneIn(std::size_t count) { return below(count) == 0; }
    std::string subjectName();
    std::string groupName();
    std::string resourceName();
    std::string listedCidr();
    Subject subject();
    Rule rule();
    NetworkAcl acl(std::size_t number);
    std::vector<std::string> nodeList();
    std::vector<std::string> cidrList();

    std::mt19937_64 random_;
};

}  // namespace weft::mesh::policy
