// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy_object.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace grpc {
class CallbackServerContext;
}  // namespace grpc

namespace weft::services {

/// What travels beside the messages of v1.Admin, which get no fields of ours. See policy.proto.
inline constexpr std::string_view kBaseRevisionHeader = "x-weft-base-revision";
inline constexpr std::string_view kRevisionHeader = "x-weft-revision";
inline constexpr std::string_view kCurrentRevisionHeader = "x-weft-current-revision";
inline constexpr std::string_view kAlsoChangedHeader = "x-weft-also-changed-bin";

/// What is told of the other changes of one write; clients take 8 KiB of metadata in all.
inline constexpr std::size_t kMaxAlsoChanged = 32;
inline constexpr std::size_t kMaxAlsoChangedBytes = 4096;

/// The revision that a write is based on, if the caller says so. Errors: kInvalidArgument.
StatusOr<std::optional<storage::Revision>> baseRevisionOf(
    const grpc::CallbackServerContext& context);

/// Puts revision and other changes, or what a stale write collided with, beside the answer. Only
/// while the call is not over.
void describeWrite(const StatusOr<mesh::WriteReport>& report, grpc::CallbackServerContext* context);
void describeRevision(storage::Revision revision, grpc::CallbackServerContext* context);

}  // namespace weft::services
