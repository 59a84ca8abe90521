// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/model.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace weft::bench {

/// The records of a mesh of any size, the same each time: a hundred rules, a hundred routes, and
/// about two and a half edges for each node.
class SampleMesh {
public:
    enum class Shape {
        /// One node in a hundred is a server, at most a hundred are; everybody is at two of them,
        /// and teams see themselves and the servers.
        Hubs,
        /// A ring with random chords, where everybody sees everybody, but for one pair.
        Chords
    };

    SampleMesh(std::size_t nodes, Shape shape);

    std::size_t below(std::size_t count) { return random_() % count; }
    static std::string nameOf(std::size_t number);
    static std::uint32_t ipv4Of(std::size_t number) {
        return 0xAC100001U + static_cast<std::uint32_t>(number);
    }

    void putNode(std::size_t number);
    void link(std::size_t left, std::size_t right, bool isThere = true);
    void putAcl(
        const std::string& name,
        std::int32_t priority,
        mesh::policy::AclAction action,
        std::string from,
        std::string to);

    /// What was put since.
    std::vector<storage::Event> take() { return std::exchange(events_, {}); }

private:
    void put(std::string key, std::string value);
    void addRules();
    void linkHubs();
    void linkChords();
    std::size_t hubs() const;

    std::size_t size_;
    Shape shape_;
    std::mt19937_64 random_;
    std::set<std::pair<std::size_t, std::size_t>> linked_;
    std::vector<storage::Event> events_;
};

}  // namespace weft::bench
