// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/real_tunnels.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/daemon/tunnel/wireguard_interface.h"

#include <future>
#include <utility>

namespace weft::daemon {
namespace {

constexpr const char* kJournalFile = "host.journal";

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
        platform::HostNetwork* host,
        std::function<void(const Status&)> lost)
        : loop_(loop)
        , work_(work)
        , interface_(std::make_shared<WireGuardInterface>(
              std::move(settings), work, clock, host, tellingLoss(std::move(lost)))) {}

    ~RealTunnel() override {
        *alive_ = false;
        std::promise<void> closed;
        work_.post([&closed, interface = interface_] {
            interface->close();
            closed.set_value();
        });
        closed.get_future().wait();
    }

    void open(Callback<TunnelFacts> done) override {
        ask<StatusOr<TunnelFacts>>(
            [](WireGuardInterface& interface) { return interface.open(); }, std::move(done));
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

    void setHost(
        platform::TunnelWishes wishes, Callback<std::vector<platform::HostProblem>> done) override {
        ask<StatusOr<std::vector<platform::HostProblem>>>(
            [wishes = std::move(wishes)](WireGuardInterface& interface) {
                return interface.setHost(wishes);
            },
            std::move(done));
    }

    void statistics(Callback<TunnelStatistics> done) override {
        ask<StatusOr<TunnelStatistics>>(
            [](WireGuardInterface& interface) { return interface.statistics(); }, std::move(done));
    }

private:
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
};

}  // namespace

RealTunnels::RealTunnels() : system_(platform::createHostSystem()), work_("tunnels") {}

RealTunnels::~RealTunnels() = default;

void RealTunnels::prepare(const std::filesystem::path& stateFolder) {
    host_ = std::make_unique<platform::HostNetwork>(
        *system_, stateFolder / kJournalFile, ownerOf(stateFolder));
    work_.post([this] { host_->recover(); });
}

std::unique_ptr<Tunnel> RealTunnels::make(
    TunnelSettings settings, base::Loop& loop, std::function<void(const Status&)> lost) {
    return std::make_unique<RealTunnel>(
        std::move(settings), loop, work_, clock_, host_.get(), std::move(lost));
}

}  // namespace weft::daemon
