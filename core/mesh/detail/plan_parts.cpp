// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/plan_parts.h"

#include "core/base/text.h"
#include "core/mesh/detail/rights.h"

#include "v1/node.pb.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::mesh::detail {
namespace {

using storage::Compare;

/// The address that `id` can go on with, if any.
std::optional<net::IpAddress> presentIpv4(const MeshView& view, const NodeId& id) {
    const auto& pool = view.shared.addresses();
    const auto usable = [&](const net::IpAddress& address) {
        const auto* holder = pool.holder(address);
        const auto* owner = view.registry.nodeByAddress(address);
        return pool.mayHandOut(address) && (holder == nullptr || *holder == id)
               && (owner == nullptr || owner->id == id);
    };
    const auto* node = view.registry.node(id);
    if (node != nullptr && node->privateIpv4 && usable(node->privateIpv4->address())) {
        return node->privateIpv4->address();
    }
    if (const auto reserved = pool.reservedFor(id); reserved && usable(*reserved)) {
        return reserved;
    }
    return std::nullopt;
}

std::optional<net::IpAddress> freshIpv4(const MeshView& view) {
    const auto& pool = view.shared.addresses();
    const auto taken = [&view](const net::IpAddress& address) {
        return view.registry.ipv4Taken(address);
    };
    if (const auto free = pool.lowestFree(taken)) {
        return free;
    }
    return pool.lowestReclaimable(taken, [&view](const NodeId& id) {
        return id == view.self || view.registry.node(id) != nullptr;
    });
}

bool has(const std::vector<const storage::RouteRecord*>& routes, const net::IpPrefix& wanted) {
    return std::ranges::any_of(routes, [&wanted](const storage::RouteRecord* route) {
        return std::ranges::any_of(route->destinations, [&wanted](const net::IpPrefix& present) {
            return present.masked() == wanted;
        });
    });
}

}  // namespace

void guard(const MeshView& view, const NodeId& who, storage::Transaction& transaction) {
    transaction.conditions.push_back(
        {Compare::Kind::ValueIs,
         std::string(storage::kIpv6PrefixKey),
         0,
         view.registry.networkIpv6Text()});
    transaction.conditions.push_back(
        {Compare::Kind::RevisionIs,
         std::string(kMembershipKey),
         view.shared.membershipRevision(),
         {}});
    transaction.operations.emplace_back(
        storage::Put{std::string(kMembershipKey), who.value(), std::nullopt});
}

Status checkSize(const storage::Transaction& transaction) {
    if (transaction.operations.size() > storage::kMaxTransactionOperations) {
        return resourceExhausted(
            "the change needs {} operations, more than the {} of one transaction: the node would "
            "have too many neighbours",
            transaction.operations.size(),
            storage::kMaxTransactionOperations);
    }
    return okStatus();
}

Status validateStoragePort(const StorageWish& wish) {
    const auto isStorage = [](const storage::FeaturePort& feature) {
        return feature.feature == v1::STORAGE_PROVIDER && feature.port > 0;
    };
    if ((wish.asVoter || wish.asObserver) && std::ranges::none_of(wish.features, isStorage)) {
        return invalidArgument("storage provider port required");
    }
    return okStatus();
}

Status mayStore(const MeshView& view, const StorageWish& wish, const Caller& caller) {
    if (!wish.asVoter && !wish.asObserver) {
        return okStatus();
    }
    // First: no right would change it.
    if (!view.supportsVoters) {
        return failedPrecondition(
            "the mesh's storage engine ({}) keeps one copy and cannot take {}: join as a plain "
            "node",
            view.engine,
            wish.asVoter ? "a voter" : "an observer");
    }
    if (wish.asVoter) {
        WEFT_RETURN_IF_ERROR(mayHave(view, caller, {{policy::Verb::Put, policy::Resource::Votes}}));
    }
    if (wish.asObserver) {
        WEFT_RETURN_IF_ERROR(
            mayHave(view, caller, {{policy::Verb::Put, policy::Resource::Observers}}));
    }
    return okStatus();
}

Status mayRoute(const MeshView& view, const NodeId& id, const Caller& caller) {
    return mayHave(
        view, caller, {{policy::Verb::Put, policy::Resource::Routes, autoRouteName(id)}});
}

std::vector<net::IpPrefix> missingRoutes(
    const MeshView& view, const NodeId& id, const std::vector<net::IpPrefix>& wanted) {
    std::vector<net::IpPrefix> masked;
    for (const auto& route : wanted) {
        if (std::ranges::find(masked, route.masked()) == masked.end()) {
            masked.push_back(route.masked());
        }
    }
    const auto present = view.registry.routesOf(id);
    const bool all = std::ranges::all_of(
        masked, [&present](const net::IpPrefix& route) { return has(present, route); });
    return all ? std::vector<net::IpPrefix>() : masked;
}

std::string autoRouteName(const NodeId& id) {
    return id.value() + "-auto";
}

void putAutoRoute(
    const NodeId& id,
    const std::vector<net::IpPrefix>& destinations,
    storage::Transaction& transaction) {
    const storage::RouteRecord route{
        .name = autoRouteName(id), .node = id.value(), .destinations = destinations};
    transaction.operations.emplace_back(storage::Put{
        std::string(storage::kRoutesPrefix) + route.name,
        storage::encodeRoute(route),
        std::nullopt});
}

StatusOr<net::IpPrefix> ipv6For(
    const MeshView& view, const NodeId& id, const crypto::PublicKey& key) {
    WEFT_ASSIGN_OR_RETURN(const auto wireGuardKey, key.wireGuardKey());
    const auto network = view.registry.networkIpv6();
    if (!network) {
        return failedPrecondition("the mesh has no IPv6 prefix");
    }
    const auto prefix = crypto::nodePrefix(*network, wireGuardKey);
    const auto* owner = view.registry.nodeByAddress(prefix.address());
    if (owner != nullptr && owner->id != id) {
        return alreadyExists(
            "the node {} has the IPv6 address of that key already",
            base::escapeForLine(owner->id.value()));
    }
    return prefix;
}

StatusOr<net::IpPrefix> assignIpv4(
    const MeshView& view, const NodeId& id, storage::Transaction& transaction) {
    auto address = presentIpv4(view, id);
    if (!address) {
        address = freshIpv4(view);
    }
    if (!address) {
        return resourceExhausted(
            "the mesh's network {} has no IPv4 address left",
            view.registry.networkIpv4().value_or(net::IpPrefix()).toString());
    }
    const auto key = ipv4ReservationKey(*address);
    const auto* holder = view.shared.addresses().holder(*address);
    transaction.conditions.push_back(
        holder != nullptr ? Compare{Compare::Kind::ValueIs, key, 0, holder->value()}
                          : Compare{Compare::Kind::Absent, key, 0, {}});
    if (holder == nullptr || *holder != id) {
        transaction.operations.emplace_back(storage::Put{key, id.value(), std::nullopt});
    }
    return net::IpPrefix::host(*address);
}

std::string warningFor(KeyVerdict verdict, const NodeId& id) {
    if (verdict == KeyVerdict::Unproven) {
        return fmt::format(
            "node {} came with another key, and this mesh asks nobody for a proof",
            base::escapeForLine(id.value()));
    }
    return {};
}

}  // namespace weft::mesh::detail
