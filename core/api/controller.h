// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/audit.h"
#include "core/api/policy.h"
#include "core/api/types.h"
#include "core/base/callback.h"
#include "core/base/subscription.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

class Changes;
class Diagnosis;
class Drafts;
class Logs;
class Planning;
class Traffic;

struct CreateMeshParams {
    std::string name;
    std::string domain;
    std::string nodeId;
    std::string ipv4Network;
    bool disableIpv4 = false;
    bool defaultDeny = false;
    std::string listenAddress;
    std::vector<std::string> endpoints;
    TlsMode tlsMode = TlsMode::Mutual;
};

struct JoinWithCodeParams {
    std::string code;
    std::string nodeId;
    std::string name;
    std::vector<std::string> endpoints;
};

struct CreateInvitationParams {
    std::string nodeId;
    std::string note;
    std::chrono::seconds lifetime{0};
    std::vector<std::string> addresses;
};

/// Secrets of one Connect by name ("password"), handed over in memory and not kept.
using Secrets = std::map<std::string, std::string>;

/// Whether the daemon can be reached.
enum class LinkState : std::uint8_t { Connecting, Ready, Lost };

/// The one way in for the window, the tray and the command line. Works the same over the
/// in-process channel of an embedded core and over the local socket of weftd.
///
/// Calls return at once. `done` runs exactly once on a thread of the controller (not the caller's),
/// with kDeadlineExceeded after the call's time limit, kUnavailable while there is no daemon, and
/// kCancelled when the controller goes. Watch callbacks run on that thread too, one at a time, and
/// go on by themselves after the daemon was lost and found again (peers: with a reset).
/// Errors besides: kUnimplemented when the daemon does not have it (see Capabilities),
/// kPermissionDenied when the caller's grade does not suffice.
/// Thread: any.
class Controller {
public:
    Controller() = default;
    Controller(const Controller&) = delete;
    Controller& operator=(const Controller&) = delete;
    virtual ~Controller() = default;

    virtual Subscription watchLink(std::function<void(LinkState, const Status&)> changed) = 0;
    virtual void capabilities(Callback<Capabilities> done) = 0;

    virtual Subscription watchState(std::function<void(const DaemonState&)> changed) = 0;
    virtual void createMesh(const CreateMeshParams& params, Callback<Profile> done) = 0;
    virtual void joinWithCode(const JoinWithCodeParams& params, Callback<Profile> done) = 0;
    virtual void previewCode(const std::string& code, Callback<CodePreview> done) = 0;
    virtual void putProfile(const Profile& profile, Callback<Profile> done) = 0;
    virtual void removeProfile(const ProfileId& id, bool forgetState, StatusCallback done) = 0;
    virtual void connectProfile(
        const ProfileId& id, const Secrets& secrets, StatusCallback done) = 0;
    virtual void disconnectProfile(const ProfileId& id, StatusCallback done) = 0;

    virtual Subscription watchPeers(
        const ProfileId& id, std::function<void(const PeersUpdate&)> changed) = 0;
    virtual void graph(const ProfileId& id, Callback<Graph> done) = 0;

    virtual void routes(const ProfileId& id, Callback<std::vector<MeshRoute>> done) = 0;
    /// What somebody says to a route. Without `nodeId` to the only node that offers it; a refusal
    /// to all nodes, now and later. Errors: kNotFound            nobody offers it, or nothing was
    /// said that could be forgotten
    ///         kInvalidArgument     several nodes offer it
    ///         kFailedPrecondition  not connected, or the profile comes from the configuration
    virtual void answerRoute(
        const ProfileId& id,
        const std::string& cidr,
        const std::string& nodeId,
        RouteAnswer answer,
        StatusCallback done) = 0;

    virtual void createInvitation(
        const ProfileId& id,
        const CreateInvitationParams& params,
        Callback<NewInvitation> done) = 0;
    virtual void invitations(const ProfileId& id, Callback<std::vector<Invitation>> done) = 0;
    virtual void revokeInvitation(
        const ProfileId& id, const std::string& invitationId, StatusCallback done) = 0;
    virtual void releaseNode(
        const ProfileId& id, const std::string& nodeId, StatusCallback done) = 0;

    /// All that says who may do what, and again after each change (coalesced). Nothing comes while
    /// the profile is not connected, or when this node may not see it: `policy` says why.
    virtual Subscription watchPolicy(
        const ProfileId& id, std::function<void(const PolicyState&)> changed) = 0;
    virtual void policy(const ProfileId& id, Callback<PolicyState> done) = 0;
    /// Creates or replaces. With a `base` only while the object's revision is that one.
    /// Errors: kAborted           the object has another revision by now: `policy` tells which
    ///         kPermissionDenied  this node has no right to it
    ///         kInvalidArgument   the text says what is wrong with the object
    virtual void putPolicyObject(
        const ProfileId& id,
        const PolicyObject& object,
        std::optional<std::uint64_t> base,
        Callback<WriteReport> done) = 0;
    /// Errors: as above. An object that is not there is no error.
    virtual void removePolicyObject(
        const ProfileId& id,
        const ObjectRef& ref,
        std::optional<std::uint64_t> base,
        Callback<WriteReport> done) = 0;
    /// Whether the roles allow it, by what this node knows of the mesh.
    virtual void checkAccess(
        const ProfileId& id, const AccessQuestion& question, Callback<AccessAnswer> done) = 0;
    /// Whether two nodes may talk and why, in both directions.
    /// Errors: kNotFound  there is no node of that id
    virtual void explainAccess(
        const ProfileId& id,
        const std::string& from,
        const std::string& to,
        Callback<AccessExplanation> done) = 0;

    /// Takes a node out of the mesh for good, with all that belongs to it.
    virtual void removeNode(
        const ProfileId& id,
        const std::string& nodeId,
        const std::string& reason,
        Callback<WriteReport> done) = 0;
    virtual void readmitNode(
        const ProfileId& id, const std::string& nodeId, StatusCallback done) = 0;
    virtual void removedNodes(const ProfileId& id, Callback<std::vector<RemovedNode>> done) = 0;
    /// Newest first, as the node that decides over the mesh kept them.
    virtual void auditEvents(
        const ProfileId& id, const AuditFilter& filter, Callback<std::vector<AuditEvent>> done) = 0;

    /// Several changes of the rules at once, and their history; lives as long as this.
    virtual Changes& changes() = 0;
    /// What the rules would do before anybody makes them; lives as long as this.
    virtual Planning& planning() = 0;
    /// Changes that somebody collects before they are made; lives as long as this.
    virtual Drafts& drafts() = 0;
    /// What is asked about the network that a mesh is; lives as long as this.
    virtual Diagnosis& diagnosis() = 0;
    /// What the daemon writes into its log; lives as long as this.
    virtual Logs& logs() = 0;

    /// The default profile's database, by v1.AppDaemon: one value, keys, or pairs.
    virtual void get(const std::string& key, Callback<std::string> done) = 0;
    virtual void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) = 0;
    virtual void iterate(const std::string& prefix, Callback<std::vector<KeyValue>> done) = 0;
    virtual void publish(
        const KeyValue& pair, std::optional<std::chrono::seconds> ttl, StatusCallback done) = 0;
    /// Changes below `prefix` until the handle is dropped; `ended` tells why it ended otherwise.
    virtual Subscription subscribe(
        const std::string& prefix,
        std::function<void(const KeyValue&)> changed,
        StatusCallback ended) = 0;
    virtual void metrics(Callback<std::vector<InterfaceMetrics>> done) = 0;
    /// How much goes through the tunnels; lives as long as this.
    virtual Traffic& traffic() = 0;
};

}  // namespace weft::api
