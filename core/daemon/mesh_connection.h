// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/clock.h"
#include "core/base/subscription.h"
#include "core/config/options.h"
#include "core/daemon/mesh_administration.h"
#include "core/daemon/mesh_changes.h"
#include "core/daemon/traffic/traffic_history.h"
#include "core/daemon/tunnel.h"
#include "core/storage/key_value_store.h"

#include "v1/mesh.pb.h"
#include "v1/node.pb.h"
#include "weft/local/v1/local.pb.h"
#include "weft/mesh/v1/mesh.pb.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace weft::daemon {

class MeshDiagnosis;
struct MeshSnapshot;

/// Files in a profile's folder.
inline constexpr const char* kNodeKeyFile = "node.key";
/// Where hosts were by whose names the mesh is joined.
inline constexpr const char* kJoinNamesFile = "join.addresses";
inline constexpr const char* kDatabaseFile = "mesh.db";
inline constexpr const char* kAuthorityFile = "ca.crt";
inline constexpr const char* kAuthorityKeyFile = "ca.key";
inline constexpr const char* kCertificateFile = "node.crt";
inline constexpr const char* kCertificateKeyFile = "node-tls.key";

/// Everything that one connection needs to run.
struct ConnectionSpec {
    std::string profileId;
    weft::local::v1::Profile::Kind kind = weft::local::v1::Profile::KIND_MEMBER;
    /// Keys, certificates and database of the profile.
    std::filesystem::path folder;
    config::NodeOptions options;
    /// Of the mesh that was joined before; another one behind the address is not joined.
    std::string expectedIdentity;
    weft::local::v1::Profile::TlsMode tlsMode = weft::local::v1::Profile::TLS_MODE_MUTUAL;
    /// Host names or addresses under which others reach this node; the first is the primary.
    std::vector<std::string> endpoints;
    /// Where it is known before connecting: members hold servers to "storage.<domain>". Empty: to
    /// the name that is dialled.
    std::string meshDomain;
    /// The mesh's members were enrolled by Weft: certificates renew, invitations work.
    bool enrolled = false;
    /// Nobody asked for the connection just now: nobody would ask again when it fails.
    bool unattended = false;
    /// The server's port was not chosen by anybody: a taken one steps to the next.
    bool steppingPort = false;
    /// WireGuard's port was: a taken one is an error.
    bool wireguardPortIsExplicit = false;
    /// A founder makes the mesh's authority in its folder and gives out certificates.
    bool ownAuthority = false;
    /// What was said to routes. They change while it runs, and so does the next.
    std::vector<weft::local::v1::RouteConsent> consents;
    bool lockdown = false;
};

/// The members that a connection sees, sorted by id.
struct PeerList {
    struct Item {
        weft::local::v1::Peer peer;
        /// Of the serialised message: tells a changed record without comparing fields.
        std::size_t digest = 0;
    };
    std::vector<Item> items;
};

/// What a connection tells. All of it runs on the connection's own loop; the receiver posts it on.
struct ConnectionEvents {
    std::function<void(weft::local::v1::Connection)> changed;
    std::function<void(std::shared_ptr<const PeerList>)> peers;
};

/// One profile while it runs. The object belongs to the daemon's loop; its work happens on a loop
/// of its own, where all callbacks run as well. Dropping it stops it without leaving; that may take
/// as long as the mesh-facing server needs to close.
class MeshConnection : public MeshAdministration, public MeshChanges {
public:
    /// Begins; the way and the end are told by events.
    virtual void start() = 0;
    /// Leaves the mesh when that makes sense and can be done within `limit`; `done` runs once.
    virtual void stop(Duration limit, StatusCallback done) = 0;
    /// Ends a wait for the next attempt.
    virtual void retryNow() = 0;
    /// Whether anybody looks at the peers: the list is built only then.
    virtual void wantPeers(bool wanted) = 0;

    virtual void get(std::string key, Callback<std::string> done) = 0;
    virtual void listKeys(std::string prefix, Callback<std::vector<std::string>> done) = 0;
    virtual void iterate(std::string prefix, Callback<std::vector<storage::Entry>> done) = 0;
    virtual void publish(storage::Put put, StatusCallback done) = 0;
    /// `ended` runs once unless the handle is dropped. Dropping waits for a running callback.
    virtual Subscription subscribe(
        std::string prefix,
        std::function<void(const std::vector<storage::Event>&)> changed,
        StatusCallback ended) = 0;
    virtual void graph(Callback<::v1::MeshGraph> done) = 0;
    /// A copy of all records. Errors: kUnavailable  they have not been read yet.
    virtual void snapshot(Callback<MeshSnapshot> done) = 0;
    /// This node's record as the mesh has it.
    virtual void ownNode(Callback<::v1::MeshNode> done) = 0;
    /// The networks that the mesh leads to, and those that this node offers.
    virtual void routes(Callback<weft::local::v1::ListRoutesResponse> done) = 0;
    virtual void setConsents(std::vector<weft::local::v1::RouteConsent> consents) = 0;
    virtual void setLockdown(bool wanted) = 0;
    /// Errors: kFailedPrecondition there is no tunnel interface.
    virtual void tunnelStatistics(Callback<TunnelStatistics> done) = 0;
    /// What of that traffic is reckoned from. Errors: the same.
    virtual void trafficCounters(Callback<TrafficSample> done) = 0;

    /// What is asked about the network; lives as long as this.
    virtual MeshDiagnosis& diagnosis() = 0;

    virtual void invite(
        weft::mesh::v1::CreateInvitationRequest request,
        Callback<weft::mesh::v1::CreateInvitationResponse> done) = 0;
    virtual void invitations(Callback<weft::mesh::v1::ListInvitationsResponse> done) = 0;
    virtual void revokeInvitation(std::string id, StatusCallback done) = 0;
    virtual void releaseNode(std::string nodeId, StatusCallback done) = 0;
};

/// What the enrolment by a code left in a profile's folder.
struct Enrolled {
    std::string nodeId;
    std::string meshDomain;
    std::vector<std::string> joinAddresses;
};

struct JoinByCode {
    std::string profileId;
    std::filesystem::path folder;
    std::string code;
    std::string nodeId;
    std::vector<std::string> endpoints;
    /// What the join is going to bring.
    std::vector<net::IpPrefix> routes = {};
};

/// Makes connections, and the members' first certificates. Its tests have another one.
class ConnectionFactory {
public:
    ConnectionFactory() = default;
    ConnectionFactory(const ConnectionFactory&) = delete;
    ConnectionFactory& operator=(const ConnectionFactory&) = delete;
    virtual ~ConnectionFactory() = default;

    /// Whether such a profile may be there and run; the text of an error says why not. Thread: the
    /// daemon's loop.
    virtual Status mayMake(
        const std::string& /*profileId*/, weft::local::v1::Profile::Kind /*kind*/) const {
        return okStatus();
    }
    virtual std::unique_ptr<MeshConnection> make(ConnectionSpec spec, ConnectionEvents events) = 0;
    /// Fetches the authority that the code pins, enrols, and writes keys and certificates into the
    /// folder. `step` (number of 6, text) and `done` run on any thread. On failure nothing is left
    /// but the node's key. Thread: the daemon's loop; returns at once.
    virtual void enrol(
        JoinByCode request,
        std::function<void(int, std::string)> step,
        Callback<Enrolled> done) = 0;
};

/// The six steps on the way into a mesh.
inline constexpr int kStepCount = 6;
const char* stepText(int number);

/// A digest that tells two messages apart.
std::size_t digestOf(const weft::local::v1::Peer& peer);

}  // namespace weft::daemon
