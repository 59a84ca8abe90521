// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/mesh_connection.h"
#include "core/mesh/member.h"
#include "core/mesh/member_standing.h"
#include "core/services/link/link_options.h"
#include "core/services/proxy/leader_proxy.h"
#include "core/services/server/mesh_server.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::services {
class InterfaceSource;
struct LeaderRoute;
}  // namespace weft::services

namespace weft::daemon {

/// Where a plain node hands calls to: the server that it uses itself, where that one alone keeps
/// the mesh. nullopt: nobody leads, or one of several does. A leader that has moved on would hand a
/// call on once more, as a reference node does in the name of whoever called it: then with the
/// rights of this node, and not of its caller.
std::optional<services::LeaderRoute> leaderRouteOf(const mesh::MemberStatus& status);

/// What other nodes reach of a plain node: a server that takes only what comes out of the tunnel,
/// answers for this node, and hands the rest to the leader.
/// Thread: confined to the connection's loop.
class MemberServer {
public:
    /// `spec`, `member`, `rules` and `tunnel` outlive this.
    MemberServer(
        const ConnectionSpec& spec,
        base::Loop& loop,
        const mesh::Member& member,
        const mesh::policy::PolicyMirror& rules,
        const services::LinkOptions& link,
        services::InterfaceSource& tunnel);
    /// Stops without grace.
    ~MemberServer();
    MemberServer(const MemberServer&) = delete;
    MemberServer& operator=(const MemberServer&) = delete;

    /// Serves on the interface `device`, in place of the one before.
    /// Errors: kFailedPrecondition  this node has no certificate to show, or is to serve nobody
    ///         those of the server
    Status open(const std::string& device);
    /// The device of that interface gets these paths next; then: it has taken them.
    void expectPaths(std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths);
    void settlePaths(std::uint64_t number);
    /// Serves nobody any more: the interface has gone.
    void close() { server_.reset(); }
    /// What the node is to tell of itself: the leader proxy while it serves and the leader would
    /// take its word. Empty before it has served; an Update cannot take everything back.
    std::vector<storage::FeaturePort> features() const;
    /// Looks again who leads.
    void follow();
    void renewIdentity(const services::TlsIdentity& identity);

private:
    StatusOr<services::MeshServerOptions> serverOptions() const;
    bool mayProxy() const;

    const ConnectionSpec& spec_;
    base::Loop& loop_;
    const mesh::Member& member_;
    services::LinkOptions link_;
    services::InterfaceSource& tunnel_;
    mesh::MemberStanding standing_;
    services::LeaderProxy proxy_;
    std::unique_ptr<services::MeshServer> server_;
    /// Where it served last.
    std::optional<std::uint16_t> port_;
};

}  // namespace weft::daemon
