// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/types.h"
#include "core/services/auth/authenticator.h"
#include "core/services/server/accept_gate.h"
#include "core/services/server/call_budget.h"
#include "core/services/server/method_table.h"
#include "core/services/tls/tls_identity.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace weft::mesh {
class Administration;
class ChangeControl;
class Enrolment;
class Host;
class Standing;
}  // namespace weft::mesh

namespace weft::services {

class CallCounters;
class InterfaceSource;
class LeaderProxy;

inline constexpr std::uint16_t kDefaultMeshPort = 8443;

struct MeshServerOptions {
    /// Host empty: all addresses. Port 0: any free one.
    net::HostPort listen{"", kDefaultMeshPort};
    /// False: when the port is taken, the next free one is used.
    bool portIsExplicit = false;
    /// Not empty: only connections that come in through this network interface.
    std::string device = {};
    TlsMode tls = TlsMode::Mutual;
    /// Needed unless insecure.
    TlsIdentity identity;
    /// The mesh's authority, PEM: what client certificates are verified against (Mutual), and what
    /// is shown to joiners that know its fingerprint.
    std::string authorityPem;
    mesh::Authentication authentication = mesh::Authentication::Required;
    /// Who checks passwords, one for each scheme at most.
    std::vector<std::unique_ptr<Authenticator>> authenticators;
    AcceptLimits accept;
    CallLimits calls;
    /// The largest message that a caller may send.
    std::size_t maxReceiveBytes = std::size_t{1} << 20;
    /// TLS and the first frames of HTTP/2 are over by then.
    std::chrono::milliseconds handshakeTimeout{10'000};
    std::span<const MethodRow> methods = methodRows();

    /// Errors: kInvalidArgument.
    Status validate() const;
};

/// What the server serves. All of it outlives the server.
struct MeshServerParts {
    /// The node loop; host, enrolment and administration are confined to it.
    base::Loop& loop;
    mesh::Host& host;
    /// nullptr: no certificates are given out here.
    mesh::Enrolment* enrolment = nullptr;
    /// nullptr: nothing is administered through this server.
    mesh::Administration* administration = nullptr;
    /// nullptr: one object is changed at a time.
    mesh::ChangeControl* changes = nullptr;
    /// What members are told of this node's tunnel; nullptr: nothing.
    InterfaceSource* tunnel = nullptr;
};

/// What a plain node's server serves. All of it outlives the server.
struct MemberServerParts {
    /// The node loop, which owns what `standing` tells of.
    base::Loop& loop;
    const mesh::Standing& standing;
    /// Takes the calls that the node cannot answer; nullptr: they answer UNIMPLEMENTED.
    LeaderProxy* proxy = nullptr;
    /// As MeshServerParts::tunnel.
    InterfaceSource* tunnel = nullptr;
};

/// The gRPC server that other nodes and administrators reach: v1.Node, v1.Mesh, v1.Membership,
/// v1.StorageQueryService, weft.mesh.v1, health and reflection. Every connection comes in through
/// an AcceptGate, every call through the authorisation table; a method without a row stops the
/// start. Methods that are not built answer UNIMPLEMENTED to those who may call them.
class MeshServer {
public:
    /// Serves from the return on.
    /// Errors: kInvalidArgument     options that do not go together, certificates that do not read
    ///         kFailedPrecondition  a method has no row
    ///         kUnavailable         the address cannot be listened on
    static StatusOr<std::unique_ptr<MeshServer>> start(
        MeshServerOptions options, const MeshServerParts& parts);
    /// The same for a node that does not keep the mesh: v1.Node, health and reflection are its own,
    /// the rest is the proxy's.
    static StatusOr<std::unique_ptr<MeshServer>> startForMember(
        MeshServerOptions options, const MemberServerParts& parts);
    MeshServer(const MeshServer&) = delete;
    MeshServer& operator=(const MeshServer&) = delete;
    /// Stops without grace.
    ~MeshServer();

    /// The real port.
    std::uint16_t port() const;

    /// Uses another certificate for connections from now on. Calls on older connections get
    /// `kRenewalGrace` to end, beside; those on a connection that is two certificates older end.
    /// Errors: kInvalidArgument: the present certificate stays in use.
    Status renewIdentity(TlsIdentity identity, std::string authorityPem);
    static constexpr std::chrono::seconds kRenewalGrace{30};

    /// The interface that packets of this mesh come out of: who calls from there is the node whose
    /// address it has. 0: it has gone, or there is none; to be told before its number can be
    /// another's. Thread: any.
    void setTunnelInterface(unsigned index);
    /// The device behind that interface is to get these paths next; `number` grows. Callers are
    /// taken for the node with their address while only its own key leads there, from the beginning
    /// of their connection on; by paths that nobody told of, no caller is. Thread: any.
    void expectTunnelPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths);
    /// The device has taken them. Thread: any.
    void settleTunnelPaths(std::uint64_t number);

    /// Refuses new connections, gives calls `grace` to end, cancels the rest. Blocks. From the node
    /// loop only with no grace worth speaking of, since handlers cannot run meanwhile. Idempotent.
    void stop(Duration grace);

    AcceptCounters connections() const;
    const CallCounters& calls() const;

private:
    struct Impl;
    static StatusOr<std::unique_ptr<MeshServer>> serve(std::unique_ptr<Impl> made);
    explicit MeshServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
