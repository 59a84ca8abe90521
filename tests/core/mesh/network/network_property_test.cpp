// SPDX-License-Identifier: Apache-2.0
// The network against what is told in plain words, on random meshes.
#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <deque>
#include <iostream>
#include <optional>

namespace weft::mesh::network::tests {
namespace {

constexpr std::size_t kRounds = 1'000;

using Names = std::set<std::string>;

/// What a reference server tells `from` (webmesh.md 6.3 and 7.3), but that of a node whose routes
/// are denied only those are withheld.
class Reference {
public:
    Reference(const World& world, const std::string& from) : world_(world), from_(from) {
        for (const auto& [name, route] : world.routes) {
            if (route.node == from) {
                own_.insert(route.destination);
            }
        }
        for (const auto& [id, node] : world.nodes) {
            if (isListed(id) && world.linked(from, id)) {
                neighbours.insert(id);
            }
        }
        for (const auto& id : neighbours) {
            Names visited;
            walk(id, visited);
        }
    }

    Names neighbours;
    Names allowed;

private:
    bool isListed(const std::string& id) const {
        return id != from_ && world_.nodes.at(from_).hasKey && world_.nodes.at(id).hasKey
               && world_.mayReach(from_, id);
    }

    void walk(const std::string& at, Names& visited) {
        visited.insert(at);
        const auto& node = world_.nodes.at(at);
        for (const auto& address : {node.ipv4, node.ipv6}) {
            if (!address.empty()) {
                allowed.insert(address);
            }
        }
        for (const auto& [name, route] : world_.routes) {
            if (route.node == at && !own_.contains(route.destination)
                && world_.mayUse(from_, route)) {
                allowed.insert(route.destination);
            }
        }
        for (const auto& [id, other] : world_.nodes) {
            if (world_.linked(at, id) && isListed(id) && !neighbours.contains(id)
                && !visited.contains(id)) {
                walk(id, visited);
            }
        }
    }

    const World& world_;
    std::string from_;
    Names own_;
};

/// Devices with the lists that the network gives them, which check senders as WireGuard does.
class Devices {
public:
    Devices(const World& world, Network& network) {
        for (const auto& [id, node] : world.nodes) {
            auto& table = tables_[id];
            for (const auto& neighbour : network.neighboursOf(NodeId(id))) {
                for (const auto& prefix : neighbour.allowed) {
                    isUnique =
                        table.emplace(prefix.toString(), neighbour.id.value()).second && isUnique;
                }
            }
        }
    }

    /// Whether what `from` sends to an address of `to` comes there. `source` and `target` are
    /// prefixes that are in the lists as they are.
    bool carry(
        const std::string& from,
        const std::string& source,
        const std::string& to,
        const std::string& target) const {
        std::string at = from;
        for (std::size_t hops = 0; hops <= tables_.size(); ++hops) {
            if (at == to) {
                return true;
            }
            const auto next = peerFor(at, target);
            // A tunnel needs each end in the list of the other, and the sender must be expected.
            if (!next || !tables_.contains(*next) || !knows(*next, at)
                || peerFor(*next, source) != at) {
                return false;
            }
            at = *next;
        }
        return false;
    }

    bool isUnique = true;

private:
    std::optional<std::string> peerFor(const std::string& at, const std::string& prefix) const {
        const auto& table = tables_.at(at);
        const auto found = table.find(prefix);
        return found == table.end() ? std::nullopt : std::optional(found->second);
    }
    bool knows(const std::string& at, const std::string& peer) const {
        return std::ranges::any_of(
            tables_.at(at), [&peer](const auto& entry) { return entry.second == peer; });
    }

    std::map<std::string, std::map<std::string, std::string>> tables_;
};

/// Whether edges lead from one to the other over nodes that both may reach, each linked to nodes
/// that it may reach.
bool areConnected(const World& world, const std::string& from, const std::string& to) {
    const auto may = [&](const std::string& one, const std::string& other) {
        return one == other || world.mayReachEachOther(one, other);
    };
    Names seen{from};
    std::deque<std::string> waiting{from};
    while (!waiting.empty()) {
        const auto at = waiting.front();
        waiting.pop_front();
        for (const auto& [id, node] : world.nodes) {
            if (node.hasKey && world.linked(at, id) && may(at, id) && may(from, id) && may(to, id)
                && seen.insert(id).second) {
                waiting.push_back(id);
            }
        }
    }
    return seen.contains(to);
}

std::string addressOf(const World& world, const std::string& id) {
    const auto& node = world.nodes.at(id);
    return node.ipv4.empty() ? node.ipv6 : node.ipv4;
}

struct Pairs {
    std::size_t carried = 0;
    std::size_t severalHops = 0;
    std::size_t dropped = 0;
    std::size_t others = 0;
};

void expectPair(
    const World& world,
    Mirror& mirror,
    const Devices& devices,
    const World::Edge& ends,
    Pairs& pairs) {
    const auto& [left, right] = ends;
    const auto there = devices.carry(left, addressOf(world, left), right, addressOf(world, right));
    const auto back = devices.carry(right, addressOf(world, right), left, addressOf(world, left));
    const auto trace = mirror.network().trace(NodeId(left), NodeId(right));
    const auto what = left + " and " + right;
    EXPECT_EQ(there, back) << what;
    EXPECT_EQ(there, trace.outcome == Trace::Outcome::Carried) << what;
    const bool may = world.nodes.at(left).hasKey && world.nodes.at(right).hasKey
                     && world.mayReachEachOther(left, right);
    EXPECT_FALSE(there && !may) << what;
    if (!may || !areConnected(world, left, right)) {
        // What is denied one way alone, on the way, may still let others through.
        ++pairs.others;
        EXPECT_NE(trace.outcome, Trace::Outcome::Dropped) << what;
        return;
    }
    ++(there ? pairs.carried : pairs.dropped);
    pairs.severalHops += there && trace.path.size() > 2 ? 1 : 0;
    if (!there) {
        EXPECT_EQ(trace.outcome, Trace::Outcome::Dropped) << what;
    }
}

Pairs expectTraffic(Access access, std::uint64_t seed) {
    RandomWorld random(seed);
    Pairs pairs;
    for (std::size_t round = 0; round < kRounds && !::testing::Test::HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto world = random.world(access, 3 + random.below(10));
        Mirror mirror(world);
        const Devices devices(world, mirror.network());
        EXPECT_TRUE(devices.isUnique) << "an address is with two neighbours";
        for (const auto& [left, leftNode] : world.nodes) {
            for (const auto& [right, rightNode] : world.nodes) {
                if (left < right) {
                    expectPair(world, mirror, devices, {left, right}, pairs);
                }
            }
        }
    }
    std::cout << pairs.carried << " pairs carried, " << pairs.severalHops
              << " of them over several hops; " << pairs.dropped << " dropped on the way, "
              << pairs.others << " denied or not connected\n";
    EXPECT_GT(pairs.severalHops, kRounds);
    EXPECT_GT(pairs.others, kRounds);
    return pairs;
}

TEST(NetworkProperty, TellsTheNeighboursAndAddressesThatAReferenceServerTells) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t prefixes = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto access = static_cast<Access>(round % 3);
        const auto world = random.world(access, 3 + random.below(10));
        Mirror mirror(world);
        for (const auto& [id, node] : world.nodes) {
            Names neighbours;
            Names allowed;
            for (const auto& neighbour : mirror.network().neighboursOf(NodeId(id))) {
                neighbours.insert(neighbour.id.value());
                for (const auto& prefix : neighbour.allowed) {
                    EXPECT_TRUE(allowed.insert(prefix.toString()).second)
                        << prefix.toString() << " is with two neighbours of " << id;
                }
            }
            const Reference reference(world, id);
            EXPECT_EQ(neighbours, reference.neighbours) << id;
            EXPECT_EQ(allowed, reference.allowed) << id;
            prefixes += allowed.size();
        }
    }
    EXPECT_GT(prefixes, kRounds * 10);
}

TEST(NetworkProperty, CarriesTrafficBothWaysWhereEverythingIsAccepted) {
    EXPECT_EQ(expectTraffic(Access::All, weft::tests::randomSeed()).dropped, 0U);
}

TEST(NetworkProperty, CarriesTrafficBothWaysWithinTeamsThatShareServers) {
    EXPECT_EQ(expectTraffic(Access::Teams, weft::tests::randomSeed()).dropped, 0U);
}

// Where every node on the way may reach other nodes, two pairs can need two ways from the same node
// to the same address, which no device has. Then one of them is dropped, and `trace` says so.
TEST(NetworkProperty, CarriesTrafficBothWaysOrSaysThatItIsDropped) {
    const auto pairs = expectTraffic(Access::Anything, weft::tests::randomSeed());
    EXPECT_LT(pairs.dropped * 50, pairs.carried);
}

TEST(NetworkProperty, CarriesTrafficToNetworksBehindNodesAndBack) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t carried = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        auto world = random.world(Access::All, 3 + random.below(10));
        Mirror mirror(world);
        const Devices devices(world, mirror.network());
        for (const auto& [id, node] : world.nodes) {
            std::map<std::string, Names> offering;
            for (const auto& [name, route] : world.routes) {
                const auto& exit = route.node;
                if (exit == id || areConnected(world, id, exit)) {
                    offering[route.destination].insert(exit);
                }
            }
            for (const auto& [destination, exits] : offering) {
                if (exits.contains(id) || !node.hasKey) {
                    continue;
                }
                const auto address = addressOf(world, id);
                const auto passes = [&, to = destination](const std::string& exit) {
                    return devices.carry(id, address, exit, to)
                           && devices.carry(exit, to, id, address);
                };
                EXPECT_TRUE(std::ranges::any_of(exits, passes)) << id << " to " << destination;
                ++carried;
            }
        }
    }
    EXPECT_GT(carried, kRounds);
}

TEST(NetworkProperty, StaysWhatANetworkMadeAnewWouldBe) {
    RandomWorld random(weft::tests::randomSeed());
    for (std::size_t round = 0; round < kRounds / 20 && !HasFailure(); ++round) {
        auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(10));
        Mirror followed(world);
        Names touched;
        bool everybody = false;
        const auto watch = followed.network().onChange([&](const Network::Touched& change) {
            everybody = everybody || change.everybody;
            for (const auto& id : change.nodes) {
                touched.insert(id.value());
            }
        });
        for (std::size_t step = 0; step < 20 && !HasFailure(); ++step) {
            SCOPED_TRACE(testing::Message() << "round " << round << " step " << step);
            std::map<std::string, std::pair<std::uint64_t, std::vector<Neighbour>>> before;
            for (const auto& [id, node] : world.nodes) {
                before[id] = {
                    followed.network().versionOf(NodeId(id)),
                    followed.network().neighboursOf(NodeId(id))};
            }
            touched.clear();
            everybody = false;
            random.change(world);
            followed.follow(world);
            Mirror fresh(world);
            for (const auto& [id, node] : world.nodes) {
                const auto now = followed.network().neighboursOf(NodeId(id));
                EXPECT_EQ(now, fresh.network().neighboursOf(NodeId(id))) << id;
                const auto& [version, list] = before[id];
                if (list != now) {
                    EXPECT_NE(followed.network().versionOf(NodeId(id)), version) << id;
                    EXPECT_TRUE(everybody || touched.contains(id)) << id;
                }
            }
        }
    }
}

}  // namespace
}  // namespace weft::mesh::network::tests
