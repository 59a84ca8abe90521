// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/shared_records.h"

#include "core/mesh/detail/tombstones.h"

#include <algorithm>

namespace weft::mesh::detail {

std::string keyPinKey(const NodeId& id) {
    return std::string(kKeyPinsPrefix) + id.value();
}

std::string ipv4ReservationKey(const net::IpAddress& address) {
    return std::string(kIpv4ReservationsPrefix) + address.toString();
}

std::string invitationKey(std::string_view invitationId) {
    return std::string(kInvitationsPrefix).append(invitationId);
}

std::string tombstoneKey(const NodeId& id) {
    return std::string(kTombstonesPrefix) + id.value();
}

std::string certificateKey(const NodeId& id) {
    return std::string(kCertificatesPrefix) + id.value();
}

void SharedRecords::reset(
    const std::vector<storage::Entry>& entries,
    storage::Revision revision,
    const net::IpPrefix& networkIpv4) {
    values_.clear();
    removedKeys_.clear();
    addresses_.reset(networkIpv4);
    membershipRevision_ = 0;
    for (const auto& entry : entries) {
        set(entry.key, &entry.value, entry.revision);
    }
    revision_ = revision;
}

void SharedRecords::apply(const std::vector<storage::Event>& events) {
    const auto before = revision_;
    for (const auto& event : events) {
        if (event.revision <= before || !event.key.starts_with(storage::kWeftPrefix)) {
            continue;
        }
        revision_ = std::max(revision_, event.revision);
        const bool gone = event.kind == storage::Event::Kind::Delete;
        set(event.key, gone ? nullptr : &event.value, gone ? 0 : event.revision);
    }
}

void SharedRecords::set(
    std::string_view key, const std::string* value, storage::Revision revision) {
    if (key == kMembershipKey) {
        membershipRevision_ = revision;
        return;
    }
    if (key.starts_with(kIpv4ReservationsPrefix)) {
        setReservation(key.substr(kIpv4ReservationsPrefix.size()), value);
        return;
    }
    if (key.starts_with(kTombstonesPrefix)) {
        setTombstone(key.substr(kTombstonesPrefix.size()), value);
    }
    if (value != nullptr) {
        values_.insert_or_assign(std::string(key), *value);
    } else if (const auto found = values_.find(key); found != values_.end()) {
        values_.erase(found);
    }
}

void SharedRecords::setTombstone(std::string_view id, const std::string* value) {
    if (const auto found = removedKeys_.find(id); found != removedKeys_.end()) {
        removedKeys_.erase(found);
    }
    if (value == nullptr) {
        return;
    }
    const auto node = decodeRemovedNode(*value);
    if (node.ok() && node->key) {
        removedKeys_.emplace(id, node->key->toString());
    }
}

bool SharedRecords::isRemovedKey(const crypto::PublicKey& key) const {
    const auto text = key.toString();
    return std::ranges::any_of(
        removedKeys_, [&text](const auto& entry) { return entry.second == text; });
}

void SharedRecords::setReservation(std::string_view addressText, const std::string* value) {
    const auto address = net::IpAddress::parse(addressText);
    if (!address.ok()) {
        return;
    }
    if (value != nullptr) {
        addresses_.reserve(*address, NodeId(*value));
    } else {
        addresses_.release(*address);
    }
}

const std::string* SharedRecords::find(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string, std::string>> SharedRecords::below(
    std::string_view prefix) const {
    std::vector<std::pair<std::string, std::string>> found;
    for (auto entry = values_.lower_bound(prefix);
         entry != values_.end() && entry->first.starts_with(prefix);
         ++entry) {
        found.emplace_back(*entry);
    }
    return found;
}

std::vector<std::pair<std::string_view, const std::string*>> SharedRecords::viewBelow(
    std::string_view prefix) const {
    std::vector<std::pair<std::string_view, const std::string*>> found;
    for (auto entry = values_.lower_bound(prefix);
         entry != values_.end() && entry->first.starts_with(prefix);
         ++entry) {
        found.emplace_back(entry->first, &entry->second);
    }
    return found;
}

std::optional<KeyPin> SharedRecords::keyPin(const NodeId& id) const {
    const auto* text = find(keyPinKey(id));
    if (text == nullptr) {
        return std::nullopt;
    }
    KeyPin pin{.key = std::nullopt, .released = *text == kReleasedPin, .text = *text};
    if (auto key = crypto::PublicKey::parse(*text); key.ok()) {
        pin.key = *key;
    }
    return pin;
}

}  // namespace weft::mesh::detail
