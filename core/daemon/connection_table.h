// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/config/options.h"
#include "core/daemon/mesh_connection.h"
#include "core/daemon/profile_store.h"

#include "v1/app.pb.h"
#include "weft/local/v1/local.pb.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace weft::daemon {

/// The profiles of the daemon and what runs of them. What the local services are asked happens
/// here.
///
/// `work` takes what blocks: files, and the end of connections. Nothing else waits for it.
/// Thread: confined to `loop`, except where noted. Callbacks run on `loop` or on a connection's.
class ConnectionTable {
public:
    struct Options {
        config::NodeOptions base;
        /// Proposed for new nodes.
        std::string defaultNodeId;
        /// A profile that was to connect by itself has no connection, for what is wrong with it.
        std::function<void(const std::string& id)> notStarted = {};
    };

    ConnectionTable(
        base::Loop& loop,
        base::Loop& work,
        ProfileStore store,
        ConnectionFactory& factory,
        Options options);
    ~ConnectionTable();
    ConnectionTable(const ConnectionTable&) = delete;
    ConnectionTable& operator=(const ConnectionTable&) = delete;

    /// Reads the profiles. Blocks; before the loop serves anybody.
    Status load();
    /// Connects what connects by itself.
    void startAll();
    /// Of those the profiles that want the host locked.
    std::set<std::string> lockedAtStart() const;
    /// Disconnects everything at once, each within `limit`. `done` runs when nothing runs.
    void stopAll(Duration limit, std::function<void()> done);

    const std::string& defaultNodeId() const { return options_.defaultNodeId; }
    weft::local::v1::DaemonState state() const;
    /// The state now and after each change, several changes at once where they come together.
    [[nodiscard]] Subscription watchState(
        std::function<void(const weft::local::v1::DaemonState&)> changed);

    void createMesh(
        weft::local::v1::CreateMeshRequest request, Callback<weft::local::v1::Profile> done);
    void joinWithCode(
        weft::local::v1::JoinWithCodeRequest request, Callback<weft::local::v1::Profile> done);
    void putProfile(weft::local::v1::Profile profile, Callback<weft::local::v1::Profile> done);
    /// Says yes or no to a route, or takes back what was said; kept in the profile.
    /// Errors: kNotFound           there is no such profile, or nobody offers such a route
    ///         kInvalidArgument    the network, or it takes a node
    ///         kFailedPrecondition not connected, where a yes takes the key of who offers it
    void setRouteConsent(
        const weft::local::v1::SetRouteConsentRequest& request, StatusCallback done);
    void removeProfile(const std::string& id, bool forgetState, StatusCallback done);
    void connectProfile(const std::string& id, const SecretMap& secrets, StatusCallback done);
    void disconnectProfile(const std::string& id, StatusCallback done);

    /// The peers now and after each change; `ended` when the profile is removed.
    /// Errors: kNotFound.
    [[nodiscard]] StatusOr<Subscription> watchPeers(
        const std::string& id,
        std::function<void(std::shared_ptr<const PeerList>)> changed,
        StatusCallback ended);

    /// The running connection of a profile; of the default one when `id` is empty.
    /// Errors: kNotFound no such profile, kFailedPrecondition "not connected".
    StatusOr<MeshConnection*> connected(const std::string& id);

    /// The id of a profile, that of the default one when `id` is empty. Errors: kNotFound.
    StatusOr<std::string> profileIdOf(const std::string& id) const;

    /// v1.AppDaemon, on the default profile. `done` runs when the connection is up or has failed,
    /// or after the configured limit.
    /// Errors: kFailedPrecondition "already connected", kInvalidArgument, kPermissionDenied (keys
    /// that the grade may not give), kUnimplemented (join_psk), kInternal (the rest).
    void appConnect(
        const ::v1::ConnectRequest& request,
        api::Grade grade,
        Callback<::v1::ConnectResponse> done);
    void appDisconnect(StatusCallback done);
    /// DISCONNECTED, CONNECTING or CONNECTED.
    ::v1::StatusResponse::ConnectionStatus appStatus() const;

private:
    struct Entry;
    struct Watchers;
    struct PeerWatcher {
        std::function<void(std::shared_ptr<const PeerList>)> changed;
        StatusCallback ended;
    };

    Entry* find(const std::string& id);
    const Entry* find(const std::string& id) const;
    std::string defaultId() const;
    std::set<std::string> ids() const;
    Entry& add(StoredProfile stored);
    /// Whether there may be one more.
    Status mayAdd(const weft::local::v1::Profile& profile) const;
    Status mayPut(const Entry* known, const weft::local::v1::Profile& profile) const;
    StatusOr<ConnectionSpec> specFor(const Entry& entry, const SecretMap& secrets) const;
    void run(Entry& entry, ConnectionSpec spec);
    void connect(Entry& entry, const SecretMap& secrets, StatusCallback done);
    /// The end of an attempt that nobody waits for.
    void noteStarted(const std::string& id, const Status& status) const;
    Status runWith(Entry& entry, const SecretMap& secrets);
    void stop(Entry& entry, Duration limit, StatusCallback done);
    void retire(std::unique_ptr<MeshConnection> connection);
    void onChanged(
        const std::string& id, std::uint64_t generation, weft::local::v1::Connection told);
    void onPeers(
        const std::string& id, std::uint64_t generation, std::shared_ptr<const PeerList> peers);
    void onEnrolled(
        const std::string& id,
        const StatusOr<Enrolled>& enrolled,
        const Callback<weft::local::v1::Profile>& done);
    void keepConsents(
        const std::string& id,
        const google::protobuf::RepeatedPtrField<weft::local::v1::RouteConsent>& consents,
        StatusCallback done);
    void agreeTo(Entry& entry, const weft::local::v1::RouteConsent& wanted, StatusCallback done);
    void answerRoute(
        Entry& entry, const weft::local::v1::RouteConsent& consent, StatusCallback done);
    void showStep(const std::string& id, int number, const std::string& text);
    void learn(Entry& entry);
    void tellPeers(Entry& entry, std::shared_ptr<const PeerList> peers);
    void answerWaiting(Entry& entry);
    /// The profile that a Connect means, made from its settings when it has some.
    StatusOr<Entry*> entryToConnect(const ::v1::ConnectRequest& request, api::Grade grade);
    void onConnectLimit(const std::string& id, std::uint64_t generation);
    void save(const StoredProfile& stored, StatusCallback done);
    void erase(const std::string& id);
    void changed();
    void tellState();

    base::Loop& loop_;
    base::Loop& work_;
    const ProfileStore store_;
    ConnectionFactory& factory_;
    const Options options_;
    std::uint64_t nextGeneration_ = 1;
    std::uint64_t revision_ = 1;
    bool telling_ = false;
    bool stopping_ = false;
    std::vector<std::string> order_;
    std::map<std::string, std::unique_ptr<Entry>> entries_;
    // Shared with the handles, which may be dropped after the table.
    std::shared_ptr<Watchers> watchers_;
};

}  // namespace weft::daemon
