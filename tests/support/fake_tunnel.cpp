// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_tunnel.h"

#include <chrono>
#include <memory>
#include <utility>

namespace weft::tests {

/// Answers, or does not, as its owner says.
class FakeTunnels::Echo final : public platform::EchoSocket {
public:
    using Answered = std::function<void(const platform::EchoAnswer&)>;

    Echo(base::Loop& loop, bool answers, std::function<void()> sent, Answered answered)
        : loop_(loop), answers_(answers), sent_(std::move(sent)), answered_(std::move(answered)) {}

    Status send(std::uint16_t sequence) override {
        constexpr std::uint8_t kHopLimit = 64;
        sent_();
        if (answers_) {
            loop_.post([alive = std::weak_ptr<Answered>(answer_), sequence] {
                if (const auto answer = alive.lock()) {
                    (*answer)({.sequence = sequence, .hopLimit = kHopLimit});
                }
            });
        }
        return okStatus();
    }

private:
    base::Loop& loop_;
    const bool answers_;
    const std::function<void()> sent_;
    const Answered answered_;
    std::shared_ptr<Answered> answer_ = std::make_shared<Answered>(answered_);
};

class FakeTunnels::Fake final : public daemon::Tunnel {
public:
    Fake(FakeTunnels& owner, std::size_t index, base::Loop& loop)
        : owner_(owner), index_(index), loop_(loop) {}
    ~Fake() override {
        note([](FakeTunnelLog& log) { log.gone = true; });
    }

    void open(Callback<daemon::TunnelFacts> done) override {
        const auto log = note([](FakeTunnelLog& item) { item.openAsked = true; });
        Status status;
        {
            const base::MutexLock lock(owner_.mutex_);
            status = owner_.answer_;
            facts_ = {
                log.interfaceName.ends_with('+')
                    ? log.interfaceName.substr(0, log.interfaceName.size() - 1) + "0"
                    : log.interfaceName,
                owner_.port_ == 0 ? log.listenPort : owner_.port_,
                log.mtu};
        }
        auto answer = [done = std::move(done), status, facts = facts_] {
            done(status.ok() ? StatusOr<daemon::TunnelFacts>(facts) : status);
        };
        if (!held(answer)) {
            later(std::move(answer));
        }
    }
    void setAddresses(std::vector<net::IpPrefix> addresses, StatusCallback done) override {
        note([&](FakeTunnelLog& log) { log.addresses = std::move(addresses); });
        later([done = std::move(done)] { done(okStatus()); });
    }
    void setPeers(std::vector<daemon::TunnelPeer> peers, StatusCallback done) override {
        note([&](FakeTunnelLog& log) {
            log.peers = std::move(peers);
            ++log.peersGiven;
        });
        Status answer;
        {
            const base::MutexLock lock(owner_.mutex_);
            answer = owner_.peersAnswer_;
        }
        later([done = std::move(done), answer] { done(answer); });
    }
    void seekPeers() override {
        note([](FakeTunnelLog& log) { ++log.timesSought; });
    }
    void call(std::vector<crypto::WireGuardPublicKey> peers) override {
        note([&](FakeTunnelLog& log) { log.called = std::move(peers); });
    }
    void setFilter(std::shared_ptr<const net::PacketFilter> filter, StatusCallback done) override {
        note([&](FakeTunnelLog& log) {
            log.filter = std::move(filter);
            ++log.filtersGiven;
        });
        Status answer;
        {
            const base::MutexLock lock(owner_.mutex_);
            answer = owner_.filterAnswer_;
        }
        later([done = std::move(done), answer] { done(answer); });
    }
    void setHost(
        platform::TunnelWishes wishes, Callback<std::vector<platform::HostProblem>> done) override {
        wishes.interface = facts_.interfaceName;
        note([&](FakeTunnelLog& log) { log.host = std::move(wishes); });
        std::vector<platform::HostProblem> problems;
        {
            const base::MutexLock lock(owner_.mutex_);
            problems = owner_.hostProblems_;
        }
        later([done = std::move(done), problems = std::move(problems)] { done(problems); });
    }
    void watchHost(
        std::function<void(const std::vector<platform::HostProblem>&)> changed) override {
        const base::MutexLock lock(owner_.mutex_);
        owner_.hostChanged_ = [this, alive = std::weak_ptr<bool>(alive_), changed](
                                  const std::vector<platform::HostProblem>& problems) {
            if (!alive.expired()) {
                later([changed, problems] { changed(problems); });
            }
        };
    }
    void setResolver(
        std::optional<platform::LinkNames> names,
        std::function<void(const platform::ResolverState&)> told) override {
        const bool isWanted = names.has_value();
        note([&](FakeTunnelLog& log) { log.resolver = std::move(names); });
        platform::ResolverState state;
        {
            const base::MutexLock lock(owner_.mutex_);
            state = owner_.resolverState_;
        }
        if (isWanted) {
            later([told = std::move(told), state] { told(state); });
        }
    }
    StatusOr<std::unique_ptr<platform::EchoSocket>> openEcho(
        asio::io_context& /*context*/,
        const net::IpAddress& target,
        std::function<void(const platform::EchoAnswer&)> answered) override {
        const base::MutexLock lock(owner_.mutex_);
        return std::make_unique<Echo>(
            loop_,
            owner_.answersEchoes_,
            [&owner = owner_, index = index_, target] {
                {
                    const base::MutexLock locked(owner.mutex_);
                    owner.logs_[index].echoes.push_back(target);
                }
                owner.changed_.notifyAll();
            },
            std::move(answered));
    }
    void close(std::function<void()> done) override {
        note([](FakeTunnelLog& log) { log.closeAsked = true; });
        loop_.post(std::move(done));
    }
    void statistics(Callback<daemon::TunnelStatistics> done) override {
        daemon::TunnelStatistics now;
        now.facts = facts_;
        const auto log = note([](FakeTunnelLog& item) { ++item.figuresRead; });
        now.addresses = log.addresses;
        {
            const base::MutexLock lock(owner_.mutex_);
            now.peers = owner_.figures_;
        }
        for (const auto& peer : now.peers) {
            now.receivedBytes += peer.receivedBytes;
            now.sentBytes += peer.sentBytes;
            now.handshakes += peer.handshakes;
        }
        later([done = std::move(done), now = std::move(now)] { done(now); });
    }

private:
    template <typename Change>
    FakeTunnelLog note(const Change& change) {
        FakeTunnelLog copy;
        {
            const base::MutexLock lock(owner_.mutex_);
            change(owner_.logs_[index_]);
            copy = owner_.logs_[index_];
        }
        owner_.changed_.notifyAll();
        return copy;
    }
    // Whether the answer waits for FakeTunnels::letOpen.
    bool held(const std::function<void()>& answer) {
        const base::MutexLock lock(owner_.mutex_);
        if (owner_.holdsOpening_) {
            owner_.held_.emplace_back([this, alive = std::weak_ptr<bool>(alive_), answer] {
                if (!alive.expired()) {
                    later(answer);
                }
            });
        }
        return owner_.holdsOpening_;
    }
    void later(std::function<void()> answer) {
        loop_.post([alive = std::weak_ptr<bool>(alive_), answer = std::move(answer)] {
            if (!alive.expired()) {
                answer();
            }
        });
    }

    FakeTunnels& owner_;
    const std::size_t index_;
    base::Loop& loop_;
    daemon::TunnelFacts facts_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

class FakeTunnels::FakeLock final : public daemon::HostLock {
public:
    FakeLock(
        FakeTunnels& owner,
        std::string name,
        base::Loop& loop,
        std::function<void(const std::vector<platform::HostProblem>&)> told)
        : owner_(owner), name_(std::move(name)), loop_(loop), told_(std::move(told)) {}
    ~FakeLock() override {
        const base::MutexLock lock(owner_.mutex_);
        owner_.locks_.erase(name_);
    }

    void keep(platform::LockWishes wishes) override {
        {
            const base::MutexLock lock(owner_.mutex_);
            owner_.locks_[name_] = std::move(wishes);
        }
        loop_.post([alive = std::weak_ptr<bool>(alive_), told = told_] {
            if (!alive.expired()) {
                told({});
            }
        });
    }

private:
    FakeTunnels& owner_;
    const std::string name_;
    base::Loop& loop_;
    const std::function<void(const std::vector<platform::HostProblem>&)> told_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

std::unique_ptr<daemon::HostLock> FakeTunnels::lock(
    std::string owner,
    base::Loop& loop,
    std::function<void(const std::vector<platform::HostProblem>&)> told) {
    return std::make_unique<FakeLock>(*this, std::move(owner), loop, std::move(told));
}

std::map<std::string, platform::LockWishes> FakeTunnels::locks() const {
    const base::MutexLock lock(mutex_);
    return locks_;
}

void FakeTunnels::prepare(
    const std::filesystem::path& /*stateFolder*/, const std::set<std::string>& locked) {
    const base::MutexLock lock(mutex_);
    lockedAtStart_ = locked;
}

std::set<std::string> FakeTunnels::lockedAtStart() const {
    const base::MutexLock lock(mutex_);
    return lockedAtStart_;
}

std::unique_ptr<daemon::Tunnel> FakeTunnels::make(
    daemon::TunnelSettings settings, base::Loop& loop, std::function<void(const Status&)> lost) {
    const base::MutexLock lock(mutex_);
    FakeTunnelLog log;
    log.interfaceName = settings.interfaceName;
    log.listenPort = settings.listenPort;
    log.portIsExplicit = settings.portIsExplicit;
    log.mtu = settings.mtu;
    log.privateKeyBytes = settings.privateKey.size();
    log.addresses = std::move(settings.addresses);
    logs_.push_back(std::move(log));
    lost_ = std::move(lost);
    loop_ = &loop;
    return std::make_unique<Fake>(*this, logs_.size() - 1, loop);
}

std::vector<platform::HostAddress> FakeTunnels::addresses() {
    const base::MutexLock lock(mutex_);
    return addresses_;
}

Subscription FakeTunnels::watchNetwork(
    base::Loop& loop, std::function<void(const daemon::NetworkChange&)> changed) {
    const auto isWanted = std::make_shared<bool>(true);
    const base::MutexLock lock(mutex_);
    const int number = ++lastListener_;
    listeners_[number] = {
        &loop, [isWanted, changed = std::move(changed)](const daemon::NetworkChange& change) {
            if (*isWanted) {
                changed(change);
            }
        }};
    return Subscription([this, number, isWanted] {
        *isWanted = false;
        const base::MutexLock inner(mutex_);
        listeners_.erase(number);
    });
}

void FakeTunnels::setAddresses(std::vector<platform::HostAddress> addresses) {
    const base::MutexLock lock(mutex_);
    addresses_ = std::move(addresses);
}

void FakeTunnels::changeNetwork(const daemon::NetworkChange& change) {
    const base::MutexLock lock(mutex_);
    addresses_ = change.addresses;
    for (const auto& [number, listener] : listeners_) {
        listener.loop->post([changed = listener.changed, change] { changed(change); });
    }
}

void FakeTunnels::changeHostProblems(const std::vector<platform::HostProblem>& problems) {
    std::function<void(const std::vector<platform::HostProblem>&)> changed;
    {
        const base::MutexLock lock(mutex_);
        changed = hostChanged_;
    }
    if (changed) {
        changed(problems);
    }
}

void FakeTunnels::refuse(Status status) {
    const base::MutexLock lock(mutex_);
    answer_ = std::move(status);
}

void FakeTunnels::refusePeers(Status status) {
    const base::MutexLock lock(mutex_);
    peersAnswer_ = std::move(status);
}

void FakeTunnels::refuseFilter(Status status) {
    const base::MutexLock lock(mutex_);
    filterAnswer_ = std::move(status);
}

void FakeTunnels::setHostProblems(std::vector<platform::HostProblem> problems) {
    const base::MutexLock lock(mutex_);
    hostProblems_ = std::move(problems);
}

void FakeTunnels::setResolverState(platform::ResolverState state) {
    const base::MutexLock lock(mutex_);
    resolverState_ = std::move(state);
}

void FakeTunnels::giveWireguardPort(std::uint16_t port) {
    const base::MutexLock lock(mutex_);
    port_ = port;
}

void FakeTunnels::answerEchoes(bool answers) {
    const base::MutexLock lock(mutex_);
    answersEchoes_ = answers;
}

void FakeTunnels::setFigures(std::vector<daemon::TunnelPeerStatistics> peers) {
    const base::MutexLock lock(mutex_);
    figures_ = std::move(peers);
}

void FakeTunnels::holdOpening() {
    const base::MutexLock lock(mutex_);
    holdsOpening_ = true;
}

void FakeTunnels::letOpen() {
    std::vector<std::function<void()>> held;
    {
        const base::MutexLock lock(mutex_);
        holdsOpening_ = false;
        held.swap(held_);
    }
    for (const auto& answer : held) {
        answer();
    }
}

void FakeTunnels::lose(const Status& why) {
    std::function<void(const Status&)> lost;
    {
        const base::MutexLock lock(mutex_);
        lost = lost_;
    }
    lost(why);
}

void FakeTunnels::loseSoon(const Status& why) {
    const base::MutexLock lock(mutex_);
    loop_->post([this, why] { lose(why); });
}

std::size_t FakeTunnels::count() const {
    const base::MutexLock lock(mutex_);
    return logs_.size();
}

FakeTunnelLog FakeTunnels::newest() const {
    const base::MutexLock lock(mutex_);
    return logs_.empty() ? FakeTunnelLog() : logs_.back();
}

FakeTunnelLog FakeTunnels::waitFor(const std::function<bool(const FakeTunnelLog&)>& wanted) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    const base::MutexLock lock(mutex_);
    while ((logs_.empty() || !wanted(logs_.back())) && std::chrono::steady_clock::now() < end) {
        changed_.waitUntil(mutex_, end);
    }
    return logs_.empty() ? FakeTunnelLog() : logs_.back();
}

}  // namespace weft::tests
