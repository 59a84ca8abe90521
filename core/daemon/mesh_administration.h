// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include "weft/local/v1/administration.pb.h"
#include "weft/mesh/v1/audit.pb.h"
#include "weft/mesh/v1/mesh.pb.h"

#include <string>
#include <vector>

namespace weft::daemon {

/// What the front ends ask of a running connection about who may do what. The mesh decides by the
/// right of this node's identity; the grade of the caller here was looked at before.
/// Thread: that of MeshConnection.
/// Errors: kUnavailable        no server of the mesh can be reached
///         kFailedPrecondition the mesh is not open, or its servers do not have it
class MeshAdministration {
public:
    MeshAdministration() = default;
    MeshAdministration(const MeshAdministration&) = delete;
    MeshAdministration& operator=(const MeshAdministration&) = delete;
    virtual ~MeshAdministration() = default;

    virtual void policy(Callback<weft::local::v1::PolicyState> done) = 0;
    virtual void putObject(
        weft::local::v1::PutObjectRequest request, Callback<weft::local::v1::WriteReport> done) = 0;
    virtual void removeObject(
        weft::local::v1::RemoveObjectRequest request,
        Callback<weft::local::v1::WriteReport> done) = 0;
    /// These two are judged here, by the records of the mesh as this node has them.
    virtual void checkAccess(
        weft::local::v1::CheckAccessRequest request,
        Callback<weft::local::v1::AccessAnswer> done) = 0;
    virtual void explainAccess(
        std::string from, std::string to, Callback<weft::local::v1::AccessExplanation> done) = 0;

    virtual void removeNode(
        std::string nodeId, std::string reason, Callback<weft::local::v1::WriteReport> done) = 0;
    virtual void readmitNode(std::string nodeId, StatusCallback done) = 0;
    virtual void removedNodes(Callback<weft::mesh::v1::ListRemovedNodesResponse> done) = 0;
    virtual void auditEvents(
        weft::mesh::v1::ListEventsRequest filter,
        Callback<std::vector<weft::mesh::v1::AuditEvent>> done) = 0;
};

}  // namespace weft::daemon
