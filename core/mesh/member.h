// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/member_link.h"
#include "core/mesh/types.h"
#include "core/storage/registry/registry.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::mesh {

struct MemberOptions {
    JoinParams join;
    std::vector<net::HostPort> joinAddresses;
    /// Attempts over all addresses, one second apart, before the first connection counts as failed.
    int maxJoinRetries = 15;
    /// After them it goes on with longer pauses, as a node does that was in the mesh before.
    bool keepsTrying = false;
    /// Set once the mesh was joined: another identity behind the address is not joined.
    std::string expectedIdentity;
    /// The links carry a password: a server that refuses who calls most likely refuses that.
    bool showsPassword = false;
    /// The mesh is Weft's: a node that joins again keeps the time at which it first joined, unless
    /// the mesh had forgotten it.
    bool keepsJoinTimes = false;
};

enum class MemberPhase : std::uint8_t {
    Off,
    /// On the way there, or waits until `retryAt`.
    ReachingMember,
    Joining,
    ReadingState,
    Connected,
    /// Was connected; waits until `retryAt`.
    Reconnecting,
    /// Will not try again by itself: `failure` says why.
    Failed,
    Leaving,
};

/// What a member is at one moment.
struct MemberStatus {
    MemberPhase phase = MemberPhase::Off;
    Status failure;
    std::optional<WallTime> since;
    std::optional<WallTime> retryAt;
    std::string serverAddress;
    std::optional<JoinGrant> grant;
    MeshInfo info;
    std::string leader;
    std::vector<StorageServer> servers;
    /// When this node was in the mesh again after the mesh had forgotten it.
    std::optional<WallTime> rejoinedAt;
};

/// A plain node's life in a mesh: join with retries and back-off, follow peers and state through a
/// storage member, update on change, reconnect when the server restarts, notice when the server has
/// become another mesh and not join it unasked, leave at the end.
/// Thread: confined to the loop.
class Member {
public:
    static std::unique_ptr<Member> create(
        MemberOptions options, base::Loop& loop, MemberLinkFactory& links);
    Member() = default;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    /// Not from one of its own callbacks. Does not leave; who waits for a stop gets kCancelled.
    virtual ~Member() = default;

    virtual void start() = 0;
    /// Leaves the mesh when it can within `limit`, then stops. `done` runs once.
    virtual void stop(bool leave, Duration limit, StatusCallback done) = 0;
    /// Ends a wait for the next attempt.
    virtual void retryNow() = 0;
    /// The way to the server may be another: an attempt that waits or is under way begins anew, and
    /// a connection that gives no sign of life within two seconds is made again.
    virtual void noteNetwork() = 0;
    /// Sends an Update when something differs from what was sent last; again, less and less often,
    /// when it fails for a reason that may pass.
    virtual void change(const UpdateParams& params) = 0;

    virtual const MemberStatus& status() const = 0;
    /// The mesh's records as read through the storage member; empty before Connected.
    virtual const storage::Registry& registry() const = 0;
    virtual const PeerSet& peers() const = 0;
    /// The link that is in use; nullptr when there is none.
    virtual MemberLink* link() = 0;
    /// Runs after each change of status, registry or peers.
    /// The pointers of `registry` and `link` are good until the callback returns.
    [[nodiscard]] virtual Subscription onChange(std::function<void()> changed) = 0;
};

}  // namespace weft::mesh
