// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"

#include "weft/local/v1/network.pb.h"

#include <optional>
#include <vector>

namespace weft::control {

// Between the messages of weft.local.v1.Network and the core's values.

weft::local::v1::PingRequest toProto(const api::PingQuestion& question);
/// nullopt for what a newer daemon may tell.
std::optional<api::PingUpdate> fromProto(const weft::local::v1::PingUpdate& update);
api::PathExplanation fromProto(const weft::local::v1::PathExplanation& path);
std::vector<api::NetworkCheck> fromProto(const weft::local::v1::NetworkReport& report);

api::NameService fromProto(const weft::local::v1::NameService& message);
api::NameAnswer fromProto(const weft::local::v1::NameAnswer& message);

}  // namespace weft::control
