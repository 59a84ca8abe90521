// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/enrolment.h"
#include "core/mesh/types.h"

#include <cstddef>

namespace v1 {
class JoinRequest;
class JoinResponse;
class PeerConfigurations;
class StorageConfigurationResponse;
class UpdateRequest;
}  // namespace v1

namespace weft::mesh::v1 {
class EnrolRequest;
class Invitation;
}  // namespace weft::mesh::v1

/// Between the messages of the wire and the values of the mesh. What a peer sends is checked for
/// form and for number here; whether it is allowed is the mesh's business.
namespace weft::services {

/// Elements of one repeated field that a caller may send.
inline constexpr std::size_t kMaxRoutesPerCall = 256;
inline constexpr std::size_t kMaxListPerCall = 128;

/// Errors: kInvalidArgument, naming the field.
StatusOr<mesh::JoinParams> paramsOf(const ::v1::JoinRequest& request);
StatusOr<mesh::UpdateParams> paramsOf(const ::v1::UpdateRequest& request);
void toProto(const mesh::JoinParams& params, ::v1::JoinRequest* request);
void toProto(const mesh::UpdateParams& params, ::v1::UpdateRequest* request);

/// Every field of an enrolment is short; what is longer was not made by a client of ours.
inline constexpr std::size_t kMaxSecretBytes = 256;
inline constexpr std::size_t kMaxRequestPemBytes = std::size_t{16} * 1024;
StatusOr<mesh::EnrolParams> paramsOf(const mesh::v1::EnrolRequest& request);

void toProto(const mesh::JoinGrant& grant, ::v1::JoinResponse* response);
/// Errors: kInvalidArgument: a server that answers nonsense.
StatusOr<mesh::JoinGrant> grantOf(const ::v1::JoinResponse& response);

void toProto(const mesh::PeerSet& peers, ::v1::PeerConfigurations* message);
/// Lenient: prefixes that do not parse are left out.
mesh::PeerSet peersOf(const ::v1::PeerConfigurations& message);

void toProto(
    const std::vector<mesh::StorageServer>& servers, ::v1::StorageConfigurationResponse* response);
std::vector<mesh::StorageServer> serversOf(const ::v1::StorageConfigurationResponse& response);

void toProto(const mesh::InvitationRecord& record, mesh::v1::Invitation* message);
mesh::InvitationRecord recordOf(const mesh::v1::Invitation& message);

}  // namespace weft::services
