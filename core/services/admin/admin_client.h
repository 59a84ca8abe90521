// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/policy_object.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include "weft/mesh/v1/audit.pb.h"
#include "weft/mesh/v1/mesh.pb.h"
#include "weft/mesh/v1/policy.pb.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::services {

/// More than this of one listing is not taken from a server.
inline constexpr std::size_t kMaxListedBytes = std::size_t{32} << 20;

/// An administrator's calls at one server of the mesh: v1.Admin with revisions, and Policy, Members
/// and Audit of weft.mesh.v1. Destroying it cancels.
/// Thread: confined to the loop.
/// Errors of all: those of mesh::Administration; kFailedPrecondition when the server does not have
/// the method.
class AdminClient {
public:
    /// Errors: kInvalidArgument.
    static StatusOr<std::unique_ptr<AdminClient>> create(
        const net::HostPort& address, const LinkOptions& options, base::Loop& loop);
    ~AdminClient();
    AdminClient(const AdminClient&) = delete;
    AdminClient& operator=(const AdminClient&) = delete;

    /// All that this node may read. Errors: kResourceExhausted past kMaxListedBytes.
    void list(Callback<std::vector<weft::mesh::v1::PolicyObject>> done);
    void put(
        const weft::mesh::v1::PolicyObject& object,
        std::optional<storage::Revision> base,
        Callback<mesh::WriteReport> done);
    void remove(
        const mesh::ObjectRef& ref,
        std::optional<storage::Revision> base,
        Callback<mesh::WriteReport> done);

    void removeNode(
        const std::string& id, const std::string& reason, Callback<mesh::WriteReport> done);
    void readmitNode(const std::string& id, StatusCallback done);
    void removedNodes(Callback<weft::mesh::v1::ListRemovedNodesResponse> done);
    /// Errors: as `list`.
    void auditEvents(
        const weft::mesh::v1::ListEventsRequest& filter,
        Callback<std::vector<weft::mesh::v1::AuditEvent>> done);

private:
    struct Impl;
    explicit AdminClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
