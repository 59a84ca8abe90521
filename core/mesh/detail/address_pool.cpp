// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/address_pool.h"

namespace weft::mesh::detail {

void AddressPool::reset(const net::IpPrefix& network) {
    holders_.clear();
    addresses_.clear();
    first_ = 1;
    last_ = 0;
    if (network.family() == net::Family::V4 && network.length() > 0 && network.length() < 32) {
        const auto base = network.masked().address().v4Value();
        const auto size = std::uint64_t{1} << (32 - network.length());
        const auto end = static_cast<std::uint32_t>(base + (size - 1));
        first_ = base + 1;
        // A /31 has no broadcast address (RFC 3021).
        last_ = network.length() == 31 ? end : end - 1;
    }
    hint_ = first_;
}

void AddressPool::reserve(const net::IpAddress& address, const NodeId& id) {
    if (!address.isV4()) {
        return;
    }
    const auto value = address.v4Value();
    release(address);
    holders_[value] = id;
    addresses_[id] = value;
    while (hint_ <= last_ && holders_.contains(hint_)) {
        ++hint_;
    }
}

void AddressPool::release(const net::IpAddress& address) {
    if (!address.isV4()) {
        return;
    }
    const auto found = holders_.find(address.v4Value());
    if (found == holders_.end()) {
        return;
    }
    const auto byId = addresses_.find(found->second);
    if (byId != addresses_.end() && byId->second == found->first) {
        addresses_.erase(byId);
    }
    if (found->first < hint_ && found->first >= first_) {
        hint_ = found->first;
    }
    holders_.erase(found);
}

std::optional<net::IpAddress> AddressPool::reservedFor(const NodeId& id) const {
    const auto found = addresses_.find(id);
    return found == addresses_.end() ? std::nullopt
                                     : std::optional(net::IpAddress::v4(found->second));
}

const NodeId* AddressPool::holder(const net::IpAddress& address) const {
    if (!address.isV4()) {
        return nullptr;
    }
    const auto found = holders_.find(address.v4Value());
    return found == holders_.end() ? nullptr : &found->second;
}

bool AddressPool::mayHandOut(const net::IpAddress& address) const {
    return address.isV4() && address.v4Value() >= first_ && address.v4Value() <= last_;
}

std::optional<net::IpAddress> AddressPool::lowestFree(
    const std::function<bool(const net::IpAddress&)>& taken) const {
    auto reserved = holders_.lower_bound(hint_);
    for (std::uint64_t value = hint_; value <= last_; ++value) {
        if (reserved != holders_.end() && reserved->first == value) {
            ++reserved;
            continue;
        }
        const auto address = net::IpAddress::v4(static_cast<std::uint32_t>(value));
        if (!taken(address)) {
            return address;
        }
    }
    return std::nullopt;
}

std::optional<net::IpAddress> AddressPool::lowestReclaimable(
    const std::function<bool(const net::IpAddress&)>& taken,
    const std::function<bool(const NodeId&)>& isMember) const {
    for (const auto& [value, id] : holders_) {
        const auto address = net::IpAddress::v4(value);
        if (mayHandOut(address) && !isMember(id) && !taken(address)) {
            return address;
        }
    }
    return std::nullopt;
}

}  // namespace weft::mesh::detail
