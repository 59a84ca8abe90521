// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include "weft/mesh/v1/changes.pb.h"
#include "weft/mesh/v1/propagation.pb.h"

#include <cstdint>
#include <vector>

namespace weft::daemon {

/// What the front ends ask of a running connection about changes of the rules. The mesh decides by
/// the right of this node's identity; the grade of the caller here was looked at before.
/// Thread: that of MeshConnection. Errors: as MeshAdministration.
class MeshChanges {
public:
    MeshChanges() = default;
    MeshChanges(const MeshChanges&) = delete;
    MeshChanges& operator=(const MeshChanges&) = delete;
    virtual ~MeshChanges() = default;

    virtual void applyChanges(
        weft::mesh::v1::ApplyChangesRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) = 0;
    virtual void confirmChange(std::uint64_t id, StatusCallback done) = 0;
    virtual void revertChange(
        weft::mesh::v1::RevertChangeRequest request,
        Callback<weft::mesh::v1::AppliedChange> done) = 0;
    /// Newest first.
    virtual void listChanges(
        weft::mesh::v1::ListChangesRequest filter,
        Callback<std::vector<weft::mesh::v1::ChangeRecord>> done) = 0;
    /// The tests that are kept with the mesh.
    virtual void policyTests(
        weft::mesh::v1::GetPolicyTestsRequest request,
        Callback<weft::mesh::v1::KeptPolicyTests> done) = 0;
    virtual void putPolicyTests(
        weft::mesh::v1::PutPolicyTestsRequest request,
        Callback<weft::mesh::v1::PutPolicyTestsResponse> done) = 0;
    /// Where a change is in effect; 0: the newest.
    virtual void propagation(
        std::uint64_t change, Callback<weft::mesh::v1::ChangePropagation> done) = 0;
};

}  // namespace weft::daemon
