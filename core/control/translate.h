// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/api/types.h"

#include "v1/app.pb.h"
#include "v1/mesh.pb.h"
#include "v1/node.pb.h"
#include "weft/local/v1/local.pb.h"
#include "weft/mesh/v1/mesh.pb.h"

#include <vector>

namespace weft::control {

// Between the messages of the local API and the plain structs of core/api. Unknown numbers of
// enumerations become the neutral value. Thread: any.

api::Capabilities fromProto(const weft::local::v1::Capabilities& message);
api::Profile fromProto(const weft::local::v1::Profile& message);
api::Problem fromProto(const weft::local::v1::Problem& message);
api::CheckState fromProto(weft::local::v1::CheckItem::State state);
api::Connection fromProto(const weft::local::v1::Connection& message);
api::DaemonState fromProto(const weft::local::v1::DaemonState& message);
api::MeshRoute fromProto(const weft::local::v1::Route& message);
api::CodePreview fromProto(const weft::local::v1::CodePreview& message);
api::Peer fromProto(const weft::local::v1::Peer& message);
api::PeersUpdate fromProto(const weft::local::v1::PeersUpdate& message);
api::Graph fromProto(const ::v1::MeshGraph& message);
api::Invitation fromProto(const weft::mesh::v1::Invitation& message);
std::vector<api::InterfaceMetrics> fromProto(const ::v1::MetricsResponse& message);

weft::local::v1::Profile toProto(const api::Profile& profile);
weft::local::v1::SetRouteConsentRequest::Answer toProto(api::RouteAnswer answer);
weft::local::v1::CreateMeshRequest toProto(const api::CreateMeshParams& params);
weft::local::v1::JoinWithCodeRequest toProto(const api::JoinWithCodeParams& params);

/// What a daemon that has v1.AppDaemon alone says about itself, as the state of one profile
/// "default". Some report DISCONNECTED while they are connected: a node record counts.
api::DaemonState stateFromStatus(const ::v1::StatusResponse& status);

/// The one profile of a daemon that has no profiles.
inline constexpr const char* kLegacyProfileId = "default";

}  // namespace weft::control
