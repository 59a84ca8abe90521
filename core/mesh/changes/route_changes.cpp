// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/route_changes.h"

#include "core/mesh/changes/pair_changes.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::changes {
namespace {

using network::kNoNode;
using network::NodeNumber;
using Column = network::AllExits::Column;

/// Destinations are looked at so many cells at a time.
constexpr std::size_t kMostCells = std::size_t{16} << 20U;
constexpr auto kNowhere = static_cast<std::size_t>(-1);

/// A destination's places before and after.
struct Row {
    net::IpPrefix network;
    std::size_t before = kNowhere;
    std::size_t after = kNowhere;
};

/// Some more than once.
std::vector<NodeId> exitsOf(const network::Network::Parts& mesh, std::size_t place) {
    std::vector<NodeId> exits;
    for (const auto offer : mesh.exits.destinations[place].offers) {
        for (const auto node : mesh.exits.offers[offer]) {
            exits.push_back(mesh.graph.id(node));
        }
    }
    std::ranges::sort(exits);
    return exits;
}

std::vector<Row> rowsOf(
    const network::Network::Parts& before, const network::Network::Parts& after) {
    std::vector<Row> rows;
    const auto& were = before.exits.destinations;
    const auto& are = after.exits.destinations;
    std::size_t was = 0;
    std::size_t is = 0;
    while (was < were.size() || is < are.size()) {
        const bool takesBefore =
            is == are.size() || (was < were.size() && !(are[is].network < were[was].network));
        const bool takesAfter =
            was == were.size() || (is < are.size() && !(were[was].network < are[is].network));
        auto& row = rows.emplace_back();
        row.network = takesBefore ? were[was].network : are[is].network;
        row.before = takesBefore ? was++ : kNowhere;
        row.after = takesAfter ? is++ : kNowhere;
    }
    return rows;
}

/// One side of the comparison.
class Side {
public:
    Side(const Moment& moment, const std::vector<NodeId>& ids)
        : mesh_(moment.scene.network().parts()), exits_(moment.scene.network(), moment.pairs) {
        for (const auto& id : ids) {
            numbers_.push_back(mesh_.graph.find(id));
        }
    }

    const network::Network::Parts& mesh() const { return mesh_; }
    void load(const std::vector<std::size_t>& places) { columns_ = exits_.columns(places); }
    NodeNumber exitOf(std::size_t column, std::size_t node) const {
        const auto number = numbers_[node];
        return number == kNoNode ? kNoNode : columns_[column][number];
    }
    std::optional<NodeId> idOf(NodeNumber number) const {
        return number == kNoNode ? std::nullopt : std::optional(mesh_.graph.id(number));
    }

private:
    network::Network::Parts mesh_;
    network::AllExits exits_;
    std::vector<NodeNumber> numbers_;
    std::vector<Column> columns_;
};

void add(RouteChange change, RouteChanges& changes) {
    ++(!change.before ? changes.gained : !change.after ? changes.lost : changes.moved);
    if (changes.listed.size() < kMaxListedPairs) {
        changes.listed.push_back(std::move(change));
    }
}

void compareRows(
    std::span<const Row> rows,
    Side& before,
    Side& after,
    const std::vector<NodeId>& ids,
    RouteChanges& changes) {
    std::vector<std::size_t> places[2];
    for (const auto& row : rows) {
        if (row.before != kNowhere) {
            places[0].push_back(row.before);
        }
        if (row.after != kNowhere) {
            places[1].push_back(row.after);
        }
    }
    before.load(places[0]);
    after.load(places[1]);
    std::size_t columns[2] = {0, 0};
    for (const auto& row : rows) {
        for (std::size_t node = 0; node < ids.size(); ++node) {
            auto was =
                before.idOf(row.before == kNowhere ? kNoNode : before.exitOf(columns[0], node));
            auto is = after.idOf(row.after == kNowhere ? kNoNode : after.exitOf(columns[1], node));
            if (was != is) {
                add({ids[node], row.network, std::move(was), std::move(is)}, changes);
            }
        }
        columns[0] += row.before == kNowhere ? 0 : 1;
        columns[1] += row.after == kNowhere ? 0 : 1;
    }
}

/// Which nodes a reference server withholds from which.
class ReferenceView {
public:
    ReferenceView(const Scene& scene, const std::vector<NodeId>& ids)
        : scene_(scene)
        , policy_(policy::compile(scene.registry(), policy::Dialect::Reference))
        , reachability_(policy_->network(), {}) {
        for (const auto& id : ids) {
            const auto* node = scene.registry().node(id);
            const bool takesPart = node != nullptr && node->publicKey;
            nodes_.push_back(takesPart ? node : nullptr);
            classes_.push_back(
                takesPart
                    ? reachability_.classify({id.value(), node->privateIpv4, node->privateIpv6})
                    : 0);
        }
    }

    /// Makes `routeFor` answer for this node; false: nobody loses sight of it.
    bool ask(std::size_t node) {
        asked_ = nodes_[node];
        routes_ = asked_ == nullptr ? std::vector<const storage::RouteRecord*>()
                                    : scene_.registry().routesOf(asked_->id);
        known_.assign(reachability_.classes() * 4, {false, nullptr});
        return !routes_.empty();
    }
    /// The route that `from` is denied and loses sight by; nullptr: none.
    const storage::RouteRecord* routeFor(std::size_t from) {
        const auto* node = nodes_[from];
        if (node == nullptr || node == asked_ || routes_.empty()) {
            return nullptr;
        }
        const auto place = classes_[from] * std::size_t{4} + (node->privateIpv4 ? 1 : 0)
                           + (node->privateIpv6 ? 2 : 0);
        auto& [isKnown, route] = known_[place];
        if (!isKnown) {
            route = isAccepted(*node) ? deniedTo(*node) : nullptr;
            isKnown = true;
        }
        return route;
    }

private:
    bool accepts(
        const storage::NodeRecord& from,
        const std::optional<net::IpPrefix>& source,
        const std::optional<net::IpPrefix>& destination) const {
        return policy_->network().accepts(
            policy::Flow{from.id.value(), source, asked_->id.value(), destination});
    }
    bool isAccepted(const storage::NodeRecord& from) const {
        return accepts(from, from.privateIpv4, asked_->privateIpv4)
               || accepts(from, from.privateIpv6, asked_->privateIpv6);
    }
    const storage::RouteRecord* deniedTo(const storage::NodeRecord& from) const {
        for (const auto* route : routes_) {
            for (const auto& destination : route->destinations) {
                const auto& source =
                    destination.family() == net::Family::V4 ? from.privateIpv4 : from.privateIpv6;
                if (!accepts(from, source, destination)) {
                    return route;
                }
            }
        }
        return nullptr;
    }

    const Scene& scene_;
    std::shared_ptr<const policy::Policy> policy_;
    policy::Reachability reachability_;
    std::vector<const storage::NodeRecord*> nodes_;
    std::vector<policy::Reachability::Number> classes_;
    const storage::NodeRecord* asked_ = nullptr;
    std::vector<const storage::RouteRecord*> routes_;
    /// By class and families.
    std::vector<std::pair<bool, const storage::RouteRecord*>> known_;
};

}  // namespace

RouteChanges compareRoutes(
    const Moment& before, const Moment& after, const std::vector<NodeId>& ids, bool onlyRoutes) {
    RouteChanges changes;
    Side were(before, ids);
    Side are(after, ids);
    auto rows = rowsOf(were.mesh(), are.mesh());
    if (onlyRoutes) {
        // The ways are the same: so is what leads to the same exits.
        std::erase_if(rows, [&](const Row& row) {
            return row.before != kNowhere && row.after != kNowhere
                   && exitsOf(were.mesh(), row.before) == exitsOf(are.mesh(), row.after);
        });
    }
    const auto atOnce = std::max<std::size_t>(1, kMostCells / std::max<std::size_t>(1, ids.size()));
    for (std::size_t at = 0; at < rows.size(); at += atOnce) {
        const auto count = std::min(atOnce, rows.size() - at);
        compareRows(std::span(rows).subspan(at, count), were, are, ids, changes);
    }
    return changes;
}

VanishedNodes compareVanished(
    const Scene& before, const Scene& after, const std::vector<NodeId>& ids) {
    VanishedNodes vanished;
    ReferenceView were(before, ids);
    ReferenceView are(after, ids);
    for (std::size_t node = 0; node < ids.size(); ++node) {
        if (!are.ask(node)) {
            continue;
        }
        were.ask(node);
        for (std::size_t from = 0; from < ids.size(); ++from) {
            const auto* route = are.routeFor(from);
            if (route == nullptr || were.routeFor(from) != nullptr) {
                continue;
            }
            ++vanished.count;
            if (vanished.listed.size() < kMaxListedPairs) {
                vanished.listed.push_back({ids[from], ids[node], route->name});
            }
        }
    }
    return vanished;
}

}  // namespace weft::mesh::changes
