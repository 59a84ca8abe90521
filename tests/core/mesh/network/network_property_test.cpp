// SPDX-License-Identifier: Apache-2.0
// The network against what is told in plain words, on random meshes.
#include "tests/core/mesh/network/world.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <deque>
#include <functional>
#include <iostream>
#include <optional>

namespace weft::mesh::network::tests {
namespace {

constexpr std::size_t kRounds = 1'000;

using Names = std::set<std::string>;

/// What a way costs, in the order in which it is compared.
struct Price {
    std::size_t hops = 0;
    /// Nodes between the ends that not everybody may reach.
    std::size_t closed = 0;
    std::int64_t weight = 0;
    std::uint64_t order = 0;

    friend auto operator<=>(const Price&, const Price&) = default;
};

/// What the network is to tell, found by trying: the cheapest way of each pair over nodes that both
/// may reach, and only those of which every part is the way between its ends.
class Expected {
public:
    using Path = std::vector<std::size_t>;

    Expected(const World& world, const Graph& graph) : world_(world) {
        for (const auto& [id, node] : world.nodes) {
            if (node.hasKey) {
                names_.push_back(id);
            }
        }
        mutual_.assign(count(), std::vector<bool>(count()));
        edges_.assign(count(), std::vector<std::optional<Price>>(count()));
        for (std::size_t one = 0; one < count(); ++one) {
            for (std::size_t other = 0; other < count(); ++other) {
                mutual_[one][other] = world.mayReachEachOther(names_[one], names_[other]);
            }
        }
        for (std::size_t one = 0; one < count(); ++one) {
            closed_.push_back(std::ranges::count(mutual_[one], false) > 0);
            for (std::size_t other = 0; other < count(); ++other) {
                const auto* arc =
                    graph.arc(graph.find(NodeId(names_[one])), graph.find(NodeId(names_[other])));
                if (arc != nullptr && mutual_[one][other]) {
                    edges_[one][other] = {1, 0, arc->weight, arc->order};
                }
            }
        }
        for (std::size_t from = 0; from < count(); ++from) {
            paths_.emplace_back();
            for (std::size_t to = 0; to < count(); ++to) {
                paths_.back().push_back(cheapest(from, to));
            }
        }
    }

    /// Neighbour and address or network, for each that `id` is to be told.
    std::set<std::pair<std::string, std::string>> listOf(const std::string& id) const {
        std::set<std::pair<std::string, std::string>> list;
        const auto place = std::ranges::find(names_, id);
        if (place == names_.end()) {
            return list;
        }
        const auto from = static_cast<std::size_t>(place - names_.begin());
        for (std::size_t to = 0; to < count(); ++to) {
            if (const auto first = firstOf(from, to)) {
                for (const auto& address : addressesOf(world_.nodes.at(names_[to]))) {
                    list.emplace(names_[*first], address);
                }
            }
        }
        for (const auto& network : networks()) {
            if (const auto exit = agreedExit(from, network)) {
                list.emplace(names_[*firstOf(from, *exit)], network);
            }
        }
        return list;
    }

    std::set<std::string> neighboursOf(const std::string& id) const {
        std::set<std::string> list;
        for (const auto& other : names_) {
            if (other != id && world_.nodes.at(id).hasKey && world_.linked(id, other)
                && world_.mayReach(id, other)) {
                list.insert(other);
            }
        }
        return list;
    }

private:
    std::size_t count() const { return names_.size(); }

    static Names addressesOf(const World::Node& node) {
        Names addresses{node.ipv4, node.ipv6};
        addresses.erase("");
        return addresses;
    }

    /// Each node once, the cheapest first (Dijkstra, not by levels).
    Path cheapest(std::size_t from, std::size_t to) const {
        std::vector<std::optional<std::pair<Price, Path>>> best(count());
        std::vector<bool> done(count());
        best[from] = {Price(), {from}};
        while (true) {
            std::optional<std::size_t> next;
            for (std::size_t node = 0; node < count(); ++node) {
                if (best[node] && !done[node]
                    && (!next || best[node]->first < best[*next]->first)) {
                    next = node;
                }
            }
            if (!next || *next == to) {
                return next && from != to && mutual_[from][to] ? best[to]->second : Path();
            }
            done[*next] = true;
            for (std::size_t node = 0; node < count(); ++node) {
                const auto& edge = edges_[*next][node];
                if (!edge || !mutual_[from][node] || (node != to && !mutual_[to][node])) {
                    continue;
                }
                auto [cost, path] = *best[*next];
                cost.hops += 1;
                cost.closed += *next != from && closed_[*next] ? 1 : 0;
                cost.weight += edge->weight;
                cost.order += edge->order;
                path.push_back(node);
                if (!best[node] || cost < best[node]->first) {
                    best[node] = {cost, path};
                }
            }
        }
    }

    bool isTold(std::size_t from, std::size_t to) const {
        const auto& path = paths_[from][to];
        for (std::size_t first = 0; first < path.size(); ++first) {
            for (std::size_t last = first + 1; last < path.size(); ++last) {
                const Path part(
                    path.begin() + static_cast<std::ptrdiff_t>(first),
                    path.begin() + static_cast<std::ptrdiff_t>(last) + 1);
                if (paths_[path[first]][path[last]] != part) {
                    return false;
                }
            }
        }
        return !path.empty();
    }

    std::optional<std::size_t> firstOf(std::size_t from, std::size_t to) const {
        if (from != to && world_.linked(names_[from], names_[to])
            && world_.mayReach(names_[from], names_[to])) {
            return to;
        }
        return isTold(from, to) ? std::optional(paths_[from][to][1]) : std::nullopt;
    }

    Names networks() const {
        Names networks;
        for (const auto& [name, route] : world_.routes) {
            networks.insert(route.destination);
        }
        return networks;
    }

    /// Its own, or the closest that the rules accept.
    std::optional<std::size_t> exitOf(std::size_t from, const std::string& network) const {
        std::optional<std::tuple<bool, Price, std::size_t>> best;
        for (std::size_t exit = 0; exit < count(); ++exit) {
            if (!world_.isExit(names_[exit], network)) {
                continue;
            }
            if (exit == from) {
                return exit;
            }
            if (!firstOf(from, exit) || !world_.mayUse(names_[from], names_[exit], network)) {
                continue;
            }
            auto cost =
                paths_[from][exit].empty()
                    ? Price{1, 0, world_.edges.at(std::minmax(names_[from], names_[exit])), 0}
                    : costOf(paths_[from][exit]);
            cost.order = 0;
            const std::tuple rank(!mutual_[from][exit], cost, exit);
            best = best ? std::min(*best, rank) : rank;
        }
        return best ? std::optional(std::get<2>(*best)) : std::nullopt;
    }

    std::optional<std::size_t> agreedExit(std::size_t from, const std::string& network) const {
        const auto exit = exitOf(from, network);
        if (!exit || *exit == from) {
            return std::nullopt;
        }
        const auto& path = paths_[from][*exit];
        const auto takesAnother = [&](std::size_t node) { return exitOf(node, network) != exit; };
        return std::ranges::any_of(path, takesAnother) ? std::nullopt : exit;
    }

    Price costOf(const Path& path) const {
        Price cost;
        for (std::size_t at = 1; at < path.size(); ++at) {
            ++cost.hops;
            cost.closed += at > 1 && closed_[path[at - 1]] ? 1 : 0;
            cost.weight += edges_[path[at - 1]][path[at]]->weight;
        }
        return cost;
    }

    const World& world_;
    std::vector<std::string> names_;
    std::vector<std::vector<bool>> mutual_;
    std::vector<std::vector<std::optional<Price>>> edges_;
    std::vector<bool> closed_;
    std::vector<std::vector<Path>> paths_;
};

/// Devices with the lists that the network gives them, which check senders as WireGuard does.
class Devices {
public:
    Devices(const World& world, Network& network) : world_(world) {
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
            if (!next || !tables_.contains(*next) || !knows(*next, at)) {
                return false;
            }
            EXPECT_TRUE(
                (*next == from || world_.mayReachEachOther(*next, from))
                && (*next == to || world_.mayReachEachOther(*next, to)))
                << *next << " reads what " << from << " sends to " << to;
            if (peerFor(*next, source) != at) {
                return false;
            }
            at = *next;
        }
        return false;
    }

    /// Who has it in its list.
    std::optional<std::string> peerFor(const std::string& at, const std::string& prefix) const {
        const auto& table = tables_.at(at);
        const auto found = table.find(prefix);
        return found == table.end() ? std::nullopt : std::optional(found->second);
    }

    bool isUnique = true;

private:
    bool knows(const std::string& at, const std::string& peer) const {
        return std::ranges::any_of(
            tables_.at(at), [&peer](const auto& entry) { return entry.second == peer; });
    }

    const World& world_;
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
    std::size_t withheld = 0;
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
        EXPECT_NE(trace.outcome, Trace::Outcome::Withheld) << what;
        return;
    }
    ++(there ? pairs.carried : pairs.withheld);
    pairs.severalHops += there && trace.path.size() > 2 ? 1 : 0;
    if (!there) {
        EXPECT_EQ(trace.outcome, Trace::Outcome::Withheld) << what;
        // Nobody sends what does not arrive.
        for (const auto& [at, far] : {std::pair(left, right), std::pair(right, left)}) {
            EXPECT_FALSE(devices.peerFor(at, addressOf(world, far))) << at << " to " << far;
        }
    }
}

void expectPairs(const World& world, Mirror& mirror, const Devices& devices, Pairs& pairs) {
    for (const auto& [left, leftNode] : world.nodes) {
        for (const auto& [right, rightNode] : world.nodes) {
            if (left < right) {
                expectPair(world, mirror, devices, {left, right}, pairs);
            }
        }
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
        expectPairs(world, mirror, devices, pairs);
    }
    std::cout << pairs.carried << " pairs carried, " << pairs.severalHops
              << " of them over several hops; " << pairs.withheld << " withheld, " << pairs.others
              << " denied or not connected\n";
    EXPECT_GT(pairs.severalHops, kRounds);
    EXPECT_GT(pairs.others, kRounds);
    return pairs;
}

/// Holds what a node is told against what it is to be; returns with how many addresses and
/// networks.
std::size_t expectToldTo(const std::string& id, Network& network, const Expected& expected) {
    Names neighbours;
    std::set<std::pair<std::string, std::string>> list;
    for (const auto& neighbour : network.neighboursOf(NodeId(id))) {
        neighbours.insert(neighbour.id.value());
        for (const auto& prefix : neighbour.allowed) {
            list.emplace(neighbour.id.value(), prefix.toString());
        }
    }
    EXPECT_EQ(neighbours, expected.neighboursOf(id)) << id;
    EXPECT_EQ(list, expected.listOf(id)) << id;
    return list.size();
}

TEST(NetworkProperty, TellsTheCheapestWaysThatAllNodesOnThemAgreeOn) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t prefixes = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto access = static_cast<Access>(round % 3);
        auto world = random.world(access, 3 + random.below(10));
        random.addRoutes(world);
        Mirror mirror(world);
        const Expected expected(world, mirror.network().graph());
        for (const auto& [id, node] : world.nodes) {
            prefixes += expectToldTo(id, mirror.network(), expected);
        }
    }
    EXPECT_GT(prefixes, kRounds * 10);
}

TEST(NetworkProperty, CarriesTrafficBothWaysWhereEverythingIsAccepted) {
    EXPECT_EQ(expectTraffic(Access::All, weft::tests::randomSeed()).withheld, 0U);
}

TEST(NetworkProperty, CarriesTrafficBothWaysWithinTeamsThatShareServers) {
    EXPECT_EQ(expectTraffic(Access::Teams, weft::tests::randomSeed()).withheld, 0U);
}

// Where every node on the way may reach other nodes, two pairs can need two ways from the same node
// to the same address, which no device has. Then one of them is withheld, and `trace` says so.
TEST(NetworkProperty, CarriesTrafficBothWaysOrSaysThatItIsWithheld) {
    const auto pairs = expectTraffic(Access::Anything, weft::tests::randomSeed());
    EXPECT_LT(pairs.withheld * 50, pairs.carried);
}

/// As far as the lists lead; `id` itself where they lead nowhere.
std::string exitOf(
    const World& world, const Devices& devices, const std::string& id, const std::string& network) {
    auto exit = id;
    for (std::size_t hops = 0; hops < world.nodes.size(); ++hops) {
        exit = devices.peerFor(exit, network).value_or(exit);
    }
    return exit;
}

/// Whether there is a way to a network that lies behind somebody: it has to be one.
bool expectCarried(
    const World& world, const Devices& devices, const std::string& id, const std::string& network) {
    const auto exit = exitOf(world, devices, id, network);
    if (exit == id || !world.mayReachEachOther(id, exit)) {
        return false;
    }
    const auto address = addressOf(world, id);
    const auto what = testing::Message() << id << " to " << network << " behind " << exit;
    EXPECT_TRUE(world.isExit(exit, network)) << what;
    EXPECT_TRUE(world.mayUse(id, exit, network)) << what;
    EXPECT_TRUE(devices.carry(id, address, exit, network)) << what;
    EXPECT_TRUE(devices.carry(exit, network, id, address)) << what;
    return true;
}

// Also those of groups and with a next hop.
TEST(NetworkProperty, CarriesTrafficToNetworksBehindNodesAndBack) {
    RandomWorld random(weft::tests::randomSeed());
    std::size_t carried = 0;
    for (std::size_t round = 0; round < kRounds && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        auto world = random.world(static_cast<Access>(round % 3), 3 + random.below(10));
        random.addRoutes(world);
        Mirror mirror(world);
        const Devices devices(world, mirror.network());
        for (const auto& [id, node] : world.nodes) {
            for (const auto& [name, route] : world.routes) {
                carried += expectCarried(world, devices, id, route.destination) ? 1 : 0;
            }
        }
    }
    EXPECT_GT(carried, kRounds);
}

void expectWaysTo(const World::Route& route, const World& world, const Devices& devices) {
    for (const auto& [id, node] : world.nodes) {
        if (node.hasKey && world.nodes.at(route.node).hasKey && !world.isExit(id, route.destination)
            && areConnected(world, id, route.node)) {
            EXPECT_TRUE(devices.peerFor(id, route.destination)) << id << " " << route.destination;
        }
    }
}

// Without rules that differ nobody is kept from any network that lies behind somebody.
TEST(NetworkProperty, LeadsToEveryNetworkWhereEverythingIsAccepted) {
    RandomWorld random(weft::tests::randomSeed());
    for (std::size_t round = 0; round < kRounds / 5 && !HasFailure(); ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const auto world = random.world(Access::All, 3 + random.below(10));
        Mirror mirror(world);
        const Devices devices(world, mirror.network());
        for (const auto& [name, route] : world.routes) {
            expectWaysTo(route, world, devices);
        }
    }
}

/// What each node was told, and its version.
using Told = std::map<std::string, std::pair<std::uint64_t, std::vector<Neighbour>>>;

Told toldBy(Network& network, const World& world) {
    Told told;
    for (const auto& [id, node] : world.nodes) {
        told[id] = {network.versionOf(NodeId(id)), network.neighboursOf(NodeId(id))};
    }
    return told;
}

void changeSome(RandomWorld& random, World& world, Mirror& followed) {
    for (auto changes = 1 + random.below(3); changes > 0; --changes) {
        random.change(world);
    }
    if (random.below(10) == 0) {
        followed.reset(world);
    } else {
        followed.follow(world);
    }
}

/// `isTouched`: whether a node was named as one that may be told something else.
void expectAsMadeAnew(
    const World& world,
    Network& network,
    const Told& before,
    const std::function<bool(const std::string&)>& isTouched) {
    Mirror fresh(world);
    for (const auto& [id, node] : world.nodes) {
        const auto now = network.neighboursOf(NodeId(id));
        EXPECT_EQ(now, fresh.network().neighboursOf(NodeId(id))) << id;
        const auto known = before.find(id);
        if (known == before.end()) {
            continue;
        }
        const auto& [version, list] = known->second;
        const bool isOther = network.versionOf(NodeId(id)) != version;
        EXPECT_TRUE(isOther || list == now) << id;
        EXPECT_TRUE(!isOther || isTouched(id)) << id;
    }
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
            const auto before = toldBy(followed.network(), world);
            touched.clear();
            everybody = false;
            changeSome(random, world, followed);
            expectAsMadeAnew(world, followed.network(), before, [&](const std::string& id) {
                return everybody || touched.contains(id);
            });
        }
    }
}

}  // namespace
}  // namespace weft::mesh::network::tests
