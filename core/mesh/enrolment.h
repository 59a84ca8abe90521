// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/crypto/certificate.h"
#include "core/mesh/host.h"
#include "core/mesh/invitation_code.h"
#include "core/mesh/types.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh {

inline constexpr std::chrono::hours kAuthorityLifetime{24 * 365 * 10};
inline constexpr std::chrono::hours kNodeCertificateLifetime{24 * 90};
inline constexpr std::chrono::seconds kDefaultInvitationLifetime{24 * 3600};
inline constexpr std::chrono::seconds kMaxInvitationLifetime{30 * 24 * 3600};
inline constexpr std::size_t kMaxOpenInvitations = 1000;

struct InvitationRecord {
    std::string id;
    /// Empty: the joiner chooses.
    NodeId nodeId;
    std::string note;
    WallTime createdAt;
    WallTime expiresAt;
    std::string createdBy;
    enum class State : std::uint8_t { Open, Used, Revoked, Expired };
    State state = State::Open;
    std::string usedBy;
    std::optional<WallTime> usedAt;
};

struct InvitationParams {
    NodeId nodeId;
    std::string note;
    std::chrono::seconds lifetime{0};
    std::vector<std::string> addresses;
};

struct NewInvitation {
    InvitationRecord record;
    InvitationCode code;
};

struct EnrolParams {
    std::string invitationId;
    std::string secret;
    NodeId nodeId;
    crypto::PublicKey publicKey;
    std::string signature;
    std::string certificateRequestPem;
    /// What the join is going to bring, so that its refusal costs no invitation.
    std::vector<net::IpPrefix> routes = {};
};

struct EnrolGrant {
    NodeId nodeId;
    std::string certificatePem;
    std::string authorityPem;
    std::string meshDomain;
    std::vector<std::string> joinAddresses;
};

/// "weft-enrol/1", invitation id, node id and certificate request, each with its length in front as
/// four bytes, big-endian: what the node key signs.
std::string enrolMessage(
    std::string_view invitationId, const NodeId& nodeId, std::string_view certificateRequestPem);

/// The DNS name that every storage member's certificate carries, "storage.<domain>": by it a client
/// knows a server of the mesh, whatever address it was dialled at.
std::string storageServerName(std::string_view domain);

/// The names for the certificate of `id`: its common name, then id, "<id>.<domain>" and, for a
/// storage member, storageServerName. `domain` with or without its trailing dot.
crypto::CertificateRequestParams certificateNames(
    const NodeId& id, std::string_view domain, bool isStorageMember);

/// Invitations and certificates of one mesh. The secret of an invitation is kept as a digest; it is
/// consumed in the transaction that pins the node key to the id.
/// Thread: confined to the loop.
class Enrolment {
public:
    /// `host` and `loop` outlive the enrolment.
    static std::unique_ptr<Enrolment> create(
        Host& host,
        base::Loop& loop,
        crypto::CertificateAuthority authority,
        std::vector<std::string> joinAddresses);
    Enrolment() = default;
    Enrolment(const Enrolment&) = delete;
    Enrolment& operator=(const Enrolment&) = delete;
    virtual ~Enrolment() = default;

    /// Admin. Errors: kInvalidArgument, kPermissionDenied, kAlreadyExists (name taken),
    /// kResourceExhausted (too many are open).
    virtual void invite(InvitationParams params, Caller caller, Callback<NewInvitation> done) = 0;
    /// Admin. By time of creation.
    virtual void list(Caller caller, Callback<std::vector<InvitationRecord>> done) = 0;
    /// Admin. Errors: kNotFound, kFailedPrecondition when it was used.
    virtual void revoke(std::string id, Caller caller, StatusCallback done) = 0;
    /// Errors, all with a text that tells people what to do: kPermissionDenied (forged, revoked),
    /// kFailedPrecondition (used, expired), kAlreadyExists (name taken), kInvalidArgument,
    /// kResourceExhausted (too many attempts from one source).
    virtual void enrol(EnrolParams params, Caller caller, Callback<EnrolGrant> done) = 0;
    /// A fresh certificate for the holder of a present one. Errors: kUnauthenticated without a
    /// certificate, kPermissionDenied for a name that the mesh does not know any more,
    /// kInvalidArgument for the request.
    virtual void renew(
        std::string certificateRequestPem, Caller caller, Callback<EnrolGrant> done) = 0;
    /// Replaces the addresses that new codes carry.
    virtual void setJoinAddresses(std::vector<std::string> addresses) = 0;
};

}  // namespace weft::mesh
