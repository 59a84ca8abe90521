// SPDX-License-Identifier: Apache-2.0
// Two hundred nodes join, change, leave and come back at random; after each step the records of
// the mesh must be consistent. WEFT_SIM_SEED takes a seed back that a failure printed.
#include "tests/core/mesh/mesh_fixture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

namespace weft::tests {
namespace {

using mesh::NodeId;

constexpr std::uint32_t kNodes = 200;
constexpr int kSteps = 400;
constexpr int kStepsBetweenRestarts = 100;

std::uint64_t seedOfThisRun() {
    if (const char* given = std::getenv("WEFT_SIM_SEED"); given != nullptr) {
        return std::strtoull(given, nullptr, 10);
    }
    return 20260101;
}

/// What the simulation knows of a node by itself.
struct Known {
    std::uint32_t key = 0;
    std::optional<net::IpPrefix> ipv4;
    bool isMember = false;
};

class Churn {
public:
    explicit Churn(std::uint64_t seed) : random_(seed) {
        for (std::uint32_t number = 0; number < kNodes; ++number) {
            known_[fmt::format("node-{:03}", number)].key = number + 1;
        }
    }

    void step(int number) {
        const auto& id = pick();
        switch (below(8)) {
        case 0:
        case 1:
        case 2:
            join(id);
            break;
        case 3:
        case 4:
            leave(id);
            break;
        case 5:
            update(id);
            break;
        case 6:
            changeKey(id);
            break;
        default:
            joinManyAtOnce();
            break;
        }
        if (number % kStepsBetweenRestarts == kStepsBetweenRestarts - 1) {
            ASSERT_TRUE(
                mesh_.reopen(MeshFixture::options(mesh::Authentication::Required, {})).ok());
        }
        check();
    }

private:
    std::uint32_t below(std::uint32_t limit) {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random_);
    }
    const std::string& pick() {
        return std::next(known_.begin(), static_cast<std::ptrdiff_t>(below(kNodes)))->first;
    }

    mesh::JoinParams paramsOf(const std::string& id) {
        auto params = below(3) == 0 ? publicJoinOf(id, known_[id].key) : joinOf(id, known_[id].key);
        params.zone = below(2) == 0 ? "" : fmt::format("zone-{}", below(4));
        return params;
    }
    void noteGrant(const std::string& id, const StatusOr<mesh::JoinGrant>& grant) {
        ASSERT_TRUE(grant.ok()) << id << ": " << grant.status();
        auto& known = known_[id];
        if (known.ipv4) {
            ASSERT_EQ(grant->addressIpv4, known.ipv4) << id << " came back to another address";
        }
        known.ipv4 = grant->addressIpv4;
        known.isMember = true;
    }

    void join(const std::string& id) { noteGrant(id, mesh_.join(paramsOf(id))); }
    void joinManyAtOnce() {
        std::map<std::string, StatusOr<mesh::JoinGrant>> grants;
        for (int count = 0; count < 10; ++count) {
            const auto& id = pick();
            mesh_.host->join(paramsOf(id), certificateOf(id), [&grants, id](const auto& grant) {
                grants.insert_or_assign(id, grant);
            });
        }
        mesh_.settle();
        for (const auto& [id, grant] : grants) {
            noteGrant(id, grant);
        }
    }
    void leave(const std::string& id) {
        ASSERT_TRUE(mesh_.leave(id).ok());
        known_[id].isMember = false;
    }
    void update(const std::string& id) {
        mesh::UpdateParams params;
        params.id = NodeId(id);
        params.zone = fmt::format("zone-{}", below(4));
        if (below(2) == 0) {
            params.primaryEndpoint = fmt::format("203.0.113.{}", below(250) + 1);
        }
        const auto status = mesh_.update(params, certificateOf(id));
        ASSERT_EQ(
            status.code(), known_[id].isMember ? StatusCode::kOk : StatusCode::kFailedPrecondition);
    }
    void changeKey(const std::string& id) {
        known_[id].key += 1000;
        join(id);
    }

    void check() {
        const auto& registry = mesh_.host->registry();
        std::set<net::IpAddress> addresses;
        std::size_t members = 1;
        for (const auto* node : registry.nodes()) {
            for (const auto& address : {node->privateIpv4, node->privateIpv6}) {
                ASSERT_TRUE(address.has_value()) << node->id.value();
                ASSERT_TRUE(addresses.insert(address->address()).second)
                    << address->toString() << " is given twice";
            }
        }
        for (const auto& [id, known] : known_) {
            members += known.isMember ? 1 : 0;
            ASSERT_EQ(registry.node(NodeId(id)) != nullptr, known.isMember) << id;
        }
        ASSERT_EQ(registry.nodeCount(), members);
        checkEdges(registry);
        ASSERT_EQ(registry.unreadableRecords(), 0U);
    }
    static void checkEdges(const storage::Registry& registry) {
        std::size_t directed = 0;
        for (const auto* node : registry.nodes()) {
            for (const auto* edge : registry.edgesOf(node->id)) {
                ++directed;
                ASSERT_NE(registry.node(edge->target), nullptr)
                    << "dangling edge " << edge->source.value() << " " << edge->target.value();
                const auto* back = registry.edge(edge->target, edge->source);
                ASSERT_NE(back, nullptr);
                ASSERT_EQ(back->weight, edge->weight);
                ASSERT_NE(edge->source, edge->target);
            }
        }
        // Nothing beside what starts at a node.
        ASSERT_EQ(registry.edges().size() * 2, directed);
    }

    std::mt19937_64 random_;
    MeshFixture mesh_;
    std::map<std::string, Known> known_;
};

TEST(MeshChurn, KeepsTheRecordsConsistent) {
    const auto seed = seedOfThisRun();
    SCOPED_TRACE(fmt::format("WEFT_SIM_SEED={}", seed));
    Churn churn(seed);
    for (int step = 0; step < kSteps; ++step) {
        churn.step(step);
        ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "step " << step;
    }
}

}  // namespace
}  // namespace weft::tests
