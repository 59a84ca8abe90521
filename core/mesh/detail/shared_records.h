// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/address_pool.h"
#include "core/mesh/types.h"
#include "core/storage/key_value_store.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::detail {

/// Keys below storage::kWeftPrefix.
inline constexpr std::string_view kKeyPinsPrefix = "/weft/v1/keys/";
inline constexpr std::string_view kReservationsPrefix = "/weft/v1/reservations/";
inline constexpr std::string_view kIpv4ReservationsPrefix = "/weft/v1/reservations/ipv4/";
inline constexpr std::string_view kInvitationsPrefix = "/weft/v1/invitations/";
/// Nodes that an administrator expelled, by id.
inline constexpr std::string_view kTombstonesPrefix = "/weft/v1/tombstones/";
/// SHA-256 of the certificate that was issued last, in hex, by node id.
inline constexpr std::string_view kCertificatesPrefix = "/weft/v1/certificates/";
/// Written by every transaction that changes who is in the mesh and how they are linked, and
/// compared by each of them: two servers that plan at the same time cannot both commit. One
/// comparison instead of one for each of thousands of neighbours.
inline constexpr std::string_view kMembershipKey = "/weft/v1/membership";

/// The value of a pin that an administrator opened for another key.
inline constexpr std::string_view kReleasedPin = "released";

std::string keyPinKey(const NodeId& id);
std::string ipv4ReservationKey(const net::IpAddress& address);
std::string invitationKey(std::string_view invitationId);
std::string tombstoneKey(const NodeId& id);
std::string certificateKey(const NodeId& id);

/// What is known of the key of an id.
struct KeyPin {
    std::optional<crypto::PublicKey> key;
    bool released = false;
    /// As stored.
    std::string text;
};

/// Everything below /weft/v1/ in memory. It mirrors a store like Registry does.
/// Thread: confined to one loop.
class SharedRecords {
public:
    void reset(
        const std::vector<storage::Entry>& entries,
        storage::Revision revision,
        const net::IpPrefix& networkIpv4);
    void apply(const std::vector<storage::Event>& events);

    /// nullptr when there is none.
    const std::string* find(std::string_view key) const;
    std::vector<std::pair<std::string, std::string>> below(std::string_view prefix) const;
    /// The same without copies, sorted by key; valid until the next change.
    std::vector<std::pair<std::string_view, const std::string*>> viewBelow(
        std::string_view prefix) const;
    std::optional<KeyPin> keyPin(const NodeId& id) const;
    /// Whether a removed node had the key.
    bool isRemovedKey(const crypto::PublicKey& key) const;
    const AddressPool& addresses() const { return addresses_; }
    /// 0: never written.
    storage::Revision membershipRevision() const { return membershipRevision_; }

private:
    void set(std::string_view key, const std::string* value, storage::Revision revision);
    void setTombstone(std::string_view id, const std::string* value);
    void setReservation(std::string_view addressText, const std::string* value);

    std::map<std::string, std::string, std::less<>> values_;
    /// Texts of the keys of removed nodes by id.
    std::map<std::string, std::string, std::less<>> removedKeys_;
    AddressPool addresses_;
    storage::Revision membershipRevision_ = 0;
    storage::Revision revision_ = 0;
};

}  // namespace weft::mesh::detail
