// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_facets.h"

#include "core/net/ip_prefix.h"
#include "ui/bridge/text.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using Facet = PeerFacets::Facet;
using Mask = PeerFacets::Mask;

constexpr Mask bit(Facet facet) {
    return static_cast<Mask>(1U << static_cast<unsigned>(facet));
}

/// Filters of one kind widen each other.
constexpr std::array kKinds{
    static_cast<Mask>(
        bit(Facet::Fresh) | bit(Facet::Stale) | bit(Facet::Gone) | bit(Facet::NoContact)),
    static_cast<Mask>(bit(Facet::Direct) | bit(Facet::Relayed) | bit(Facet::Linked)),
    static_cast<Mask>(bit(Facet::Exit) | bit(Facet::Router)),
    bit(Facet::ThisZone),
};

Mask stateOf(const PeerRow& row) {
    if (!row.peer.tunnel) {
        return 0;
    }
    switch (row.freshness) {
    case api::Freshness::Fresh:
        return bit(Facet::Fresh);
    case api::Freshness::Stale:
        return bit(Facet::Stale);
    case api::Freshness::Gone:
        return bit(Facet::Gone);
    case api::Freshness::Never:
        break;
    }
    return bit(Facet::NoContact);
}

Mask wayOf(const api::Peer& peer) {
    if (peer.isSelf) {
        return 0;
    }
    Mask mask = peer.isNeighbour ? bit(Facet::Linked) : Mask{0};
    if (peer.way ? peer.way->kind == "direct" : peer.isNeighbour) {
        mask |= bit(Facet::Direct);
    } else if (peer.way && peer.way->kind == "relayed") {
        mask |= bit(Facet::Relayed);
    }
    return mask;
}

/// The names of the groups that a node is in.
using Groups = QHash<std::string, QStringList>;

void addMembers(const api::Group& group, Groups& groups) {
    for (const api::Subject& subject : group.subjects) {
        if (subject.kind == api::SubjectKind::Node || subject.kind == api::SubjectKind::All) {
            groups[subject.name].append(bridge::shown(group.name));
        }
    }
}

}  // namespace

PeerPolicy::PeerPolicy(const std::shared_ptr<const api::PolicyState>& policy)
    : known_(policy != nullptr) {
    if (!policy) {
        return;
    }
    Groups groups;
    for (const api::StoredObject& stored : policy->objects) {
        if (const auto* route = std::get_if<api::Route>(&stored.object)) {
            for (const std::string& network : route->destinationCidrs) {
                const auto prefix = net::IpPrefix::parse(network);
                const bool all = prefix.ok() && prefix->isDefaultRoute();
                (all ? exits_ : routers_).insert(route->node, true);
            }
        } else if (const auto* group = std::get_if<api::Group>(&stored.object)) {
            addMembers(*group, groups);
        }
    }
    for (auto it = groups.begin(); it != groups.end(); ++it) {
        it->sort();
        it->removeDuplicates();
        groups_.insert(it.key(), it->join(QStringLiteral(" + ")));
    }
}

int PeerFacets::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kFacets);
}

QVariant PeerFacets::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto facet = static_cast<Facet>(index.row());
    switch (role) {
    case FacetRole:
        return QVariant::fromValue(facet);
    case OnRole:
        return isOn(facet);
    case CountRole:
        return counts_.at(static_cast<std::size_t>(index.row()));
    case KindRole:
        return static_cast<int>(
            std::ranges::find_if(kKinds, [&](Mask kind) { return (kind & bit(facet)) != 0; })
            - kKinds.begin());
    case NameRole:
        break;
    default:
        return {};
    }
    switch (facet) {
    case Facet::Fresh:
        return tr("Reachable");
    case Facet::Stale:
        return tr("Stale");
    case Facet::Gone:
        return tr("Gone");
    case Facet::NoContact:
        return tr("No contact yet");
    case Facet::Direct:
        return tr("Direct");
    case Facet::Relayed:
        return tr("Relayed");
    case Facet::Linked:
        return tr("Linked");
    case Facet::Exit:
        return tr("Exit");
    case Facet::Router:
        return tr("Router");
    case Facet::ThisZone:
        return tr("This zone");
    }
    return {};
}

QHash<int, QByteArray> PeerFacets::roleNames() const {
    return {
        {FacetRole, "facet"},
        {NameRole, "name"},
        {OnRole, "on"},
        {CountRole, "count"},
        {KindRole, "kind"}};
}

bool PeerFacets::isOn(Facet facet) const {
    return (on_ & bit(facet)) != 0;
}

void PeerFacets::toggle(Facet facet) {
    on_ ^= bit(facet);
    const QModelIndex row = index(static_cast<int>(facet));
    Q_EMIT dataChanged(row, row, {OnRole});
    Q_EMIT changed();
}

void PeerFacets::clear() {
    if (std::exchange(on_, Mask{0}) != 0) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {OnRole});
        Q_EMIT changed();
    }
}

PeerFacets::Mask PeerFacets::of(
    const PeerRow& row, const PeerPolicy& policy, const std::string& zone) {
    auto mask = static_cast<Mask>(stateOf(row) | wayOf(row.peer));
    if (policy.isExit(row.peer.id)) {
        mask |= bit(Facet::Exit);
    }
    if (policy.isRouter(row.peer.id)) {
        mask |= bit(Facet::Router);
    }
    if (!zone.empty() && row.peer.zone == zone) {
        mask |= bit(Facet::ThisZone);
    }
    return mask;
}

bool PeerFacets::accepts(Mask mask) const {
    return std::ranges::all_of(kKinds, [this, mask](Mask kind) {
        const auto wanted = static_cast<Mask>(on_ & kind);
        return wanted == 0 || (wanted & mask) != 0;
    });
}

void PeerFacets::add(Mask mask) {
    told_ = told_ && mask == 0;
    for (std::size_t i = 0; i < kFacets; ++i) {
        counts_.at(i) += static_cast<int>((mask >> i) & 1U);
    }
}

void PeerFacets::take(Mask mask) {
    told_ = told_ && mask == 0;
    for (std::size_t i = 0; i < kFacets; ++i) {
        counts_.at(i) -= static_cast<int>((mask >> i) & 1U);
    }
}

void PeerFacets::forgetCounts() {
    told_ = false;
    counts_.fill(0);
}

void PeerFacets::tellCounts() {
    if (!std::exchange(told_, true)) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CountRole});
    }
}

}  // namespace weft::viewmodels
