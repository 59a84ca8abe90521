// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/real_tunnels.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/daemon/tunnel/wireguard_interface.h"
#include "core/platform/interface_setup.h"

#include <future>
#include <map>
#include <utility>

namespace weft::daemon {
namespace {

constexpr const char* kJournalFile = "host.journal";
constexpr const char* kResolverJournalFile = "resolver.journal";
constexpr const char* kResolverFile = "/etc/resolv.conf";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// Of several programs on one host each has a filter of its own.
std::string ownerOf(const std::filesystem::path& stateFolder) {
    constexpr std::size_t kBytes = 4;
    const auto digest = crypto::asString(crypto::sha256(stateFolder.string()));
    return "weft_" + base::hexEncode(std::string_view(digest).substr(0, kBytes));
}

/// A tunnel as its owner's loop sees it; the interface itself belongs to the work loop.
class RealTunnel final : public Tunnel {
public:
    RealTunnel(
        TunnelSettings settings,
        base::Loop& loop,
        base::Loop& work,
        const base::Clock& clock,
        HostKeeper* host,
        ResolverKeeper* resolver,
        std::function<void(const Status&)> lost)
        : loop_(loop)
        , work_(work)
        , interface_(std::make_shared<WireGuardInterface>(
              std::move(settings), work, clock, host, resolver, tellingLoss(std::move(lost)))) {}

    ~RealTunnel() override {
        *alive_ = false;
        if (!closed_.valid()) {
            leave([] {});
        }
        // What is under way over there answers by the loop, which may go after this.
        closed_.wait();
    }

    void open(Callback<TunnelFacts> done) override {
        ask<StatusOr<TunnelFacts>>(
            [](WireGuardInterface& interface) { return interface.open(); },
            [this, done = std::move(done)](const StatusOr<TunnelFacts>& facts) {
                name_ = facts.ok() ? facts->interfaceName : std::string();
                done(facts);
            });
    }

    void setAddresses(std::vector<net::IpPrefix> addresses, StatusCallback done) override {
        ask<Status>(
            [addresses = std::move(addresses)](WireGuardInterface& interface) {
                return interface.setAddresses(addresses);
            },
            std::move(done));
    }

    void setPeers(std::vector<TunnelPeer> peers, StatusCallback done) override {
        ask<Status>(
            [peers = std::move(peers)](WireGuardInterface& interface) {
                return interface.setPeers(peers);
            },
            std::move(done));
    }

    void seekPeers() override {
        ask<Status>(
            [](WireGuardInterface& interface) { return interface.seekPeers(); },
            [](const Status& status) {
                if (!status.ok()) {
                    log().error("peers not sought reason={}", messageOf(status));
                }
            });
    }

    void call(std::vector<crypto::WireGuardPublicKey> peers) override {
        ask<Status>(
            [peers = std::move(peers)](WireGuardInterface& interface) {
                return interface.call(peers);
            },
            [](const Status& status) {
                if (!status.ok()) {
                    log().debug("peers not called reason={}", messageOf(status));
                }
            });
    }

    void setFilter(std::shared_ptr<const net::PacketFilter> filter, StatusCallback done) override {
        ask<Status>(
            [filter = std::move(filter)](WireGuardInterface& interface) {
                return interface.setFilter(filter);
            },
            std::move(done));
    }

    void setHost(
        platform::TunnelWishes wishes, Callback<std::vector<platform::HostProblem>> done) override {
        wishes_ = std::move(wishes);
        waiting_.push_back(std::move(done));
        if (!std::exchange(isAsking_, true)) {
            askHost();
        }
    }

    void watchHost(
        std::function<void(const std::vector<platform::HostProblem>&)> changed) override {
        work_.post([interface = interface_,
                    told = [&loop = loop_, alive = alive_, changed = std::move(changed)](
                               const std::vector<platform::HostProblem>& problems) {
                        loop.post([alive, changed, problems] {
                            if (*alive) {
                                changed(problems);
                            }
                        });
                    }] { interface->watchHost(told); });
    }

    void setResolver(
        std::optional<platform::LinkNames> names,
        std::function<void(const platform::ResolverState&)> told) override {
        work_.post([interface = interface_,
                    names = std::move(names),
                    later = [&loop = loop_, alive = alive_, told = std::move(told)](
                                const platform::ResolverState& state) {
                        loop.post([alive, told, state] {
                            if (*alive) {
                                told(state);
                            }
                        });
                    }] { interface->setResolver(names, later); });
    }

    void close(std::function<void()> done) override { leave(std::move(done)); }

    StatusOr<std::unique_ptr<platform::EchoSocket>> openEcho(
        asio::io_context& context,
        const net::IpAddress& target,
        std::function<void(const platform::EchoAnswer&)> answered) override {
        if (name_.empty()) {
            return failedPrecondition("the interface is not open");
        }
        return platform::openEcho(
            context, {.interface = name_, .target = target}, std::move(answered));
    }

    void statistics(Callback<TunnelStatistics> done) override {
        ask<StatusOr<TunnelStatistics>>(
            [](WireGuardInterface& interface) { return interface.statistics(); }, std::move(done));
    }

private:
    using Answer = Callback<std::vector<platform::HostProblem>>;

    void leave(std::function<void()> done) {
        const auto closed = std::make_shared<std::promise<void>>();
        closed_ = closed->get_future();
        work_.post([&loop = loop_, interface = interface_, done = std::move(done), closed] {
            interface->close();
            loop.post(done);
            closed->set_value();
        });
    }

    /// The wishes of now, for all who wait.
    void askHost() {
        ask<StatusOr<std::vector<platform::HostProblem>>>(
            [wishes = wishes_](WireGuardInterface& interface) { return interface.setHost(wishes); },
            [this, alive = alive_, answers = std::exchange(waiting_, {})](
                const StatusOr<std::vector<platform::HostProblem>>& result) {
                isAsking_ = !waiting_.empty();
                if (isAsking_) {
                    askHost();
                }
                for (auto answer = answers.begin(); answer != answers.end() && *alive; ++answer) {
                    (*answer)(result);
                }
            });
    }

    /// Does `work` over there, and hands its result back here unless this has gone meanwhile.
    template <typename Result, typename Work, typename Done>
    void ask(Work work, Done done) {
        work_.post([there = There{interface_, alive_}, &loop = loop_, work, done] {
            loop.post([alive = there.alive, done, result = work(*there.interface)] {
                if (*alive) {
                    done(result);
                }
            });
        });
    }

    std::function<void(const Status&)> tellingLoss(std::function<void(const Status&)> lost) {
        return [&loop = loop_, alive = alive_, lost = std::move(lost)](const Status& status) {
            loop.post([alive, lost, status] {
                if (*alive && lost) {
                    lost(status);
                }
            });
        };
    }

    struct There {
        std::shared_ptr<WireGuardInterface> interface;
        std::shared_ptr<bool> alive;
    };

    base::Loop& loop_;
    base::Loop& work_;
    /// Read and written on the loop alone.
    const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    const std::shared_ptr<WireGuardInterface> interface_;
    platform::TunnelWishes wishes_;
    /// Of the interface; empty while it is not open.
    std::string name_;
    std::vector<Answer> waiting_;
    bool isAsking_ = false;
    /// Valid once it was asked to close.
    std::future<void> closed_;
};

/// A lock as its owner's loop sees it.
class RealHostLock final : public HostLock {
public:
    /// `number` makes it another than those that its owner had before.
    RealHostLock(
        std::string owner,
        std::uint64_t number,
        base::Loop& loop,
        base::Loop& work,
        HostKeeper& host,
        HostKeeper::LockTold told)
        : owner_(std::move(owner))
        , name_(fmt::format("{}#{}", owner_, number))
        , work_(work)
        , host_(host) {
        told_ = [&loop, alive = alive_, told = std::move(told)](const auto& problems) {
            loop.post([alive, told, problems] {
                if (*alive) {
                    told(problems);
                }
            });
        };
    }

    ~RealHostLock() override {
        *alive_ = false;
        std::promise<void> open;
        work_.post([this, &open] {
            host_.unlock(name_);
            host_.unlock(owner_);
            open.set_value();
        });
        // What is told meanwhile goes by the loop, which may go after this.
        open.get_future().wait();
    }

    void keep(platform::LockWishes wishes) override {
        work_.post([&host = host_,
                    owner = owner_,
                    name = name_,
                    told = told_,
                    wishes = std::move(wishes)] {
            host.lock(name, wishes, told);
            // What was kept since the start.
            host.unlock(owner);
        });
    }

private:
    const std::string owner_;
    const std::string name_;
    base::Loop& work_;
    HostKeeper& host_;
    /// Read and written on the loop alone.
    const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    HostKeeper::LockTold told_;
};

}  // namespace

RealTunnels::RealTunnels()
    : system_(platform::createHostSystem())
    , links_(platform::createLinkResolver())
    , work_("tunnels")
    , network_(work_, platform::hostAddresses, platform::outerWays) {}

RealTunnels::~RealTunnels() {
    // What hears of the host and looks at it runs there.
    work_.stop();
}

void RealTunnels::prepare(
    const std::filesystem::path& stateFolder, const std::set<std::string>& locked) {
    host_ = std::make_unique<platform::HostNetwork>(
        *system_, stateFolder / kJournalFile, ownerOf(stateFolder));
    keeper_ = std::make_unique<HostKeeper>(*host_, work_);
    resolver_ = std::make_unique<platform::HostResolver>(
        *links_, platform::ResolverFile(kResolverFile, stateFolder / kResolverJournalFile));
    resolverKeeper_ = std::make_unique<ResolverKeeper>(*resolver_, work_);
    work_.post([this, locked] {
        std::map<std::string, platform::LockWishes> locks;
        for (const auto& owner : locked) {
            locks[owner] = {};
        }
        host_->recover(std::move(locks));
        resolverKeeper_->recover();
        auto watch = platform::watchHost(work_.context(), [this] {
            keeper_->onChange();
            network_.onChange();
        });
        if (watch.ok()) {
            watch_ = *std::move(watch);
        } else {
            base::logger("daemon").warn(
                "changes of the host's network are found later reason={}",
                messageOf(watch.status()));
        }
        auto sleep = platform::watchSleep(work_.context(), [this](Duration slept) {
            log().info(
                "the machine has slept seconds={}",
                std::chrono::duration_cast<std::chrono::seconds>(slept).count());
            network_.onSleep();
        });
        if (sleep.ok()) {
            sleep_ = *std::move(sleep);
        } else {
            log().warn("sleep is not noticed reason={}", messageOf(sleep.status()));
        }
    });
}

std::vector<platform::HostAddress> RealTunnels::addresses() {
    return network_.addresses();
}

Subscription RealTunnels::watchNetwork(
    base::Loop& loop, std::function<void(const NetworkChange&)> changed) {
    return network_.add(loop, std::move(changed));
}

std::unique_ptr<Tunnel> RealTunnels::make(
    TunnelSettings settings, base::Loop& loop, std::function<void(const Status&)> lost) {
    return std::make_unique<RealTunnel>(
        std::move(settings),
        loop,
        work_,
        clock_,
        keeper_.get(),
        resolverKeeper_.get(),
        std::move(lost));
}

std::unique_ptr<HostLock> RealTunnels::lock(
    std::string owner,
    base::Loop& loop,
    std::function<void(const std::vector<platform::HostProblem>&)> told) {
    return std::make_unique<RealHostLock>(
        std::move(owner), ++locks_, loop, work_, *keeper_, std::move(told));
}

bool RealTunnels::hasIpv6() const {
    return platform::newInterfacesHaveIpv6();
}

}  // namespace weft::daemon
