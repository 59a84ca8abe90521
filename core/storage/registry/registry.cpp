// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/registry.h"

#include "core/storage/registry/detail/reference_scan.h"
#include "core/storage/registry/detail/tables.h"
#include "core/storage/registry/observers.h"

#include <algorithm>
#include <utility>

namespace weft::storage {

/// All but who follows it.
struct Registry::Contents {
    detail::NodeTable nodes;
    detail::RouteTable routes;
    /// Roles, bindings, groups and ACLs by full key.
    std::map<std::string, std::string, std::less<>> policy;
    std::set<std::string, std::less<>> unreadable;
    /// As stored: edges and routes in which more may stand than was read.
    std::map<std::string, std::string, std::less<>> notWhollyRead;
    std::string ipv4Text;
    std::string ipv6Text;
    std::string domain;
    std::optional<net::IpPrefix> ipv4;
    std::optional<net::IpPrefix> ipv6;
    std::string rbacState;
    Revision revision = 0;
};

struct Registry::Impl : Contents {
    Observers<Change> observers;

    /// `value` nullptr: the key is gone.
    void set(const std::string& key, const std::string* value, Change& change);
    void setNode(const std::string& key, const std::string* value, Change& change);
    void setEdge(const std::string& key, const std::string* value, Change& change);
    void setRoute(const std::string& key, const std::string* value, Change& change);
    void setState(const std::string& key, const std::string* value, Change& change);
    void setPolicy(const std::string& key, const std::string* value, Change& change);
};

namespace {

bool isPolicyKey(std::string_view key) {
    return key.starts_with(kRolesPrefix) || key.starts_with(kRoleBindingsPrefix)
           || key.starts_with(kGroupsPrefix) || key.starts_with(kNetworkAclsPrefix);
}

bool isEmpty(const Registry::Change& change) {
    return !change.everything && change.nodes.empty() && !change.edges && !change.routes
           && !change.policy && !change.meshState;
}

std::optional<net::IpPrefix> prefixOf(const std::string& text) {
    auto prefix = net::IpPrefix::parse(text);
    return prefix.ok() ? std::optional(*prefix) : std::nullopt;
}

}  // namespace

void Registry::Impl::set(const std::string& key, const std::string* value, Change& change) {
    if (!unreadable.empty()) {
        unreadable.erase(key);
    }
    if (!notWhollyRead.empty()) {
        notWhollyRead.erase(key);
    }
    if (key.starts_with(kEdgesPrefix)) {
        setEdge(key, value, change);
    } else if (key.starts_with(kNodesPrefix)) {
        setNode(key, value, change);
    } else if (key.starts_with(kRoutesPrefix)) {
        setRoute(key, value, change);
    } else if (isPolicyKey(key)) {
        setPolicy(key, value, change);
    } else {
        setState(key, value, change);
    }
}

void Registry::Impl::setNode(const std::string& key, const std::string* value, Change& change) {
    const NodeId id(key.substr(kNodesPrefix.size()));
    std::optional<NodeRecord> record;
    if (value != nullptr) {
        auto decoded = decodeNode(*value);
        if (decoded.ok() && decoded->id == id) {
            record = *std::move(decoded);
        } else {
            unreadable.insert(key);
        }
    }
    if (nodes.set(id, std::move(record))) {
        change.nodes.push_back(id);
    }
}

void Registry::Impl::setEdge(const std::string& key, const std::string* value, Change& change) {
    const auto names = std::string_view(key).substr(kEdgesPrefix.size());
    const auto slash = names.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == names.size()) {
        if (value != nullptr) {
            unreadable.insert(key);
            notWhollyRead[key] = *value;
        }
        return;
    }
    const NodeId source{std::string(names.substr(0, slash))};
    const NodeId target{std::string(names.substr(slash + 1))};
    std::optional<EdgeRecord> record;
    if (value != nullptr) {
        bool hasMore = false;
        auto decoded = decodeEdge(*value, &hasMore);
        if (decoded.ok() && decoded->source == source && decoded->target == target) {
            record = *std::move(decoded);
        } else {
            unreadable.insert(key);
        }
        if (hasMore || !record) {
            notWhollyRead[key] = *value;
        }
    }
    if (nodes.setEdge(source, target, std::move(record))) {
        change.edges = true;
        change.edgeEnds.emplace_back(source, target);
        // The edges of one node tend to come together.
        if (change.edgeSources.empty() || change.edgeSources.back() != source) {
            change.edgeSources.push_back(source);
        }
    }
}

void Registry::Impl::setRoute(const std::string& key, const std::string* value, Change& change) {
    const auto name = key.substr(kRoutesPrefix.size());
    std::optional<RouteRecord> record;
    if (value != nullptr) {
        bool hasMore = false;
        auto decoded = decodeRoute(*value, &hasMore);
        if (decoded.ok() && decoded->name == name) {
            record = *std::move(decoded);
        } else {
            unreadable.insert(key);
        }
        if (hasMore || !record) {
            notWhollyRead[key] = *value;
        }
    }
    const auto touched = routes.set(name, std::move(record));
    if (!touched.empty()) {
        change.routes = true;
        change.routeNodes.insert(change.routeNodes.end(), touched.begin(), touched.end());
    }
}

void Registry::Impl::setPolicy(const std::string& key, const std::string* value, Change& change) {
    if (value != nullptr) {
        policy[key] = *value;
    } else if (policy.erase(key) == 0) {
        return;
    }
    change.policy = true;
    change.roles = change.roles || key.starts_with(kRolesPrefix);
    change.roleBindings = change.roleBindings || key.starts_with(kRoleBindingsPrefix);
    change.groups = change.groups || key.starts_with(kGroupsPrefix);
    change.networkAcls = change.networkAcls || key.starts_with(kNetworkAclsPrefix);
}

void Registry::Impl::setState(const std::string& key, const std::string* value, Change& change) {
    const std::string text = value != nullptr ? *value : std::string();
    if (key == kIpv6PrefixKey) {
        ipv6Text = text;
        ipv6 = prefixOf(text);
    } else if (key == kIpv4PrefixKey) {
        ipv4Text = text;
        ipv4 = prefixOf(text);
    } else if (key == kMeshDomainKey) {
        domain = text;
        if (!domain.empty() && domain.back() != '.') {
            domain.push_back('.');
        }
    } else if (key == kRbacDisabledKey) {
        rbacState = text;
        change.policy = true;
        change.rbacState = true;
    } else {
        return;
    }
    change.meshState = true;
}

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

void Registry::reset(const std::vector<Entry>& entries, Revision revision) {
    const auto before = std::exchange(impl_, std::make_unique<Impl>());
    impl_->observers = std::move(before->observers);
    Change change;
    for (const auto& entry : entries) {
        // As in `apply`: an empty value is how members hear of a removal, so no member may see
        // more in it than the others do.
        if (entry.value.empty()) {
            continue;
        }
        impl_->set(entry.key, &entry.value, change);
        // Of a reset only what is gone is told; do not collect the rest.
        change.nodes.clear();
        change.edgeSources.clear();
        change.edgeEnds.clear();
    }
    impl_->revision = revision;
    tellAll(*before);
}

void Registry::copyFrom(const Registry& other) {
    if (&other == this) {
        return;
    }
    const auto before = std::exchange(impl_, std::make_unique<Impl>());
    impl_->observers = std::move(before->observers);
    const Contents& theirs = *other.impl_;
    static_cast<Contents&>(*impl_) = Contents(theirs);
    tellAll(*before);
}

/// That everything may be other than it was.
void Registry::tellAll(const Contents& before) {
    Change all;
    all.everything = true;
    for (const auto* node : before.nodes.all()) {
        if (impl_->nodes.find(node->id) == nullptr) {
            all.nodes.push_back(node->id);
        }
    }
    impl_->observers.notify(all);
}

void Registry::apply(const std::vector<Event>& events) {
    const auto before = impl_->revision;
    Change change;
    for (const auto& event : events) {
        if (event.revision != 0 && event.revision <= before) {
            continue;
        }
        impl_->revision = std::max(impl_->revision, event.revision);
        if (!event.key.starts_with(kRegistryPrefix)) {
            continue;
        }
        const bool gone = event.kind == Event::Kind::Delete || event.value.empty();
        impl_->set(event.key, gone ? nullptr : &event.value, change);
    }
    if (!isEmpty(change)) {
        impl_->observers.notify(change);
    }
}

Revision Registry::revision() const {
    return impl_->revision;
}

std::size_t Registry::unreadableRecords() const {
    return impl_->unreadable.size();
}

std::vector<std::pair<std::string, std::string>> Registry::notWhollyRead(
    std::string_view prefix) const {
    std::vector<std::pair<std::string, std::string>> records;
    for (auto entry = impl_->notWhollyRead.lower_bound(prefix);
         entry != impl_->notWhollyRead.end() && entry->first.starts_with(prefix);
         ++entry) {
        records.emplace_back(*entry);
    }
    return records;
}

Subscription Registry::onChange(std::function<void(const Change&)> changed) const {
    return impl_->observers.add(std::move(changed));
}

const NodeRecord* Registry::node(const NodeId& id) const {
    return impl_->nodes.find(id);
}

std::vector<const NodeRecord*> Registry::nodes() const {
    return impl_->nodes.all();
}

std::size_t Registry::nodeCount() const {
    return impl_->nodes.count();
}

std::vector<const NodeRecord*> Registry::nodesWithEndpoint() const {
    return impl_->nodes.withEndpoint();
}

std::vector<const NodeRecord*> Registry::nodesInZone(std::string_view zone) const {
    return impl_->nodes.inZone(zone);
}

std::vector<const NodeRecord*> Registry::nodesWithFeature(std::int32_t feature) const {
    return impl_->nodes.withFeature(feature);
}

const NodeRecord* Registry::nodeByKey(const crypto::PublicKey& key) const {
    return impl_->nodes.byKey(key);
}

const NodeRecord* Registry::nodeByAddress(const net::IpAddress& address) const {
    return impl_->nodes.byAddress(address);
}

bool Registry::ipv4Taken(const net::IpAddress& address) const {
    return address.isV4() && impl_->nodes.byAddress(address) != nullptr;
}

std::vector<const EdgeRecord*> Registry::edgesOf(const NodeId& id) const {
    return impl_->nodes.edgesOf(id);
}

const EdgeRecord* Registry::edge(const NodeId& source, const NodeId& target) const {
    return impl_->nodes.edge(source, target);
}

std::size_t Registry::edgeCount() const {
    return impl_->nodes.directedEdgeCount() / 2;
}

std::vector<const EdgeRecord*> Registry::edges() const {
    return impl_->nodes.edgesOnce();
}

std::vector<const RouteRecord*> Registry::routesOf(const NodeId& id) const {
    return impl_->routes.of(id);
}

const RouteRecord* Registry::route(std::string_view name) const {
    return impl_->routes.find(name);
}

std::vector<const RouteRecord*> Registry::routes() const {
    return impl_->routes.all();
}

const std::string* Registry::raw(std::string_view key) const {
    const auto found = impl_->policy.find(key);
    return found == impl_->policy.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string, std::string>> Registry::rawBelow(std::string_view prefix) const {
    std::vector<std::pair<std::string, std::string>> below;
    for (auto entry = impl_->policy.lower_bound(prefix);
         entry != impl_->policy.end() && entry->first.starts_with(prefix);
         ++entry) {
        below.emplace_back(*entry);
    }
    return below;
}

void Registry::forEachRaw(
    std::string_view prefix,
    const std::function<void(std::string_view key, const std::string& json)>& visit) const {
    for (auto entry = impl_->policy.lower_bound(prefix);
         entry != impl_->policy.end() && entry->first.starts_with(prefix);
         ++entry) {
        visit(entry->first, entry->second);
    }
}

std::size_t Registry::countBelow(std::string_view prefix) const {
    std::size_t count = 0;
    for (auto entry = impl_->policy.lower_bound(prefix);
         entry != impl_->policy.end() && entry->first.starts_with(prefix);
         ++entry) {
        ++count;
    }
    return count;
}

std::vector<std::string> Registry::referencesTo(const NodeId& id) const {
    std::vector<std::string> names;
    for (const auto& [key, json] : impl_->policy) {
        if (detail::policyNames(key, json, id)) {
            names.push_back(key.substr(kRegistryPrefix.size()));
        }
    }
    for (const auto& name : impl_->routes.naming(id)) {
        names.push_back(std::string(kRoutesPrefix.substr(kRegistryPrefix.size())) + name);
    }
    return names;
}

std::optional<net::IpPrefix> Registry::networkIpv4() const {
    return impl_->ipv4;
}

std::optional<net::IpPrefix> Registry::networkIpv6() const {
    return impl_->ipv6;
}

std::string Registry::networkIpv6Text() const {
    return impl_->ipv6Text;
}

std::string Registry::domain() const {
    return impl_->domain;
}

bool Registry::rbacDisabled() const {
    return impl_->rbacState == "true";
}

std::string Registry::rbacStateText() const {
    return impl_->rbacState;
}

}  // namespace weft::storage
