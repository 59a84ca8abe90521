// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/change_control.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include "weft/mesh/v1/changes.pb.h"
#include "weft/mesh/v1/propagation.pb.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weft::services {

/// weft.mesh.v1.Changes and Propagation at one server of the mesh. Destroying it cancels.
/// Thread: confined to the loop.
/// Errors of all: those of mesh::ChangeControl; kFailedPrecondition when the server does not have
/// the method.
class ChangesClient {
public:
    /// Errors: kInvalidArgument.
    static StatusOr<std::unique_ptr<ChangesClient>> create(
        const net::HostPort& address, const LinkOptions& options, base::Loop& loop);
    ~ChangesClient();
    ChangesClient(const ChangesClient&) = delete;
    ChangesClient& operator=(const ChangesClient&) = delete;

    /// Errors: kUnimplemented when the server does not have it: edits can be made one by one there.
    void apply(mesh::v1::ApplyChangesRequest request, Callback<mesh::v1::AppliedChange> done);
    void confirm(std::uint64_t id, StatusCallback done);
    void revert(mesh::v1::RevertChangeRequest request, Callback<mesh::v1::AppliedChange> done);
    /// Errors: kResourceExhausted past kMaxListedBytes.
    void list(
        const mesh::v1::ListChangesRequest& request,
        Callback<std::vector<mesh::v1::ChangeRecord>> done);
    /// `known`: the tests of that revision are there already, and are left out of the answer.
    void policyTests(std::uint64_t known, Callback<mesh::v1::KeptPolicyTests> done);
    void putPolicyTests(
        mesh::v1::PutPolicyTestsRequest request, Callback<mesh::v1::PutPolicyTestsResponse> done);
    /// Where a change is in effect; 0: the newest.
    void propagation(std::uint64_t change, Callback<mesh::v1::ChangePropagation> done);

private:
    struct Impl;
    explicit ChangesClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
