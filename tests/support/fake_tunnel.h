// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/daemon/tunnel.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace weft::tests {

/// What a test sees of one fake tunnel, also after it has gone.
struct FakeTunnelLog {
    std::string interfaceName;
    std::uint16_t listenPort = 0;
    bool portIsExplicit = false;
    std::uint16_t mtu = 0;
    std::size_t privateKeyBytes = 0;
    std::vector<net::IpPrefix> addresses;
    std::vector<daemon::TunnelPeer> peers;
    platform::TunnelWishes host;
    std::shared_ptr<const net::PacketFilter> filter;
    std::optional<platform::LinkNames> resolver;
    std::vector<crypto::WireGuardPublicKey> called;
    bool openAsked = false;
    bool closeAsked = false;
    bool gone = false;
    int peersGiven = 0;
    int filtersGiven = 0;
    int figuresRead = 0;
    int timesSought = 0;
    /// Whom echo requests went to, in order.
    std::vector<net::IpAddress> echoes;
};

/// Makes tunnels without a device, a socket or a right to either. They answer at the next turn of
/// the loop that they were made for. Thread: any.
class FakeTunnels final : public daemon::TunnelFactory {
public:
    void prepare(const std::filesystem::path& stateFolder, const std::set<std::string>& locked)
        override WEFT_EXCLUDES(mutex_);
    /// Whom `prepare` was told of.
    std::set<std::string> lockedAtStart() const WEFT_EXCLUDES(mutex_);
    std::unique_ptr<daemon::Tunnel> make(
        daemon::TunnelSettings settings,
        base::Loop& loop,
        std::function<void(const Status&)> lost) override WEFT_EXCLUDES(mutex_);
    /// Tells that nothing stands in the way.
    std::unique_ptr<daemon::HostLock> lock(
        std::string owner,
        base::Loop& loop,
        std::function<void(const std::vector<platform::HostProblem>&)> told) override
        WEFT_EXCLUDES(mutex_);
    /// Who holds the host locked now, and what each keeps.
    std::map<std::string, platform::LockWishes> locks() const WEFT_EXCLUDES(mutex_);

    bool hasIpv6() const override { return hasIpv6_; }
    std::vector<platform::HostAddress> addresses() override WEFT_EXCLUDES(mutex_);
    [[nodiscard]] Subscription watchNetwork(
        base::Loop& loop, std::function<void(const daemon::NetworkChange&)> changed) override
        WEFT_EXCLUDES(mutex_);

    /// The host has no IPv6. Before anything is made.
    void switchIpv6Off() { hasIpv6_ = false; }
    /// What the host has, without a word.
    void setAddresses(std::vector<platform::HostAddress> addresses) WEFT_EXCLUDES(mutex_);
    /// What it has now, and that somebody is told of.
    void changeNetwork(const daemon::NetworkChange& change) WEFT_EXCLUDES(mutex_);
    /// How the next ones open.
    void refuse(Status status) WEFT_EXCLUDES(mutex_);
    /// What setPeers() answers from now on.
    void refusePeers(Status status) WEFT_EXCLUDES(mutex_);
    /// What setFilter() answers from now on.
    void refuseFilter(Status status) WEFT_EXCLUDES(mutex_);
    /// What the host does not do, from now on.
    void setHostProblems(std::vector<platform::HostProblem> problems) WEFT_EXCLUDES(mutex_);
    /// The newest one tells that the host does not do this, now. On its loop.
    void changeHostProblems(const std::vector<platform::HostProblem>& problems)
        WEFT_EXCLUDES(mutex_);
    /// How the host's resolver is set, from now on.
    void setResolverState(platform::ResolverState state) WEFT_EXCLUDES(mutex_);
    /// The port that the next ones get.
    void giveWireguardPort(std::uint16_t port) WEFT_EXCLUDES(mutex_);
    /// Whether echo requests are answered, at the next turn of the loop; else nothing comes.
    void answerEchoes(bool answers) WEFT_EXCLUDES(mutex_);
    /// What statistics() answers, for the peers that were given.
    void setFigures(std::vector<daemon::TunnelPeerStatistics> peers) WEFT_EXCLUDES(mutex_);
    /// From now on nothing is told of an interface that came up, until `letOpen`.
    void holdOpening() WEFT_EXCLUDES(mutex_);
    void letOpen() WEFT_EXCLUDES(mutex_);
    /// The newest one's interface goes. On its loop.
    void lose(const Status& why) WEFT_EXCLUDES(mutex_);
    /// The same from elsewhere; soon.
    void loseSoon(const Status& why) WEFT_EXCLUDES(mutex_);

    std::size_t count() const WEFT_EXCLUDES(mutex_);
    /// Of the newest one; an empty one when there is none.
    FakeTunnelLog newest() const WEFT_EXCLUDES(mutex_);
    /// Waits until the newest one is as wanted, at most ten seconds; as it is then.
    FakeTunnelLog waitFor(const std::function<bool(const FakeTunnelLog&)>& wanted) const
        WEFT_EXCLUDES(mutex_);

private:
    bool hasIpv6_ = true;
    class Fake;
    class FakeLock;
    class Echo;

    mutable base::Mutex mutex_;
    mutable base::ConditionVariable changed_;
    std::vector<FakeTunnelLog> logs_ WEFT_GUARDED_BY(mutex_);
    std::set<std::string> lockedAtStart_ WEFT_GUARDED_BY(mutex_);
    std::map<std::string, platform::LockWishes> locks_ WEFT_GUARDED_BY(mutex_);
    Status answer_ WEFT_GUARDED_BY(mutex_);
    Status peersAnswer_ WEFT_GUARDED_BY(mutex_);
    Status filterAnswer_ WEFT_GUARDED_BY(mutex_);
    std::vector<platform::HostProblem> hostProblems_ WEFT_GUARDED_BY(mutex_);
    platform::ResolverState resolverState_ WEFT_GUARDED_BY(mutex_);
    std::uint16_t port_ WEFT_GUARDED_BY(mutex_) = 0;
    std::vector<daemon::TunnelPeerStatistics> figures_ WEFT_GUARDED_BY(mutex_);
    std::function<void(const std::vector<platform::HostProblem>&)> hostChanged_
        WEFT_GUARDED_BY(mutex_);
    std::vector<platform::HostAddress> addresses_ WEFT_GUARDED_BY(mutex_);
    struct Listener {
        base::Loop* loop = nullptr;
        std::function<void(const daemon::NetworkChange&)> changed;
    };
    std::map<int, Listener> listeners_ WEFT_GUARDED_BY(mutex_);
    int lastListener_ WEFT_GUARDED_BY(mutex_) = 0;
    std::function<void(const Status&)> lost_ WEFT_GUARDED_BY(mutex_);
    base::Loop* loop_ WEFT_GUARDED_BY(mutex_) = nullptr;
    bool answersEchoes_ WEFT_GUARDED_BY(mutex_) = false;
    bool holdsOpening_ WEFT_GUARDED_BY(mutex_) = false;
    std::vector<std::function<void()>> held_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::tests
