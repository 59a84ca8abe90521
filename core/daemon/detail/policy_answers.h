// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/mesh/policy/explain.h"
#include "core/mesh/policy/policy.h"
#include "core/mesh/policy_object.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/administration.pb.h"
#include "weft/mesh/v1/policy.pb.h"

#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {

// What a connection answers about who may do what, from the records of its mesh. Thread: any.

/// Errors: kInvalidArgument  nobody is named, or the verb or resource is unknown
StatusOr<weft::local::v1::AccessAnswer> answerTo(
    const mesh::policy::Policy& rules, const weft::local::v1::CheckAccessRequest& request);

/// Hands on what a write came to.
Callback<mesh::WriteReport> reportTo(Callback<weft::local::v1::WriteReport> done);
/// The revision that a PutObject or RemoveObject is based on, if it says so.
template <typename Request>
std::optional<storage::Revision> baseOf(const Request& request) {
    return request.has_base_revision() ? std::optional(request.base_revision()) : std::nullopt;
}
/// Errors: kInvalidArgument  there is no such kind
StatusOr<mesh::ObjectRef> refOf(const weft::local::v1::RemoveObjectRequest& request);
weft::local::v1::AccessExplanation toProto(const mesh::policy::Explanation& explanation);

/// The objects as the front ends get them, with what is wrong among them. They come sorted by kind
/// and key.
weft::local::v1::PolicyState policyState(
    std::vector<weft::mesh::v1::PolicyObject> objects, const mesh::policy::Policy* rules);

}  // namespace weft::daemon
