// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/direct_host.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/detail/length_prefixed.h"
#include "core/mesh/detail/peers.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/topology.h"
#include "core/net/endpoint.h"

#include "v1/node.pb.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

bool isDirectEdge(const storage::EdgeRecord* edge) {
    return edge != nullptr && edge->attributes.contains(std::string(kDirectEdgeAttribute));
}

/// What nobody can be called at from elsewhere.
bool isPlace(const net::Endpoint& endpoint) {
    const auto& address = endpoint.address;
    return endpoint.port != 0 && !address.isUnspecified() && !address.isLoopback()
           && !address.isLinkLocal() && !address.isMulticast();
}

bool haveCommonFamily(
    const std::vector<net::Endpoint>& left, const std::vector<net::Endpoint>& right) {
    return std::ranges::any_of(left, [&right](const net::Endpoint& one) {
        return std::ranges::any_of(right, [&one](const net::Endpoint& other) {
            return one.address.family() == other.address.family();
        });
    });
}

}  // namespace

DirectHost::DirectHost(const Parts& parts)
    : parts_(parts), pairs_([this](const PairKey& pair) { return judge(pair); }) {
    adoptEdges();
    watch_ =
        parts_.registry.onChange([this](const storage::Registry::Change& change) { note(change); });
}

DirectHost::~DirectHost() {
    watch_.cancel();
    alive_.reset();
}

/// Those that a program before this one has written.
void DirectHost::adoptEdges() {
    const auto now = parts_.loop.clock().now();
    for (const auto* edge : parts_.registry.edges()) {
        if (isDirectEdge(edge)) {
            pairs_.adopt(pairOf(edge->source, edge->target), now);
        }
    }
    if (pairs_.nextDeadline()) {
        schedule();
    }
}

void DirectHost::note(const storage::Registry::Change& change) {
    for (const auto& id : change.nodes) {
        noteNode(id);
    }
    if (change.everything || change.groups || change.networkAcls) {
        touchAll();
    }
    for (const auto& [source, target] : change.edgeEnds) {
        if (source < target) {
            pairs_.touch(source);
        }
    }
    schedule();
}

void DirectHost::noteNode(const NodeId& id) {
    const auto* record = parts_.registry.node(id);
    const auto key = keys_.find(id);
    if (key != keys_.end() && (record == nullptr || record->publicKey != key->second)) {
        keys_.erase(key);
        parts_.seen.forget(id);
        parts_.feed.noteSeen(id);
    }
    pairs_.touch(id);
}

void DirectHost::touchAll() {
    for (const auto& [id, list] : watchers_) {
        pairs_.touch(id);
    }
}

void DirectHost::schedule() {
    if (!soon_.active()) {
        soon_ = parts_.loop.after(kDelay, [this] { turn(); });
    }
}

void DirectHost::turn() {
    soon_ = {};
    due_ = {};
    const auto now = parts_.loop.clock().now();
    pairs_.advance(now);
    const bool hasMore = pairs_.work(now, kBatch);
    edges_.merge(pairs_.takeEdges());
    writeEdges();
    const std::weak_ptr<bool> alive = alive_;
    for (const auto& id : pairs_.takeChanged()) {
        tell(id);
        if (alive.expired()) {
            return;
        }
    }
    if (hasMore) {
        schedule();
    } else if (const auto next = pairs_.nextDeadline()) {
        const auto wait = std::max(Duration::zero(), Duration(*next - parts_.loop.clock().now()));
        due_ = parts_.loop.after(wait, [this] { turn(); });
    }
}

Status DirectHost::mayWatch(const NodeId& id, const Caller& caller) const {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(id.value()));
    WEFT_RETURN_IF_ERROR(mayActAs(parts_.access.view(), caller, id));
    const auto* record = parts_.registry.node(id);
    if (record == nullptr || !record->publicKey) {
        return failedPrecondition("node {} not found", base::escapeForLine(id.value()));
    }
    return okStatus();
}

Subscription DirectHost::watch(const NodeId& id, std::function<void(const DirectOffers&)> changed) {
    const auto number = nextWatcher_++;
    watchers_[id].emplace(
        number,
        Watcher{
            std::make_shared<std::function<void(const DirectOffers&)>>(std::move(changed)), {}});
    pairs_.enter(id);
    // Not from within this call: the caller does not hold its subscription yet.
    parts_.loop.post([this, id, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) {
            tell(id);
        }
    });
    schedule();
    return Subscription([this, id, number, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) {
            unwatch(id, number);
        }
    });
}

void DirectHost::unwatch(const NodeId& id, std::uint64_t number) {
    const auto found = watchers_.find(id);
    if (found == watchers_.end() || found->second.erase(number) == 0 || !found->second.empty()) {
        return;
    }
    watchers_.erase(found);
    pairs_.leave(id);
    take(id, {});
    schedule();
}

Status DirectHost::report(const DirectReport& report, const Caller& caller) {
    // This program's own node may see all the others.
    const auto most =
        caller.proof == Caller::Proof::Process ? kMaxSeenNodes : kMaxReportedSightings;
    if (report.sightings.size() > most || report.ways.size() > kMaxReportedWays) {
        return invalidArgument(
            "a report holds at most {} sightings and {} ways", most, kMaxReportedWays);
    }
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(report.node.value()));
    WEFT_RETURN_IF_ERROR(mayActAs(parts_.access.view(), caller, report.node));
    if (!watchers_.contains(report.node)) {
        return failedPrecondition(
            "the node {} does not watch for direct ways: call Watch first",
            base::escapeForLine(report.node.value()));
    }
    std::vector<Sighting> seen;
    for (const auto& sighting : report.sightings) {
        WEFT_RETURN_IF_ERROR(checkSighting(report.node, sighting));
        // Those are called at their own places.
        if (parts_.registry.node(sighting.node)->primaryEndpoint.empty()) {
            seen.push_back({sighting.node, {sighting.endpoint.address, sighting.endpoint.port}});
        }
    }
    take(report.node, seen);
    pairs_.noteReport(report.node, report.ways, parts_.loop.clock().now());
    schedule();
    return okStatus();
}

Status DirectHost::checkSighting(const NodeId& observer, const Sighting& sighting) const {
    const auto isInside = [&sighting](const std::optional<net::IpPrefix>& network) {
        return network && network->contains(sighting.endpoint.address);
    };
    if (!isPlace(sighting.endpoint) || isInside(parts_.registry.networkIpv4())
        || isInside(parts_.registry.networkIpv6())) {
        return invalidArgument("nobody outside can be called at {}", sighting.endpoint.toString());
    }
    const bool isNeighbour = parts_.registry.edge(observer, sighting.node) != nullptr
                             || pairs_.isCalling(observer, sighting.node);
    if (!isNeighbour || parts_.registry.node(sighting.node) == nullptr) {
        return permissionDenied(
            "{} is no neighbour of {}, which can have seen nothing of it",
            base::escapeForLine(sighting.node.value()),
            base::escapeForLine(observer.value()));
    }
    return okStatus();
}

void DirectHost::take(const NodeId& observer, const std::vector<Sighting>& seen) {
    const auto now = parts_.loop.clock().now();
    std::set<NodeId> elsewhere;
    for (const auto& sighting : seen) {
        if (!parts_.seen.knows(sighting.node, sighting.endpoint)) {
            elsewhere.insert(sighting.node);
        }
    }
    for (const auto& node : parts_.seen.replace(observer, seen)) {
        const auto* record = parts_.registry.node(node);
        if (record != nullptr && record->publicKey) {
            keys_.insert_or_assign(node, *record->publicKey);
        }
        parts_.feed.noteSeen(node);
        // That a way was lost, and its end is seen by one less, gives no hope of another.
        if (elsewhere.contains(node)) {
            pairs_.noteNews(node, observer, now);
        } else {
            pairs_.notePlaces(node);
        }
    }
}

std::vector<net::Endpoint> DirectHost::placesOf(const storage::NodeRecord& record) const {
    auto places = parts_.seen.placesOf(record.id, NodeId());
    for (const auto& text : record.wireguardEndpoints) {
        if (const auto place = net::Endpoint::parse(text); place.ok() && isPlace(*place)) {
            places.push_back(*place);
        }
    }
    return places;
}

DirectPairs::Verdict DirectHost::judge(const PairKey& pair) const {
    DirectPairs::Verdict verdict;
    const auto& [one, other] = pair;
    const auto* left = parts_.registry.node(one);
    const auto* right = parts_.registry.node(other);
    if (left == nullptr || right == nullptr || !left->publicKey || !right->publicKey) {
        verdict.isNothing = true;
        return verdict;
    }
    const auto* edge = parts_.registry.edge(one, other);
    verdict.isLinked = edge != nullptr;
    verdict.isOurs = isDirectEdge(edge);
    const bool there = parts_.network.mayReach(one, other);
    const bool back = parts_.network.mayReach(other, one);
    verdict.isNothing = !there && !back;
    verdict.isSymmetric = parts_.seen.isSymmetric(one) || parts_.seen.isSymmetric(other);
    verdict.reason = there && back ? reasonOf(*left, *right) : RelayReason::AclOneSided;
    return verdict;
}

RelayReason DirectHost::reasonOf(
    const storage::NodeRecord& left, const storage::NodeRecord& right) const {
    const auto places = placesOf(left);
    const auto others = placesOf(right);
    if (places.empty() || others.empty()) {
        return RelayReason::NoPublicEndpoint;
    }
    if (!haveCommonFamily(places, others)) {
        return RelayReason::NoCommonFamily;
    }
    const bool isHopeless = parts_.seen.isSymmetric(left.id) && parts_.seen.isSymmetric(right.id)
                            && !areSeenTogether(left.id, right.id);
    return isHopeless ? RelayReason::SymmetricNat : RelayReason::None;
}

/// Behind one router, where their own places may lead from one to the other.
bool DirectHost::areSeenTogether(const NodeId& left, const NodeId& right) const {
    const auto others = parts_.seen.placesOf(right, NodeId());
    return std::ranges::any_of(
        parts_.seen.placesOf(left, NodeId()), [&others](const net::Endpoint& place) {
            return std::ranges::count(others, place.address, &net::Endpoint::address) > 0;
        });
}

void DirectHost::writeEdges() {
    if (isWriting_ || edges_.empty()) {
        return;
    }
    isWriting_ = true;
    std::set<PairKey> some;
    while (!edges_.empty() && some.size() < kEdgesAtOnce) {
        some.insert(edges_.extract(edges_.begin()));
    }
    const std::weak_ptr<bool> alive = alive_;
    parts_.access.transact(
        [this, alive, some](const MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            return planEdges(view, some);
        },
        [this, alive, some](const Status& status) {
            if (alive.expired()) {
                return;
            }
            isWriting_ = false;
            if (!status.ok()) {
                log().warn("direct ways not written reason={}", messageOf(status));
            }
            for (const auto& pair : some) {
                if (status.ok()) {
                    pairs_.noteStored(pair);
                }
            }
            schedule();
        });
}

StatusOr<storage::Transaction> DirectHost::planEdges(
    const MeshView& view, const std::set<PairKey>& pairs) const {
    storage::Transaction transaction;
    guard(view, view.self, transaction);
    const auto before = transaction.operations.size();
    EdgeChanges changes(view.registry, transaction.operations);
    for (const auto& [one, other] : pairs) {
        const auto* record = view.registry.node(one);
        const auto* edge = view.registry.edge(one, other);
        const bool areThere = record != nullptr && view.registry.node(other) != nullptr;
        if (areThere && edge == nullptr && pairs_.isDirect({one, other})) {
            changes.put(
                one, other, kDirectEdgeWeight, {{std::string(kDirectEdgeAttribute), "true"}});
            log().info(
                "direct way node={} other={}",
                base::escapeForLine(one.value()),
                base::escapeForLine(other.value()));
        } else if (isDirectEdge(edge) && !pairs_.isDirect({one, other})) {
            changes.erase(one, other);
            log().info(
                "direct way lost node={} other={}",
                base::escapeForLine(one.value()),
                base::escapeForLine(other.value()));
        }
    }
    if (transaction.operations.size() == before) {
        return storage::Transaction();
    }
    return transaction;
}

DirectOffers DirectHost::offersOf(const NodeId& id) const {
    DirectOffers offers;
    offers.complete = pairs_.pairsAll();
    for (const auto& [other, state] : pairs_.statesOf(id)) {
        const auto* record = parts_.registry.node(other);
        if (record == nullptr) {
            continue;
        }
        auto& offer = offers.offers.emplace_back();
        offer.node = toldRecord(*record, id, &parts_.seen);
        offer.round = state.round;
        offer.kind = state.kind;
        offer.reason = state.reason;
    }
    return offers;
}

DirectHost::Digest DirectHost::digestOf(const DirectOffers& offers) {
    std::string text(1, offers.complete ? '1' : '0');
    for (const auto& offer : offers.offers) {
        ::v1::MeshNode node;
        storage::toProto(offer.node, &node);
        const auto state = fmt::format(
            "{} {} {}",
            offer.round,
            static_cast<unsigned>(offer.kind),
            static_cast<unsigned>(offer.reason));
        text += lengthPrefixed({node.SerializeAsString(), state});
    }
    return crypto::sha256(text);
}

void DirectHost::tell(const NodeId& id) {
    const auto found = watchers_.find(id);
    if (found == watchers_.end()) {
        return;
    }
    const auto offers = offersOf(id);
    const auto digest = digestOf(offers);
    std::vector<std::shared_ptr<std::function<void(const DirectOffers&)>>> calls;
    for (auto& [number, watcher] : found->second) {
        if (watcher.told != digest) {
            watcher.told = digest;
            calls.push_back(watcher.changed);
        }
    }
    for (const auto& call : calls) {
        (*call)(offers);
    }
}

}  // namespace weft::mesh::detail
