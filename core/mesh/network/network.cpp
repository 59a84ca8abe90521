// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/network.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace weft::mesh::network {
namespace {

constexpr std::size_t kSpareClasses = 1024;
constexpr std::size_t kMaxEdgesLookedAt = 8;
/// Of a node: one of each family.
constexpr std::size_t kMostAddresses = 2;
constexpr auto kNoPlace = static_cast<std::uint32_t>(-1);

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29U);
}

std::uint64_t mixed(std::uint64_t hash, const net::IpPrefix& prefix) {
    for (const auto byte : prefix.address().bytes()) {
        hash = mixed(hash, byte);
    }
    return mixed(hash, static_cast<std::uint64_t>(prefix.length()));
}

/// For a choice between exits: those as far away as each other are told apart by their ids.
auto distanceOf(const Way& way) {
    return std::tuple(!way.carries, way.hops, way.rank);
}

}  // namespace

Network::Network(const storage::Registry& registry, const policy::PolicyMirror& policy)
    : registry_(registry), policy_(policy) {
    rebuild();
    watch_ = registry.onChange([this](const storage::Registry::Change& change) { note(change); });
}

void Network::rebuild() {
    graph_.clear();
    counted_.clear();
    for (const auto* node : registry_.nodes()) {
        graph_.setNode(node->id, node);
    }
    for (const auto* edge : registry_.edges()) {
        graph_.setEdge(edge->source, edge->target, weightOf(edge->source, edge->target));
    }
    renewAccess();
    renewExits();
}

void Network::renewAccess() {
    access_ = std::make_unique<Access>(policy_.current());
    paths_ = std::make_unique<Paths>(graph_, *access_, classes_);
    classes_ = Classes();
    counted_.clear();
    for (const auto node : graph_.inOrder()) {
        classify(node);
    }
}

/// The class of a node follows from its id and addresses. Whether one has its first member now, or
/// lost its last one.
bool Network::classify(NodeNumber node) {
    makeRoom();
    const bool wasCounted = counted_[node] != 0;
    const auto before = classes_.of[node];
    forget(node);
    if (!graph_.takesPart(node)) {
        return wasCounted && classes_.members[before] == 0;
    }
    const auto number = access_->classify(
        {.id = graph_.id(node).value(), .ipv4 = graph_.ipv4(node), .ipv6 = graph_.ipv6(node)});
    classes_.members.resize(std::max(classes_.members.size(), access_->classes()));
    classes_.of[node] = number;
    ++classes_.members[number];
    counted_[node] = 1;
    if (wasCounted && before == number) {
        return false;
    }
    return classes_.members[number] == 1 || (wasCounted && classes_.members[before] == 0);
}

bool Network::forget(NodeNumber node) {
    if (node >= counted_.size() || counted_[node] == 0) {
        return false;
    }
    counted_[node] = 0;
    return --classes_.members[classes_.of[node]] == 0;
}

void Network::note(const storage::Registry::Change& change) {
    paths_->forget();
    onlyExits_.clear();
    chosenFor_ = kNoNode;
    Touched touched;
    if (change.everything) {
        rebuild();
        touched.everybody = true;
    } else {
        for (const auto& id : change.nodes) {
            noteNode(id, change.edges, touched);
        }
        for (const auto& [source, target] : change.edgeEnds) {
            noteEdge(source, target, touched);
        }
        if (change.groups || change.networkAcls) {
            renewAccess();
            touched.everybody = true;
        }
        if (change.routes || change.groups || change.meshState || !change.nodes.empty()) {
            touched.everybody = renewExits() || touched.everybody;
        }
    }
    if (touched.everybody || !touched.nodes.empty()) {
        observers_.notify(touched);
    }
}

void Network::noteNode(const NodeId& id, bool comesWithEdges, Touched& touched) {
    const auto before = graph_.find(id);
    const auto changed = graph_.setNode(id, registry_.node(id));
    paths_->forget();
    const auto node = graph_.find(id);
    // Two nodes had an address, or have it now.
    touched.everybody = touched.everybody || changed == Graph::Changed::Holders;
    if (node == kNoNode) {
        // Which nodes are open to all follows from all nodes.
        touched.everybody = (before != kNoNode && forget(before)) || touched.everybody;
        return;
    }
    touched.nodes.push_back(id);
    for (const auto& arc : graph_.arcs(node)) {
        touched.nodes.push_back(graph_.id(arc.to));
    }
    if (changed == Graph::Changed::Address || changed == Graph::Changed::Holders) {
        touched.everybody = classify(node) || touched.everybody;
        // Classes that nobody is in any more cost time in each search.
        if (access_->classes() > kSpareClasses + 2 * graph_.size()) {
            renewAccess();
            touched.everybody = true;
        }
        // Without an edge nobody hears of it; one may come with it.
        touched.everybody = touched.everybody || comesWithEdges || !graph_.arcs(node).empty();
    }
}

void Network::noteEdge(const NodeId& source, const NodeId& target, Touched& touched) {
    if (source == target) {
        return;
    }
    touched.nodes.push_back(source);
    touched.nodes.push_back(target);
    const auto left = graph_.find(source);
    const auto right = graph_.find(target);
    const auto* before = left != kNoNode && right != kNoNode ? graph_.arc(left, right) : nullptr;
    const auto weight = weightOf(source, target);
    if (before == nullptr ? !weight : weight == before->weight) {
        return;
    }
    if (before != nullptr) {
        touchUsers(left, right, touched);
    }
    graph_.setEdge(source, target, weight);
    paths_->forget();
    makeRoom();
    if (weight) {
        touchUsers(graph_.find(source), graph_.find(target), touched);
    }
}

/// Both directions say the same, but for the moment between two writes of a foreign server.
std::optional<std::int32_t> Network::weightOf(const NodeId& source, const NodeId& target) const {
    const auto& [first, second] = std::minmax(source, target);
    const auto* edge = registry_.edge(first, second);
    if (edge == nullptr) {
        edge = registry_.edge(second, first);
    }
    return edge != nullptr ? std::optional(edge->weight) : std::nullopt;
}

/// Looking for the users of many edges takes longer than looking after everybody.
void Network::touchUsers(NodeNumber left, NodeNumber right, Touched& touched) {
    if (touched.everybody || ++touched.edges > kMaxEdgesLookedAt) {
        touched.everybody = true;
        return;
    }
    const auto users = paths_->usersOf(left, right);
    // Naming most of them costs more than asking all.
    if (users.size() * 4 > graph_.inOrder().size() * 3) {
        touched.everybody = true;
        return;
    }
    for (const auto node : users) {
        touched.nodes.push_back(graph_.id(node));
    }
}

void Network::makeRoom() {
    if (classes_.of.size() < graph_.size()) {
        classes_.of.resize(graph_.size());
        counted_.resize(graph_.size());
    }
}

/// Whether they are others now.
bool Network::renewExits() {
    auto exits = collectExits(registry_, graph_, access_->policy().groups());
    const bool changed = exits != exits_;
    exits_ = std::move(exits);
    return changed;
}

bool Network::accepts(NodeNumber source, NodeNumber exit, const net::IpPrefix& destination) const {
    const auto& address =
        destination.family() == net::Family::V4 ? graph_.ipv4(source) : graph_.ipv6(source);
    return access_->rules().accepts(policy::Flow{
        .sourceNode = graph_.id(source).value(),
        .source = address,
        .destinationNode = graph_.id(exit).value(),
        .destination = destination});
}

/// Nodes of one class are alike for the rules, if they have addresses of the same families.
bool Network::acceptsOnlyExit(NodeNumber source, std::size_t destination) {
    const auto row = classes_.of[source] * Graph::kFamilySets + graph_.families(source);
    onlyExits_.resize(std::max(onlyExits_.size(), row + 1));
    onlyExits_[row].resize(exits_.destinations.size());
    auto& verdict = onlyExits_[row][destination];
    if (verdict == Verdict::Unknown) {
        const auto& asked = exits_.destinations[destination];
        const auto exit = exits_.offers[asked.offers.front()].front();
        verdict = accepts(source, exit, asked.network) ? Verdict::Accepted : Verdict::Denied;
    }
    return verdict == Verdict::Accepted;
}

Network::Candidates Network::candidatesOf(
    const std::vector<std::uint32_t>& offers, NodeNumber source, const WayTable& ways) const {
    Candidates candidates;
    for (const auto offer : offers) {
        for (const auto node : exits_.offers[offer]) {
            candidates.hasOwn = candidates.hasOwn || node == source;
            if (ways[node].exists()) {
                candidates.heap.push_back(node);
            }
        }
    }
    return candidates;
}

/// The closest one that the rules accept. The others are not put in order: there may be thousands.
NodeNumber Network::chooseExit(
    NodeNumber source,
    const WayTable& ways,
    const net::IpPrefix& destination,
    Candidates& candidates) const {
    const auto isFarther = [&](NodeNumber left, NodeNumber right) {
        const auto one = distanceOf(ways[left]);
        const auto other = distanceOf(ways[right]);
        return one != other ? other < one : graph_.id(right) < graph_.id(left);
    };
    auto& [sorted, heap, hasOwn] = candidates;
    if (sorted.empty()) {
        std::ranges::make_heap(heap, isFarther);
    }
    for (std::size_t at = 0; at < sorted.size() || !heap.empty(); ++at) {
        if (at == sorted.size()) {
            std::ranges::pop_heap(heap, isFarther);
            sorted.push_back(heap.back());
            heap.pop_back();
        }
        if (accepts(source, sorted[at], destination)) {
            return sorted[at];
        }
    }
    return kNoNode;
}

/// Whether every node on the way to an exit would take it too.
bool Network::allChoose(
    NodeNumber exit, std::size_t number, NodeNumber source, const WayTable& ways) {
    const auto& destination = exits_.destinations[number];
    std::size_t offering = 0;
    for (const auto offer : destination.offers) {
        offering += exits_.offers[offer].size();
    }
    std::size_t others = 0;
    for (auto at = ways[exit].before; at != source; at = ways[at].before) {
        if (offering == 1) {
            if (!acceptsOnlyExit(at, number)) {
                return false;
            }
            continue;
        }
        choiceDepends_ = true;
        if (++others > Paths::kMostOthers) {
            return false;
        }
        const auto their = paths_->from(at);
        auto candidates = candidatesOf(destination.offers, at, *their);
        if (candidates.hasOwn || chooseExit(at, *their, destination.network, candidates) != exit) {
            return false;
        }
    }
    return true;
}

std::vector<Network::ChosenExit> Network::chooseExits(NodeNumber source, const WayTable& ways) {
    std::vector<ChosenExit> chosen;
    std::map<std::vector<std::uint32_t>, Candidates> known;
    for (std::size_t number = 0; number < exits_.destinations.size(); ++number) {
        const auto& destination = exits_.destinations[number];
        auto exit = kNoNode;
        const auto& first = exits_.offers[destination.offers.front()];
        if (destination.offers.size() == 1 && first.size() == 1) {
            // Most often there is nothing to choose.
            const auto only = first.front();
            if (only != source && ways[only].exists() && acceptsOnlyExit(source, number)) {
                exit = only;
            }
        } else {
            auto place = known.find(destination.offers);
            if (place == known.end()) {
                place =
                    known
                        .emplace(destination.offers, candidatesOf(destination.offers, source, ways))
                        .first;
            }
            if (!place->second.hasOwn) {
                exit = chooseExit(source, ways, destination.network, place->second);
            }
        }
        if (exit != kNoNode && allChoose(exit, number, source, ways)) {
            chosen.push_back({destination.network, exit, ways[exit].first});
        }
    }
    return chosen;
}

/// Who is asked for its version is asked for its list next, when it is another one.
const std::vector<Network::ChosenExit>& Network::exitsFor(NodeNumber source, const WayTable& ways) {
    if (chosenFor_ != source) {
        choiceDepends_ = false;
        chosen_ = chooseExits(source, ways);
        chosenFor_ = source;
    }
    if (choiceDepends_) {
        paths_->noteDependence(source);
    }
    return chosen_;
}

std::vector<Network::ChosenExit> Network::exitsUsedBy(NodeNumber source) {
    return exitsFor(source, *paths_->from(source));
}

/// By id.
std::vector<NodeNumber> Network::neighbourNumbers(NodeNumber source, const WayTable& ways) const {
    std::vector<NodeNumber> numbers;
    for (const auto& arc : graph_.arcs(source)) {
        if (ways[arc.to].hops == 1) {
            numbers.push_back(arc.to);
        }
    }
    std::ranges::sort(
        numbers, {}, [this](NodeNumber node) -> const NodeId& { return graph_.id(node); });
    return numbers;
}

std::vector<Neighbour> Network::neighboursOf(const NodeId& id) {
    std::vector<Neighbour> neighbours;
    const auto source = graph_.find(id);
    if (source == kNoNode) {
        return neighbours;
    }
    const auto told = paths_->from(source);
    const auto& ways = *told;
    // By number: a neighbour's place; the place of the one that leads to a node behind it.
    std::vector<std::uint32_t> places(graph_.size());
    std::vector<std::uint32_t> leading(graph_.size(), kNoPlace);
    for (const auto node : neighbourNumbers(source, ways)) {
        places[node] = static_cast<std::uint32_t>(neighbours.size());
        const auto own = graph_.addresses(node);
        neighbours.push_back({graph_.id(node), {own.begin(), own.end()}, {}});
    }
    std::vector<std::size_t> behind(neighbours.size());
    for (WayTable::Place at = 1; at < ways.size(); ++at) {
        if (const auto& way = ways.at(at); way.hops > 1) {
            leading[ways.nodeAt(at)] = places[way.first];
            behind[places[way.first]] += kMostAddresses;
        }
    }
    const auto& exits = exitsFor(source, ways);
    for (const auto& exit : exits) {
        ++behind[places[exit.first]];
    }
    for (std::size_t at = 0; at < behind.size(); ++at) {
        neighbours[at].allowed.reserve(neighbours[at].allowed.size() + behind[at]);
    }
    for (const auto node : graph_.inOrder()) {
        if (leading[node] == kNoPlace) {
            continue;
        }
        auto& allowed = neighbours[leading[node]].allowed;
        for (const auto& address : graph_.addresses(node)) {
            allowed.push_back(address);
        }
    }
    for (const auto& exit : exits) {
        auto& neighbour = neighbours[places[exit.first]];
        neighbour.routes.push_back(exit.destination);
        neighbour.allowed.push_back(exit.destination);
    }
    return neighbours;
}

/// What the registry says of the edge besides its weight, as far as neighbours are told.
std::uint64_t Network::edgeMark(NodeNumber source, NodeNumber neighbour) const {
    const auto* edge = registry_.edge(graph_.id(source), graph_.id(neighbour));
    if (edge == nullptr) {
        return 0;
    }
    std::uint64_t mark = 1;
    for (const auto& [name, value] : edge->attributes) {
        mark = mixed(mark, std::hash<std::string>{}(name));
    }
    return mark;
}

std::uint64_t Network::versionOf(const NodeId& id) {
    const auto source = graph_.find(id);
    if (source == kNoNode) {
        return 0;
    }
    const auto told = paths_->from(source);
    const auto& ways = *told;
    std::uint64_t hash = 1;
    for (WayTable::Place at = 1; at < ways.size(); ++at) {
        const auto& way = ways.at(at);
        if (!way.exists()) {
            continue;
        }
        const auto node = ways.nodeAt(at);
        // A sum: none of its parts waits for another one.
        hash +=
            mixed(mixed(graph_.addressVersion(node), (std::uint64_t{node} << 32U) | way.first), 1);
        if (way.hops == 1) {
            hash += mixed(mixed(graph_.recordVersion(node), edgeMark(source, node)), node);
        }
    }
    hash = mixed(hash, 1);
    for (const auto& exit : exitsFor(source, ways)) {
        hash = mixed(mixed(hash, exit.destination), exit.first);
    }
    return hash;
}

bool Network::mayReach(const NodeId& from, const NodeId& to) {
    const auto first = graph_.find(from);
    const auto last = graph_.find(to);
    return first != kNoNode && last != kNoNode && graph_.takesPart(first) && graph_.takesPart(last)
           && access_->reachedFrom(classes_.of[first]).has(classes_.of[last]);
}

Trace Network::trace(const NodeId& from, const NodeId& to) {
    const auto first = graph_.find(from);
    const auto last = graph_.find(to);
    Trace trace;
    if (first == kNoNode || last == kNoNode || !graph_.takesPart(first)
        || !graph_.takesPart(last)) {
        return trace;
    }
    if (!access_->mutualWith(classes_.of[first]).has(classes_.of[last])) {
        trace.outcome = Trace::Outcome::Denied;
        return trace;
    }
    const auto there = paths_->from(first);
    if (!(*there)[last].carries || !(*paths_->from(last))[first].carries) {
        trace.outcome = paths_->isConnected(first, last) ? Trace::Outcome::Withheld
                                                         : Trace::Outcome::Unconnected;
        return trace;
    }
    trace.outcome = Trace::Outcome::Carried;
    for (auto at = last; at != first; at = (*there)[at].before) {
        trace.path.push_back(graph_.id(at));
    }
    trace.path.push_back(from);
    std::ranges::reverse(trace.path);
    return trace;
}

}  // namespace weft::mesh::network
