// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_set.h"
#include "tests/core/mesh/network/world.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh::changes::tests {

using network::tests::Access;
using network::tests::Mirror;
using network::tests::RandomWorld;
using network::tests::World;

/// A mesh, what is to be edited in it, and the mesh that comes of it.
struct EditedWorld {
    World before;
    World after;

    static EditedWorld random(RandomWorld& random, Access access, std::size_t nodes) {
        EditedWorld edited;
        edited.before = random.world(access, nodes);
        random.addRoutes(edited.before);
        edited.change(random);
        return edited;
    }
    /// Another edit of the same mesh.
    void change(RandomWorld& random) {
        after = before;
        for (auto changes = 1 + random.below(4); changes > 0; --changes) {
            random.change(after);
            // Nobody edits nodes.
            after.nodes = before.nodes;
        }
    }
};

inline policy::NetworkAcl acl(
    std::string name,
    std::int32_t priority,
    policy::AclAction action,
    std::vector<std::string> from,
    std::vector<std::string> to) {
    return {std::move(name), priority, action, std::move(from), std::move(to), {}, {}};
}

/// n0, n1 and so on, without any edge, where everybody accepts everything.
inline World openWorld(std::size_t nodes) {
    World world;
    for (std::size_t number = 0; number < nodes; ++number) {
        world.nodes["n" + std::to_string(number)] = {
            "172.16.0." + std::to_string(number + 1) + "/32",
            "fd00:0:0:" + std::to_string(number + 1) + "::/112"};
    }
    world.rules.acls.push_back(acl("all", 0, policy::AclAction::Accept, {"*"}, {"*"}));
    return world;
}

/// How many random edits a test makes: WEFT_REVIEW_ROUNDS, else so few that it stays short. The
/// campaign takes 10,000.
inline std::size_t rounds() {
    std::size_t count = 400;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
    if (const char* given = std::getenv("WEFT_REVIEW_ROUNDS")) {
        const std::string_view text(given);
        std::from_chars(text.data(), text.data() + text.size(), count);
    }
    return count;
}

}  // namespace weft::mesh::changes::tests
